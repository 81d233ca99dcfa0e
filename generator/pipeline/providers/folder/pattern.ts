import { createContext, Script } from 'node:vm';
import { say } from '../../../lib/printable.ts';
import { PipelineError } from '../../errors.ts';

/** What a name may say, each as a group. */
const GROUPS = ['from', 'to', 'started', 'ended', 'agent', 'direction', 'group', 'call_id'];
const NAMED = /\(\?<([A-Za-z_$][\w$]*)>/g;

/** Names that are looked at together, and how long that may take: some pattern would take years for one name. */
const BATCH = 1000;
const LIMIT_MS = 2000;
/** No file system has longer names. */
const LONGEST_NAME = 255;

/** In a context of its own, as Node can end what runs there, a search by a regular expression included. */
const COMPILE = new Script('new RegExp(source); 0');
const SEARCH = new Script(
  'const pattern = new RegExp(source); JSON.stringify(JSON.parse(names).map((name) => pattern.exec(name)?.groups ?? null))',
);

/** What is wrong with a pattern for names of files, as the end of a sentence; undefined where nothing is. */
export function patternProblem(source: string): string | undefined {
  try {
    COMPILE.runInContext(createContext({ source }), { timeout: LIMIT_MS });
  } catch {
    return 'is no regular expression';
  }
  const names = [...source.matchAll(NAMED)].map(([, name = '']) => name);
  if (names.length === 0) return `has no named group: write (?<from>…); there are ${GROUPS.join(', ')}`;
  const unknown = names.find((name) => !GROUPS.includes(name));
  return unknown === undefined ? undefined : `has the group ${unknown}: there are ${GROUPS.join(', ')}`;
}

/**
 * What the names of files say, by the named groups of a pattern.
 * @param names without folders
 * @param limitMs for each thousand
 * @returns the groups that have matched something, of each name
 * @throws {PipelineError} `configuration` where the pattern takes too long
 */
export function readNames(source: string, names: readonly string[], limitMs = LIMIT_MS): { [group: string]: string }[] {
  const all: { [group: string]: string }[] = [];
  for (let at = 0; at < names.length; at += BATCH) {
    const batch = names.slice(at, at + BATCH).map((name) => name.slice(0, LONGEST_NAME));
    for (const groups of search(source, batch, limitMs)) all.push(groups ?? {});
  }
  return all;
}

function search(source: string, names: readonly string[], timeout: number): ({ [group: string]: string } | null)[] {
  try {
    const found: string = SEARCH.runInContext(createContext({ source, names: JSON.stringify(names) }), { timeout });
    return JSON.parse(found);
  } catch {
    throw new PipelineError('configuration', [
      say`provider.pattern in pipeline-config.json takes too long to look for. Write it without repetitions inside of repetitions, such as (a+)+.`,
    ]);
  }
}
