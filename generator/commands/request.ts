import { closest } from '../lib/closest.ts';
import { UserError } from '../lib/errors.ts';
import { type Printable, quoted, say } from '../lib/printable.ts';

/** What one call of the command line asks for. */
export type Request =
  /** @property isAsked false where nothing was typed at all */
  | { kind: 'help'; about?: string; isAsked: boolean }
  | { kind: 'version' }
  | { kind: 'command'; name: string; args: string[] };

const HELP: ReadonlySet<string> = new Set(['--help', '-h']);
const VERSION: ReadonlySet<string> = new Set(['--version', '-V']);
/** What may stand in the place of a command. */
const WORDS = ['help', '--help', '--version'];

/**
 * Reads what was typed: `help build`, `build --help`, `digest log --date D`, `--version`.
 * @param names of all commands; one of two words is one name
 * @throws {UserError} where no command has this name, with what was probably meant
 */
export function readRequest(given: readonly string[], names: readonly string[]): Request {
  const [first] = given;
  if (first === undefined) return { kind: 'help', isAsked: false };
  if (VERSION.has(first)) return { kind: 'version' };
  const isHelp = first === 'help' || given.some((word) => HELP.has(word));
  if (!isHelp) {
    const { name, rest } = findCommand(given, names);
    return { kind: 'command', name, args: rest };
  }
  const words = given.filter((word) => !isFlag(word)).slice(first === 'help' ? 1 : 0);
  if (words.length === 0 || words[0] === 'help') return { kind: 'help', isAsked: true };
  return { kind: 'help', about: findCommand(words, names).name, isAsked: true };
}

const isFlag = (word: string): boolean => word.startsWith('-');

/** The command that the first one or two words name, and what comes after them. */
function findCommand(words: readonly string[], names: readonly string[]): { name: string; rest: string[] } {
  const [first = '', second] = words;
  const pair = second === undefined || isFlag(second) ? undefined : `${first} ${second}`;
  if (pair !== undefined && names.includes(pair)) return { name: pair, rest: words.slice(2) };
  const group = names.filter((name) => name.startsWith(`${first} `));
  const isPair = pair !== undefined && group.length > 0;
  if (names.includes(first) && !isPair) return { name: first, rest: words.slice(1) };
  if (isFlag(first))
    throw new UserError([say`${quoted(first)} is not a command. The command comes first, then its flags. See --help.`]);
  const pairs = names.filter((name) => name.includes(' '));
  const both = pair === undefined ? [] : closest(pair, pairs);
  if (both.length > 0) throw noCommand(pair ?? '', say`Did you mean ${both.join(' or ')}?`);
  if (group.length > 0) throw noCommand(pair ?? first, say`There are: ${group}.`);
  const near = closest(first, [...names, ...WORDS]);
  throw noCommand(first, near.length > 0 ? say`Did you mean ${near.join(' or ')}?` : say`There are: ${names}.`);
}

const noCommand = (word: string, instead: Printable): UserError =>
  new UserError([say`${quoted(word)} is not a command. ${instead}`]);
