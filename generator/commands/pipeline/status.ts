import { type Printable, say } from '../../lib/printable.ts';
import { columns, counted, elapsed } from '../../lib/words.ts';
import { outsideNames } from '../../masking/outside-names.ts';
import { type Status, statusOf } from '../../pipeline/again/status.ts';
import type { Settings } from '../../settings.ts';
import { readConfig } from '../../source/read-config.ts';
import { type Answer, clock } from '../command.ts';
import { withStores } from './local-stores.ts';
import type { PipelineStores } from './open-world.ts';
import { pipelineOrganizations } from './organizations.ts';
import { costText, priced } from './prices.ts';
import { readPipelineConfig } from './read-config.ts';
import { openStores } from './run-all.ts';
import { groupLines, groupsOf } from './tell.ts';

/** How one organization's pipeline stands. */
interface Standing extends Status {
  org: string;
  /** Of this month (UTC). */
  cost: string;
  /** Puts a name into the form in which it may be shown. */
  show: (name: string) => string;
}

const HEAD = [
  'organization',
  'listed',
  'up to',
  'done',
  'waiting',
  'put aside',
  'minutes',
  'tokens',
  'cost this month',
];

/** `pipeline status`: how far each organization's pipeline is, what waits or was put aside, and what this month has cost. */
export async function status(given: Settings): Promise<Answer> {
  const { settings } = withStores(given);
  const stores = await openStores(settings);
  const now = clock(settings);
  const all: Standing[] = [];
  for (const org of await pipelineOrganizations(stores.config, settings)) all.push(await standingOf(stores, org, now));
  const isNamed = settings.named === 'true';
  return {
    json: {
      now: now().toISOString(),
      organizations: all.map(({ calls, show, ...each }) => ({
        ...each,
        notDone: groupsOf(calls),
        ...(isNamed && { calls: calls.map((call) => ({ ...call, call: show(call.call) })) }),
      })),
    },
    text: [
      ...columns([HEAD, ...all.map((each) => row(each, now()))]),
      ...all.flatMap((each) => lines(each)),
      ...(isNamed ? all.flatMap(namedLines) : []),
    ],
    failed: false,
  };
}

async function standingOf({ input, results, config }: PipelineStores, org: string, now: () => Date): Promise<Standing> {
  const [found, { config: own }, report] = await Promise.all([
    statusOf({ org, stores: { input, results }, now }),
    readPipelineConfig(config, org),
    readConfig(config, org, true),
  ]);
  return { org, ...found, cost: costText(priced(own, found.spent.month)), show: outsideNames(report.config) };
}

function row({ org, ingest, done, waiting, dead, spent, cost }: Standing, now: Date): string[] {
  const { listed, watermark } = ingest;
  const age = listed === undefined ? 'never' : `${elapsed(now.getTime() - Date.parse(listed))} ago`;
  const mark = watermark === undefined ? '–' : 'time' in watermark ? `${watermark.time.slice(0, 16)}Z` : watermark.id;
  const { minutes, tokens } = spent.month;
  return [org, age, mark, ...[done, waiting, dead].map(String), minutes.toFixed(1), String(tokens), cost];
}

function lines({ org, ingest, lost, calls }: Standing): Printable[] {
  return [
    ...(ingest.listed === undefined
      ? [say`${org}: its recordings were never listed to the end. Run pipeline run --org ${org}.`]
      : []),
    ...(lost > 0
      ? [say`${org}: ${counted(lost, 'call')} with objects missing; the first run of each day opens such calls again.`]
      : []),
    ...groupLines(org, groupsOf(calls)),
  ];
}

/** With ids, for whoever has asked. */
function namedLines({ org, calls, waiting, dead, show }: Standing): Printable[] {
  const more = waiting + dead - calls.length;
  return [
    ...calls.map(
      ({ call, stage, state }) =>
        say`${org}: ${show(call)} ${state === 'dead' ? 'is put aside' : 'waits'} at ${stage}.`,
    ),
    ...(more > 0 ? [say`${org}: and ${counted(more, 'call')} more.`] : []),
  ];
}
