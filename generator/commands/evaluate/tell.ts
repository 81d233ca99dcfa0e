import { csvOf } from '#shared/format/csv.ts';
import { type Printable, quoted, say } from '../../lib/printable.ts';
import { columns, counted } from '../../lib/words.ts';
import type { Agreement } from './agreement.ts';
import type { LeftOut, Pair } from './compare.ts';

/** What came of comparing the labels of a file with a site. */
interface Evaluation {
  org: string;
  build: number;
  overall: Agreement;
  rules: ({ rule: string; name: string } & Agreement)[];
  differences: Pair[];
  leftOut: LeftOut[];
  /** Lines of rows without a verdict. */
  empty: number[];
  otherColumns: string[];
}

const HEAD = ['rule', 'labels', 'agree', 'share', 'kappa', 'too strict', 'too mild'];

/** The tables and sentences for people. */
export function sentences(evaluation: Evaluation): Printable[] {
  const { org, build, overall, rules, differences, leftOut, empty, otherColumns } = evaluation;
  const all = { name: 'All rules', ...overall };
  const shown = overall.n === 0 ? [] : rules.length === 1 ? rules : [...rules, all];
  const alike = shown.filter(({ kappa }) => kappa === undefined);
  return [
    say`${org}: ${counted(overall.n, 'label')} compared with the verdicts of build ${build}.`,
    ...(overall.n === 0 ? [] : ['', ...columns([HEAD, ...shown.map(row)]), '']).map((line) => say`${line}`),
    ...(overall.n === 0
      ? []
      : [
          say`Too strict: the report failed what the person passed. Too mild: the report passed what the person failed.`,
          say`Kappa: agreement beyond chance; 1 is full agreement, 0 is what chance alone would give.`,
        ]),
    ...alike.map(
      ({ name }) =>
        say`${name}: kappa is undefined, because both gave the same verdict on every call. Label calls of both kinds.`,
    ),
    ...(differences.length > 0
      ? [
          say``,
          say`The report and the person differ on ${counted(differences.length, 'label')}:`,
          ...columns([
            ['line', 'call', 'rule', 'person', 'report'],
            ...differences.map(({ line, call, name, person, report }) => [
              ...[String(line), call.id, name, verdict(person), verdict(report)],
            ]),
          ]),
        ]
      : []),
    ...(leftOut.length + empty.length > 0 ? [say``] : []),
    ...leftOut.map(({ line, why }) => say`Line ${line} is not compared: ${why}.`),
    ...(empty.length > 0
      ? [
          empty.length === 1
            ? say`Line ${empty} has no verdict yet.`
            : say`${counted(empty.length, 'line')} have no verdict yet: ${runsOf(empty)}.`,
        ]
      : []),
    ...(otherColumns.length > 0 ? [say`Columns that were not read: ${otherColumns.map(quoted)}.`] : []),
  ];
}

const row = ({ name, n, bothPassed, bothFailed, share, kappa, tooStrict, tooMild }: { name: string } & Agreement) => [
  ...[name, String(n), String(bothPassed + bothFailed), percent(share), shownKappa(kappa)],
  ...[String(tooStrict), String(tooMild)],
];

const percent = (share: number | undefined): string => (share === undefined ? '–' : `${(share * 100).toFixed(1)} %`);
const shownKappa = (kappa: number | undefined): string => (kappa === undefined ? 'undefined' : kappa.toFixed(2));
const verdict = (passed: boolean): string => (passed ? 'pass' : 'fail');

/** "3, 5-9". @param lines ascending */
function runsOf(lines: readonly number[]): string[] {
  const runs: [first: number, last: number][] = [];
  for (const line of lines) {
    const run = runs.at(-1);
    if (run && run[1] === line - 1) run[1] = line;
    else runs.push([line, line]);
  }
  return runs.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`));
}

/** File name → CSV: the figures, the calls on which the two differ, and what was not compared. */
export const csvFiles = ({ overall, rules, differences, leftOut, empty }: Evaluation): { [name: string]: string } => ({
  'agreement.csv': csvOf([
    ['rule', 'labels', 'both pass', 'both fail', 'too strict', 'too mild', 'share', 'kappa'],
    ...rules.map(({ name, ...agreement }) => [name, ...figures(agreement)]),
    ['All rules', ...figures(overall)],
  ]),
  'differences.csv': csvOf([
    ['line', 'call', 'page', 'rule', 'person', 'report'],
    ...differences.map(({ line, call, name, person, report }) => [
      ...[line, call.id, call.path, name, verdict(person), verdict(report)],
    ]),
  ]),
  'not-compared.csv': csvOf([
    ['line', 'why'],
    ...[...leftOut, ...empty.map((line) => ({ line, why: 'no verdict yet' }))]
      .sort((a, b) => a.line - b.line)
      .map(({ line, why }) => [line, why]),
  ]),
});

const figures = ({ n, bothPassed, bothFailed, tooStrict, tooMild, share, kappa }: Agreement) => [
  ...[n, bothPassed, bothFailed, tooStrict, tooMild],
  ...[share, kappa].map((figure) => figure && Number(figure.toFixed(4))),
];
