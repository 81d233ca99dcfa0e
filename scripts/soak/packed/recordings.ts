import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { oneCall } from '../../../generator/commands/pipeline/testing/recordings.ts';

/** Nobody has written to the recordings since. Seconds since 1970. */
const WRITTEN = Date.parse('2026-11-21T10:00:00Z') / 1000;

/** A folder with the recordings of two calls, each with its transcript beside it, for `pipeline run --recordings`. @returns the folder */
export function writeRecordings(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const { sound, transcript } = oneCall();
  for (const name of ['20261121-081500_ann', '20261121-094000_ben'])
    for (const [ending, body] of [
      ['wav', sound],
      ['vtt', transcript],
    ] as const) {
      const file = join(folder, `${name}.${ending}`);
      writeFileSync(file, body);
      utimesSync(file, WRITTEN, WRITTEN);
    }
  return folder;
}
