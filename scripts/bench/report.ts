import { cpus, totalmem } from 'node:os';

/** What one benchmark found: printed, and a section of `docs/benchmarks.md`. No dates: the same run writes the same text. */
export interface BenchReport {
  title: string; // e.g., "Rendering call pages"
  /** How to run it again. */
  command: string; // e.g., "npm run bench render"
  /** See `machine`. */
  machine: string;
  /** What was measured and how, and what was left out and why: one short paragraph. */
  method: string;
  tables: { head: string[]; rows: string[][] }[];
  /** What was aimed at, beside what was measured. */
  goals: Goal[];
}

export interface Goal {
  what: string; // e.g., "share of the limit's speed, 2 threads"
  goal: string; // e.g., "≥ 0.4"
  measured: string; // e.g., "0.43", or why it could not be measured
  /** Absent where it could not be measured. */
  met?: boolean;
  /** Sentences that stand under the table where the goal is missed: what was tried and what it brought. */
  tried?: string;
}

/** One file `scripts/bench/<name>.ts` a benchmark; it exports this as `bench`, and is named in `bench.ts`. */
export type Bench = () => Promise<BenchReport>;

/** Processor, memory and Node of this machine. */
export const machine = (): string =>
  `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;

/** The middle one, the upper of two. @throws where there is none. */
export function median(values: readonly number[]): number {
  const middle = values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
  if (middle === undefined) throw new Error('missing values: no median of nothing');
  return middle;
}

/** The report as a section in Markdown. */
export function sectionOf({ title, command, machine, method, tables, goals }: BenchReport): string {
  const goalRows = goals.map(({ what, goal, measured, met }) => [
    what,
    goal,
    measured,
    met === undefined ? 'not measured' : met ? 'met' : 'missed',
  ]);
  return [
    `## ${title}`,
    `\`${command}\` on ${machine}.`,
    method,
    ...tables.map(({ head, rows }) => table(head, rows)),
    ...(goals.length > 0 ? [table(['aim', 'goal', 'measured', ''], goalRows)] : []),
    ...triedOf(goals),
  ].join('\n\n');
}

/** What was tried for goals that are missed, as a list. */
function triedOf(goals: readonly Goal[]): string[] {
  const lines = goals.flatMap(({ what, met, tried }) => (met === false && tried ? [`- ${what}. ${tried}`] : []));
  return lines.length > 0 ? ['Missed, and what was tried:', lines.join('\n')] : [];
}

/** The document with one benchmark's section put in its place, or at the end; the others stay as they are. */
export function withSection(document: string, name: string, section: string): string {
  const marked = `${markOf(name)}\n${section}\n`;
  const at = document.indexOf(markOf(name));
  if (at === -1) return `${document.trimEnd()}\n\n${marked}`;
  const next = document.indexOf(MARK, at + MARK.length);
  return next === -1
    ? `${document.slice(0, at)}${marked}`
    : `${document.slice(0, at)}${marked}\n${document.slice(next)}`;
}

const MARK = '<!-- bench ';
const markOf = (name: string): string => `${MARK}${name} -->`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
