import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { oneCall, writeOld } from '../../../generator/commands/pipeline/testing/recordings.ts';

/** A folder with the recordings of two calls, each with its transcript beside it, for `pipeline run --recordings`. @returns the folder */
export function writeRecordings(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const { sound, transcript } = oneCall();
  for (const name of ['20261121-081500_ann', '20261121-094000_ben']) {
    writeOld(join(folder, `${name}.wav`), sound);
    writeOld(join(folder, `${name}.vtt`), transcript);
  }
  return folder;
}
