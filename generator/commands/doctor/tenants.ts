import { oneLine, quoted, say } from '../../lib/printable.ts';
import { counted } from '../../lib/words.ts';
import { surveyTenants, type Tenant } from '../tenant/survey.ts';
import { troubleLines } from '../troubles.ts';
import type { Context } from './context.ts';
import { type Finding, ok, warning, wrong } from './finding.ts';

/** Names of ignored folders that are told. */
const MOST_NAMES = 5;

/**
 * Who is there, and what is wrong with whose configuration.
 * @returns `organizations`: those that are wanted and there
 */
export async function checkTenants({
  stores,
  settings,
}: Context): Promise<{ findings: Finding[]; organizations: Tenant[] }> {
  const { results, config, reports } = stores;
  if (!results || !config || !reports) return { findings: [], organizations: [] };
  const survey = await surveyTenants({ results, config, reports }, settings.maskingKey !== undefined);
  const wanted = settings.org ?? survey.organizations.map(({ org }) => org);
  const organizations = survey.organizations.filter(({ org }) => wanted.includes(org));
  const findings = organizations.flatMap(ofTenant);
  for (const org of wanted)
    if (!organizations.some((each) => each.org === org))
      findings.push(wrong('organization', say`No store has anything of it. Check the spelling.`, org));
  if (wanted.length === 0)
    findings.push(
      wrong('organizations', say`The stores hold no organization. Each must hold one folder per organization.`),
    );
  if (settings.org === undefined) findings.push(...ignoredNames([...survey.ignored, ...survey.loose]));
  return { findings, organizations };
}

function ofTenant({ org, input, config, problems = [], site, unrecorded, troubles }: Tenant): Finding[] {
  const findings: Finding[] = [];
  if (config === 'wrong') findings.push(...problems.map((problem) => wrong('configuration', problem, org)));
  if (config === 'right') findings.push(ok('configuration', say`report-config.json is right.`, org));
  if (config === 'none' && input)
    findings.push(
      warning(
        'configuration',
        say`It has no report-config.json, so defaults apply: days in UTC, no digests, ids as names.`,
        org,
      ),
    );
  if (!input)
    findings.push(
      warning(
        'input',
        site
          ? say`It has a site but no input.`
          : say`It has no input, so nothing is built. If you expected input, compare the spelling of its folders.`,
        org,
      ),
    );
  if (unrecorded)
    findings.push(warning('site', say`status.json has no record of its last run. The next build records it.`, org));
  if (input && !site) findings.push(warning('site', say`It has input but no site yet. Run build --org ${org}.`, org));
  for (const line of troubleLines(org, troubles)) findings.push(warning('input', line, org));
  return findings;
}

function ignoredNames(names: readonly string[]): Finding[] {
  if (names.length === 0) return [];
  const shown = names.slice(0, MOST_NAMES).map((name) => quoted(name));
  const more = names.length - shown.length;
  return [
    warning(
      'organizations',
      oneLine([
        say`${counted(names.length, 'name')} in the results ${names.length === 1 ? 'is' : 'are'} no organization’s id and ${names.length === 1 ? 'is' : 'are'} ignored: ${shown}${more > 0 ? ` and ${more} more` : ''}.`,
        say`tenants lists them.`,
      ]),
    ),
  ];
}
