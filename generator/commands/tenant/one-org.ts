import { UserError } from '../../lib/errors.ts';
import { quoted, say } from '../../lib/printable.ts';
import type { Settings } from '../../settings.ts';
import { isOrganization } from '../../source/layout.ts';

/** The one organization that a command is about. @throws {UserError} where none is named, several, or what can be none */
export function oneOrg({ org: given = [] }: Settings, command: string): string {
  const [org, ...more] = given;
  if (org === undefined || more.length > 0)
    throw new UserError([say`${command} takes exactly one --org ID. Name the organization.`]);
  if (!isOrganization(org)) throw new UserError([say`--org: ${quoted(org)} is not an organization’s id.`]);
  return org;
}
