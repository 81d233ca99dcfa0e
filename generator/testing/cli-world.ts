import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll } from 'vitest';
import { runHere, type Said } from './run-here.ts';

/** Stores in a folder that is removed after the tests of a file, and the command line with their addresses. */
export function cliWorld() {
  const folder = mkdtempSync(join(tmpdir(), 'cci-cli-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const url = (name: string): string => pathToFileURL(join(folder, name)).href;
  const env = { CCI_RESULTS_URL: url('results'), CCI_CONFIG_URL: url('config'), CCI_REPORTS_URL: url('reports') };
  const hereWith = (variables: { [name: string]: string }, ...args: string[]): Promise<Said> =>
    runHere(args, { ...env, ...variables });
  /** The command in this thread, without the start of a process. */
  const here = (...args: string[]): Promise<Said> => hereWith({}, ...args);
  return { folder, url, env, here, hereWith };
}
