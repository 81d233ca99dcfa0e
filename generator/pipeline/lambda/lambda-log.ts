import type { Log } from '../../lib/console.ts';
import { oneLine, type Printable, say } from '../../lib/printable.ts';

/** One line of a function's log. No line has an id of a call, a party or a word that was said. */
export const tell = (text: Printable): void => void process.stdout.write(`${text}\n`);

/** What the stages say of an organization: results of steps, and problems. */
export const lambdaLog = (org: string): Log => ({
  async step(name, work, resultOf) {
    const value = await work(() => {});
    const result = resultOf?.(value);
    tell(result === undefined ? say`${org}: ${name}` : say`${org}: ${name}: ${result}`);
    return value;
  },
  say: (text) => tell(oneLine([say`${org}:`, text])),
});
