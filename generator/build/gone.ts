import { UserError } from '../lib/errors.ts';
import { say } from '../lib/printable.ts';
import type { Run } from './context.ts';
import type { Found } from './look.ts';
import type { Opened } from './open.ts';

/** There is neither input nor anything published of an organization: nothing is made, and nothing is told of it. */
export class Gone extends UserError {}

/**
 * An organization that was removed while a run was about to build it must not come back as an empty site.
 * @throws {Gone} where neither store has anything of it
 */
export async function refuseGone({ results, org }: Run, { start }: Opened, found: Found): Promise<void> {
  const { changes, ignored, sheets } = found;
  const isEmpty = changes.calls.length + ignored.length + Object.keys(sheets.known).length === 0;
  if (!isEmpty || start.etag !== undefined || start.lies.size > 0) return;
  // What lies there and is not read, such as the pipeline's raw files, makes a site without calls.
  for await (const _ of results.list(`${org}/`)) return;
  throw new Gone([say`It has neither input nor a site any more: it was removed meanwhile, so nothing was built.`]);
}
