import { messageOf } from '../../lib/errors.ts';
import { type Printable, say } from '../../lib/printable.ts';
import { ANSWER_MS, type Context } from './context.ts';

/** What a server other than a store has answered. */
export interface Reply {
  status: number;
  /** Parsed JSON; undefined where it is none. */
  body: unknown;
}

/** Answers are small: what is larger is none of these. */
const MOST_CHARACTERS = 2_000_000;

/**
 * One question over HTTPS, once. What the server says of the time is remembered.
 * @param what is asked, for the sentence
 * @returns the reply, or why there is none
 */
export async function askJson(
  { ask, clocks }: Pick<Context, 'ask' | 'clocks'>,
  what: string,
  url: string,
  headers: { [name: string]: string } = {},
): Promise<Reply | Printable> {
  const asked = Date.now();
  try {
    const answer = await ask(url, { headers, redirect: 'error', signal: AbortSignal.timeout(ANSWER_MS) });
    clocks.push({ what, date: answer.headers.get('date'), asked, answered: Date.now() });
    const text = await answer.text();
    return { status: answer.status, body: text.length > MOST_CHARACTERS ? undefined : parsed(text) };
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? messageOf(error.cause) : messageOf(error);
    return say`${what} at ${new URL(url).host} cannot be reached (${cause}). Check the network.`;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
