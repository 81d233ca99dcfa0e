import { agentId } from '#shared/calls/parties.ts';
import { closest } from '../../lib/closest.ts';
import { consoleLog } from '../../lib/console.ts';
import { problemsOf, Unavailable, UserError } from '../../lib/errors.ts';
import { type Printable, quoted, say } from '../../lib/printable.ts';
import { counted } from '../../lib/words.ts';
import { ruleId } from '../../normalize/rules.ts';
import { unknownRules, unknownRuleText } from '../../report/unknown-rules.ts';
import { need, type Settings } from '../../settings.ts';
import { readHeader, wantedColumns } from '../../source/header.ts';
import { readConfig } from '../../source/read-config.ts';
import type { Store } from '../../store/store.ts';
import type { TenantConfig } from '../../tenants/config.ts';
import { type Answer, open } from '../command.ts';
import { oneOrg } from './one-org.ts';
import { differences } from './propose/differences.ts';
import { type Proposal, proposalOf } from './propose/propose.ts';
import { type Sample, sampleInput } from './propose/sample.ts';

/** Agents and columns that are named. */
const MOST = 20;

/** `tenant check`: one organization's configuration, and what its newest data says against it. Writes nothing. */
export async function check(settings: Settings): Promise<Answer> {
  const urls = need(settings, 'results', 'config');
  const org = oneOrg(settings, 'tenant check');
  const [results, config] = [await open(urls.results), await open(urls.config)];
  const read = await configOf(config, org, settings.maskingKey !== undefined);
  if ('problems' in read)
    return {
      json: { org, config: 'wrong', problems: read.problems },
      text: read.problems.map((problem) => say`${org}: ${problem}`),
      failed: true,
    };
  const sample = await consoleLog(say`${org}  `).step(
    say`look at the newest calls`,
    () => sampleInput(results, org),
    ({ calls, listed }) => say`${calls.length} of ${counted(listed, 'call')}`,
  );
  const { text, tenant } = read;
  if (sample.objects === 0 && text === undefined)
    throw new UserError([
      say`Neither ${urls.results} nor ${urls.config} has anything of ${org}. Compare the spelling with tenants.`,
    ]);
  const remarks = sample.objects === 0 ? [say`it has no input in ${urls.results}.`] : remarksOf(sample, tenant, text);
  return {
    json: { org, config: text === undefined ? 'none' : 'right', remarks },
    text: [
      text === undefined
        ? say`${org}: it has no report-config.json, so the defaults count. tenant add --org ${org} proposes one.`
        : say`${org}: its configuration is right.`,
      ...remarks.map((remark) => say`${org}: ${remark}`),
      ...(remarks.length === 0 ? [say`${org}: the calls that were read say nothing against it.`] : []),
    ],
    failed: false,
  };
}

type Read = { tenant: TenantConfig; text: string | undefined } | { problems: Printable[] };

/** @throws where the store cannot be read: that is no mistake of the configuration */
async function configOf(config: Store, org: string, hasMaskingKey: boolean): Promise<Read> {
  const object = await config.get(`${org}/report-config.json`);
  try {
    const { config: tenant } = await readConfig(config, org, hasMaskingKey);
    return { tenant, text: object && Buffer.from(object.body).toString('utf8') };
  } catch (error) {
    if (!(error instanceof UserError) || error instanceof Unavailable) throw error;
    return { problems: problemsOf(error) };
  }
}

function remarksOf(sample: Sample, tenant: TenantConfig, text: string | undefined): Printable[] {
  const proposal = proposalOf(sample, tenant);
  return [
    ...(text === undefined ? [] : differences(text, proposal)),
    ...ruleRemarks(tenant, proposal),
    ...agentRemarks(tenant, proposal),
    ...columnRemarks(sample, tenant, proposal),
  ];
}

function ruleRemarks(tenant: TenantConfig, { rules }: Proposal): Printable[] {
  const names = new Map(rules.map(({ name }) => [ruleId(name), name]));
  return unknownRules(tenant, Object.fromEntries(names)).map((unknown) => {
    const near = closest(unknown.name, [...names.values()]);
    const meant = near.length > 0 ? ` Did you mean ${near.map(quoted).join(' or ')}?` : '';
    return say`${unknownRuleText(unknown, quoted)}${meant}`;
  });
}

/** Agents who are configured and have no call: they may be new, away, or written otherwise. */
function agentRemarks({ agents }: TenantConfig, { agentIds }: Proposal): Printable[] {
  const seen = new Set(agentIds);
  const silent = Object.keys(agents).filter((id) => !seen.has(agentId(id)));
  if (silent.length === 0) return [];
  const more = silent.length > MOST ? ` and ${silent.length - MOST} more` : '';
  return [
    say`${counted(silent.length, 'agent')} in "agents" with no call among those read: ${silent.slice(0, MOST).map(quoted)}${more}. Compare the spelling where they should have some.`,
  ];
}

function columnRemarks({ sheets }: Sample, tenant: TenantConfig, { unread }: Proposal): Printable[] {
  if (sheets.length === 0) return [];
  const wanted = wantedColumns(tenant);
  const there = new Set(sheets.flatMap(({ header }) => readHeader(header, wanted).names));
  const missing = Object.entries({ ...tenant.columns, ...tenant.metadata }).filter(
    ([, column]) => column !== undefined && !there.has(column),
  );
  const others = unread.slice(0, MOST).map(({ column }) => quoted(column));
  const more = unread.length > MOST ? ` and ${unread.length - MOST} more` : '';
  return [
    ...missing.map(
      ([name, column = '']) => say`no sheet that was read has the column ${quoted(column)}, set for ${quoted(name)}.`,
    ),
    ...(others.length > 0 ? [say`columns that are not read: ${others}${more}.`] : []),
  ];
}
