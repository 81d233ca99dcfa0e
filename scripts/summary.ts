// Turns what the commands print with --json into a job summary: `node scripts/summary.ts build.json >> "$GITHUB_STEP_SUMMARY"`.
import { existsSync, readFileSync } from 'node:fs';
import { troubleLines } from '../generator/commands/troubles.ts';
import type { DigestOutcome } from '../generator/digest/outcome.ts';
import type { Outcome } from '../generator/run.ts';

/** What a command may have printed; one object holds some of it. */
interface Printed {
  shard?: { name: string; orgs: string }[];
  organizations?: Outcome[];
  digests?: DigestOutcome[];
  said?: string[];
  problems?: string[];
}

/** GitHub drops a summary of more than a megabyte whole. */
const MOST_ROWS = 500;

/** Text from outside as Markdown that shows it and does nothing else, in a table's cell too. */
export const plain = (text: string): string =>
  text
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .replaceAll(/[^\p{L}\p{N}_ .,;()"'’“”…–→/%+-]/gu, (each) => `&#${each.codePointAt(0)};`);

/** The summary of one command's output, in Markdown. @param text as it stands in the file, which may be cut off or empty */
export function summaryOf(text: string): string {
  let printed: Printed;
  try {
    printed = JSON.parse(text) as Printed;
  } catch {
    return '**No result**: the command ended without a result. See its log.\n';
  }
  const { shard, organizations, digests, said = [], problems } = printed;
  return [
    ...(problems ? ['### Nothing was done', '', ...list(problems)] : []),
    ...(shard ? planned(shard) : []),
    ...(organizations ? built(organizations) : []),
    ...(digests ? sent(digests, said) : []),
    '',
  ].join('\n');
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

function planned(shards: NonNullable<Printed['shard']>): string[] {
  const rows = shards.map(({ name, orgs }) => [name, `${orgs.split(' ').length}`, orgs]);
  const total = rows.reduce((sum, [, count]) => sum + Number(count), 0);
  return [
    `### Planned: ${counted(total, 'organization')} in ${counted(shards.length, 'shard')}`,
    '',
    ...table(['shard', 'organizations', 'ids'], rows),
  ];
}

function built(outcomes: Outcome[]): string[] {
  const done = outcomes.flatMap((outcome) => ('result' in outcome ? [outcome] : []));
  const failed = outcomes.flatMap((outcome) => ('problems' in outcome ? [outcome] : []));
  const published = done.filter(({ result }) => result.published).length;
  const rows = done.map(({ org, result }) => [
    org,
    ...[result.calls, result.read, result.deleted, result.refused, result.rendered].map(String),
    result.published ? `build ${result.generation}` : 'unchanged',
  ]);
  return [
    `### Built: ${published} published, ${done.length - published} unchanged, ${failed.length} failed`,
    '',
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

function sent(digests: DigestOutcome[], sentences: string[]): string[] {
  const groups = Map.groupBy(digests, ({ org, date, state }) => [org, date, state].join('\n'));
  const rows = [...groups].map(([key, of]) => [...key.split('\n'), `${of.length}`]);
  const count = digests.filter(({ state }) => state === 'sent').length;
  return [
    `### Digests: ${count} sent`,
    '',
    ...table(['organization', 'day', 'state', 'recipients'], rows),
    ...list(sentences),
  ];
}

function table(head: string[], rows: string[][]): string[] {
  if (rows.length === 0) return [];
  const line = (cells: string[]) => `| ${cells.map(plain).join(' | ')} |`;
  const more = rows.length > MOST_ROWS ? ['', `and ${rows.length - MOST_ROWS} more.`] : [];
  return [line(head), `| ${head.map(() => '---').join(' | ')} |`, ...rows.slice(0, MOST_ROWS).map(line), ...more, ''];
}

const list = (sentences: string[]): string[] => [
  ...sentences.slice(0, MOST_ROWS).map((sentence) => `- ${plain(sentence)}`),
  ...(sentences.length > MOST_ROWS ? [`- and ${sentences.length - MOST_ROWS} more`] : []),
  '',
];

if (import.meta.main) {
  for (const path of process.argv.slice(2)) {
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    const lines = text.split('\n').filter((line) => line !== '');
    process.stdout.write(path.endsWith('.log') ? list(lines).join('\n') : summaryOf(text));
  }
}
