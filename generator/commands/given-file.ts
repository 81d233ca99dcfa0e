import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { withFiles } from '../lib/file-errors.ts';
import { say } from '../lib/printable.ts';

/**
 * The bytes of a file that an argument names; "-" is standard input.
 * @param what it is, for the message, such as "the token"
 * @throws {UserError} where it cannot be read
 */
export function readGiven(file: string, what: string): Promise<Uint8Array> {
  if (file === '-') return buffer(process.stdin);
  return withFiles(say`read ${what} in ${file}`, () => readFile(file));
}
