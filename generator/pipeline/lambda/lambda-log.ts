import { consoleLog, type Log } from '../../lib/console.ts';
import { type Printable, say } from '../../lib/printable.ts';

/** One line of a function's log. No line has an id of a call, a party or a word that was said. */
export const tell = (text: Printable): void => consoleLog().say(text);

/** What the stages say of an organization: results of steps, and problems. */
export const lambdaLog = (org: string): Log => consoleLog(say`${org}: `);
