import { basename } from 'node:path';
import { type Printable, say } from '../lib/printable.ts';
import { besides } from '../lib/words.ts';
import { SETTINGS, type Setting, type SettingName } from '../settings.ts';
import type { Command } from './command.ts';

/** Settings that every command takes. */
export const GENERAL = ['json', 'quiet', 'help', 'debug'] as const satisfies SettingName[];

const EXITS: [string, string][] = [
  ['0', 'all went well'],
  ['1', 'something failed or needs a person, and the output names it; what it does not name was done'],
  [
    '2',
    'nothing was done: an argument, a setting, or the access that the settings give is wrong, and the output says which',
  ],
];

/** What is said to whoever types no command. */
export const usage = (commands: { [name: string]: Command }, width?: number): Printable[] => [
  say`${program()} COMMAND`,
  say``,
  ...besides(rowsOf(Object.entries(commands)), width),
  say``,
  say`${program()} help COMMAND tells what one does, and which flags and variables it takes; ${program()} --help tells of all.`,
];

const rowsOf = (commands: readonly [string, Command][]): [string, string][] =>
  commands.map(([name, { about }]) => [name, about]);

/** How the program was started: what stands before a command's name. */
export function program(): string {
  const { npm_lifecycle_event: script } = process.env;
  if (script === 'reports') return 'npm run reports --';
  return basename(process.argv[1] ?? '') === 'reports.mjs' && script !== 'npx'
    ? 'node generator/reports.mjs'
    : 'cci-reports';
}

/**
 * Made from the tables of commands and settings, so that it cannot be out of date.
 * @param name of the command that it is about; absent: all of them
 * @param width of the terminal; absent: each entry has one line
 */
export function help(commands: { [name: string]: Command }, name: string | undefined, width?: number): Printable[] {
  const command = name === undefined ? undefined : commands[name];
  const table = (rows: readonly (readonly [string, string])[]): Printable[] => besides(rows, width);
  const section = (title: Printable, rows: readonly (readonly [string, string])[]): Printable[] =>
    rows.length === 0 ? [] : [say``, title, ...table(rows)];
  const names = command ? [...command.settings, ...GENERAL] : (Object.keys(SETTINGS) as SettingName[]);
  const settings = names.map((each): Setting => SETTINGS[each]);
  const below = Object.entries(commands).filter(([each]) => name === undefined || each.startsWith(`${name} `));
  const operands = settings.filter(({ operand }) => operand);
  const called = [program(), name ?? 'COMMAND', ...(command ? operands.map(({ value }) => value ?? '') : [])].join(' ');
  return [
    command ? say`${called}: ${command.about}` : say`${called}`,
    ...section(say`Argument:`, command ? operands.map((each) => [each.value ?? '', noteOf(each)]) : []),
    ...section(command ? say`Commands below it:` : say`Commands (help COMMAND tells of one):`, rowsOf(below)),
    ...section(
      say`Flags (they win over the environment):`,
      settings.flatMap((each) => (each.flag === undefined ? [] : [[flagOf(each), noteOf(each)] as const])),
    ),
    ...section(
      say`Environment:`,
      settings.flatMap((each) => (each.variable === undefined ? [] : [[each.variable, noteOf(each)] as const])),
    ),
    ...section(say`Exit status:`, EXITS),
  ];
}

const flagOf = ({ flag, short, value }: Setting): string =>
  `${short ? `-${short}, ` : ''}--${flag}${value ? ` ${value}` : ''}`;

const noteOf = ({ about, default: fallback }: Setting): string =>
  fallback === undefined ? about : `${about} (default ${fallback})`;
