import { say } from '../../lib/printable.ts';
import { openSpool } from '../../lib/spool.ts';
import type { OrganizationStatus } from '../../publish/status.ts';
import { readRecent } from '../../read/recent.ts';
import { readConfig } from '../../source/read-config.ts';
import type { Store } from '../../store/store.ts';
import type { TenantConfig } from '../../tenants/config.ts';
import type { Context } from './context.ts';
import { type Finding, notChecked, ok, warning } from './finding.ts';
import { checkFreshness } from './freshness.ts';
import { checkNames, checkRecipients, checkRules } from './names.ts';
import { checkAgents, checkDomains } from './parties.ts';

/**
 * One organization whose configuration is right and that has input: is it fresh, and does its configuration fit its newest calls?
 * @param status its line in status.json
 */
export async function checkOrganization(
  { settings, stores, now, mayName }: Context,
  { results, config: configs }: { results: Store; config: Store },
  org: string,
  status: OrganizationStatus | undefined,
): Promise<Finding[]> {
  const { config } = await readConfig(configs, org, settings.maskingKey !== undefined);
  await using spool = await openSpool();
  const recent = await readRecent(results, org, config, spool);
  if (recent.calls === 0)
    return [
      warning('calls', say`It has no call that was analysed. See whether the pipeline’s analyser runs.`, org),
      ...checkFreshness({ org, config, recent, status, now: now() }).filter(({ check }) => check === 'analyses'),
    ];
  const compared = {
    org,
    config,
    recent,
    mayName,
    ...(settings.mailFrom !== undefined && { mailFrom: settings.mailFrom }),
  };
  return [
    ...checkFreshness({ org, config, recent, status, now: now() }),
    ...checkDomains(compared),
    ...checkAgents(compared),
    ...checkRules(compared),
    ...checkRecipients(compared),
    ...checkNames(compared),
    ...(await checkRecordings(stores.input, org, config)),
  ];
}

/** Whether recordings that readers may hear are there. */
async function checkRecordings(input: Store | undefined, org: string, { playback }: TenantConfig): Promise<Finding[]> {
  if (playback === false) return [];
  if (!input)
    return [
      warning(
        'recordings',
        say`"playback" is on, and CCI_INPUT_URL is not set, so nobody can hear a recording. Set it for serve.`,
        org,
      ),
    ];
  for await (const _ of input.list(`${org}/audio/`)) return [ok('recordings', say`Recordings are there.`, org)];
  return [
    notChecked(
      'recordings',
      say`"playback" is on, and ${input.url} has no recording at the moment. A rule of the bucket may delete them early.`,
      org,
    ),
  ];
}
