import { createInterface } from 'node:readline/promises';
import { printError } from '../console.ts';
import { UserError } from '../errors.ts';
import { type Printable, say } from '../printable.ts';

/** Asks whoever started the command. Questions go to standard error, so that what is printed stays clean. */
export interface Asker extends AsyncDisposable {
  /** False where nobody can answer: in a pipe, a script or a CI. Then nothing may be asked. */
  readonly isThere: boolean;
  /** @param problemWith says what is wrong with an answer, as the end of a sentence; it is asked again until nothing is */
  text(question: Printable, fallback: string, problemWith?: (answer: string) => string | undefined): Promise<string>;
  /** Yes or no; no by default. */
  confirm(question: Printable): Promise<boolean>;
}

interface Terminal {
  input: NodeJS.ReadStream;
  output: NodeJS.WriteStream;
}

/** @throws {UserError} from a question that was ended by Ctrl+C or the end of the input */
export function openAsker({ input, output }: Terminal = { input: process.stdin, output: process.stderr }): Asker {
  const isThere = input.isTTY === true && output.isTTY === true;
  const over = new AbortController();
  const lines = isThere ? createInterface({ input, output }) : undefined;
  lines?.once('SIGINT', () => over.abort()).once('close', () => over.abort());
  const ask = async (question: string): Promise<string> => {
    try {
      return (await lines?.question(question, { signal: over.signal }))?.trim() ?? '';
    } catch (error) {
      if (!over.signal.aborted) throw error;
      output.write('\n');
      throw new UserError([say`Ended without an answer, so nothing was written.`]);
    }
  };
  return {
    isThere,
    async text(question, fallback, problemWith) {
      for (;;) {
        const answer = (await ask(`${question}${fallback === '' ? '' : say` [${fallback}]`}: `)) || fallback;
        const wrong = problemWith?.(answer);
        if (wrong === undefined) return answer;
        printError(say`${JSON.stringify(answer)} ${wrong}.`);
      }
    },
    async confirm(question) {
      for (;;) {
        const answer = (await ask(`${question} [y/N]: `)).toLowerCase();
        if (['y', 'yes'].includes(answer)) return true;
        if (['', 'n', 'no'].includes(answer)) return false;
      }
    },
    async [Symbol.asyncDispose]() {
      lines?.close();
    },
  };
}
