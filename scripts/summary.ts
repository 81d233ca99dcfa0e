// Turns what the commands print with --json into a job summary: `node scripts/summary.ts build.json >> "$GITHUB_STEP_SUMMARY"`.
import { existsSync, readFileSync } from 'node:fs';
import { troubleLines } from '../generator/commands/troubles.ts';
import type { DigestOutcome } from '../generator/digest/outcome.ts';
import { print } from '../generator/lib/console.ts';
import { oneLine, type Printable, printable, say } from '../generator/lib/printable.ts';
import { counted } from '../generator/lib/words.ts';
import type { Outcome } from '../generator/run.ts';

/** What a command may have printed; one object holds some of it. */
interface Printed {
  shard?: { name: string; orgs: string }[];
  /** Organizations that were looked at, and have nothing to build. */
  unchanged?: number;
  /** On what was named and is left out. */
  dropped?: string[];
  organizations?: Outcome[];
  digests?: DigestOutcome[];
  said?: string[];
  problems?: string[];
  /** Why status.json could not be written. */
  unrecorded?: string[];
}

/** GitHub drops a summary of more than a megabyte whole. */
const MOST_ROWS = 500;

/** Text from outside as Markdown that shows it and does nothing else, in a table's cell too. */
export const plain = (text: string): Printable =>
  printable(
    printable(text).replaceAll(/[^\p{L}\p{N}_ .,;()"'’“”…–→/%+-]/gu, (each) => `&#${each.codePointAt(0)};`),
    Number.POSITIVE_INFINITY,
  );

/** The summary of one command's output, as lines of Markdown. @param text as it stands in the file, which may be cut off or empty */
export function summaryOf(text: string): Printable[] {
  let printed: Printed;
  try {
    printed = JSON.parse(text) as Printed;
  } catch {
    return [say`**No result**: the command ended without a result. See its log.`];
  }
  const { shard, unchanged = 0, dropped = [], organizations, digests, said = [], problems, unrecorded } = printed;
  return [
    ...(problems ? [say`### Nothing was done`, BLANK, ...list(problems)] : []),
    ...(shard ? planned(shard, unchanged) : []),
    ...(dropped.length > 0 ? list(dropped) : []),
    ...(organizations ? built(organizations) : []),
    ...(unrecorded ? [say`### Not recorded in status.json`, BLANK, ...list(unrecorded)] : []),
    ...(digests ? sent(digests, said) : []),
  ];
}

const BLANK = say``;

function planned(shards: NonNullable<Printed['shard']>, unchanged: number): Printable[] {
  const rows = shards.map(({ name, orgs }) => [name, `${orgs.split(' ').length}`, orgs]);
  const total = rows.reduce((sum, [, count]) => sum + Number(count), 0);
  return [
    say`### Planned: ${counted(total, 'organization')} in ${counted(shards.length, 'shard')}${unchanged > 0 ? `; ${unchanged} unchanged` : ''}`,
    BLANK,
    ...table(['shard', 'organizations', 'ids'], rows),
  ];
}

function built(outcomes: Outcome[]): Printable[] {
  const done = outcomes.flatMap((outcome) => ('result' in outcome ? [outcome] : []));
  const failed = outcomes.flatMap((outcome) => ('problems' in outcome ? [outcome] : []));
  const published = done.filter(({ result }) => result.published).length;
  const rows = done.map(({ org, result }) => [
    org,
    ...[result.calls, result.read, result.deleted, result.refused, result.rendered].map(String),
    result.published ? `build ${result.generation}` : 'unchanged',
  ]);
  return [
    say`### Built: ${published} published, ${done.length - published} unchanged, ${failed.length} failed`,
    BLANK,
    ...table(['organization', 'calls', 'read', 'gone', 'refused', 'files made', 'published'], rows),
    ...list(
      failed.map(({ org, problems, withoutSite }) => {
        const site = withoutSite ? 'it has no site yet' : 'its previous site stays';
        return `${org}: failed; ${site}. ${problems.join(' ')}`;
      }),
    ),
    ...list(done.flatMap(({ org, result }) => troubleLines(org, result.troubles))),
  ];
}

function sent(digests: DigestOutcome[], sentences: string[]): Printable[] {
  const groups = Map.groupBy(digests, ({ org, kind, date, state }) => [org, kind, date, state].join('\n'));
  const rows = [...groups].map(([key, of]) => [...key.split('\n'), `${of.length}`]);
  const count = digests.filter(({ state }) => state === 'sent').length;
  return [
    say`### Digests: ${count} sent`,
    BLANK,
    ...table(['organization', 'kind', 'day', 'state', 'recipients'], rows),
    ...list(sentences),
  ];
}

function table(head: string[], rows: string[][]): Printable[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly Printable[]) => oneLine([say`|`, oneLine(cells, ' | '), say`|`]);
  const plainLine = (cells: string[]) => line(cells.map(plain));
  const more = rows.length > MOST_ROWS ? [BLANK, say`and ${rows.length - MOST_ROWS} more.`] : [];
  return [plainLine(head), line(head.map(() => say`---`)), ...rows.slice(0, MOST_ROWS).map(plainLine), ...more, BLANK];
}

const list = (sentences: readonly string[]): Printable[] => [
  ...sentences.slice(0, MOST_ROWS).map((sentence) => oneLine([say`-`, plain(sentence)])),
  ...(sentences.length > MOST_ROWS ? [say`- and ${sentences.length - MOST_ROWS} more`] : []),
  BLANK,
];

if (import.meta.main) {
  for (const path of process.argv.slice(2)) {
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    for (const line of summaryOf(text)) print(line);
  }
}
