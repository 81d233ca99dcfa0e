import { UserError } from '../../lib/errors.ts';
import { oneLine, type Printable, quoted, say } from '../../lib/printable.ts';
import { columns } from '../../lib/words.ts';
import { need, type Settings } from '../../settings.ts';
import { type Answer, open } from '../command.ts';
import { troubleLines } from '../troubles.ts';
import { surveyTenants, type Tenant } from './survey.ts';

/** `tenants`: what is found, what is ignored, and who has no configuration or a wrong one, which fails. Writes nothing. */
export async function tenants(settings: Settings): Promise<Answer> {
  const urls = need(settings, 'results', 'config', 'reports');
  const stores = {
    results: await open(urls.results),
    config: await open(urls.config),
    reports: await open(urls.reports),
  };
  const survey = await surveyTenants(stores, settings.maskingKey !== undefined);
  const { organizations, ignored, loose } = survey;
  if (organizations.length === 0 && ignored.length === 0 && loose.length === 0)
    throw new UserError([
      say`${urls.results}, ${urls.config} and ${urls.reports} hold no organization. Check --results, --config and --reports: each must hold one folder per organization.`,
    ]);
  const rows = organizations.map(({ org, input, config, site }) => [
    org,
    input ? 'yes' : 'no',
    config === 'right' ? 'yes' : config,
    site ? 'yes' : 'no',
  ]);
  const text = [
    ...columns([['organization', 'input', 'report-config.json', 'site'], ...rows]),
    ...organizations.flatMap(remarks),
    ...ignored.map((segment) =>
      segment === ''
        ? say`"" in ${urls.results} is ignored: keys there begin with a slash, so their first part is empty. Write them as acme/…, not as /acme/….`
        : say`${quoted(segment)} in ${urls.results} is not an organization’s id, so it is ignored.`,
    ),
    ...loose.map(
      (name) => say`${quoted(name)} in ${urls.results} is not in an organization’s folder, so it is ignored.`,
    ),
  ];
  return { json: survey, text, failed: organizations.some(({ config }) => config === 'wrong') };
}

function remarks({ org, input, problems = [], config, site, unrecorded, troubles }: Tenant): Printable[] {
  const told = [...problems.map((problem) => oneLine([say`${org}:`, problem])), ...troubleLines(org, troubles)];
  if (unrecorded)
    told.push(
      say`${org}: it has a site, but status.json has no record of its last run. The next build of ${org} records it.`,
    );
  if (input) return told;
  const why = site
    ? `has a site but no input. The site stays as it is until build --org ${org} --accept-loss publishes it without calls`
    : config === 'none'
      ? 'has neither input nor a configuration nor a published site, only files of an earlier build in the reports'
      : 'has a configuration but no input, so nothing is built. If you expected input, compare the spelling of both folders';
  return [...told, say`${org}: ${why}.`];
}
