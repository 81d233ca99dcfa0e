import { say } from '../../lib/printable.ts';
import { PipelineError } from '../errors.ts';
import { type Ask, asked, below, jsonOf, type Server } from './http.ts';
import { Unauthorized } from './refusals.ts';

const TOKEN_MS = 30_000;

/** Requests with a token, which is asked for when it is first needed, and once more where it is not taken any longer. */
export interface Account {
  ask<Of>(ask: Omit<Ask, 'bearer' | 'form'>, read: (answer: Response) => Promise<Of>): Promise<Of>;
}

/**
 * @param path of the address that gives tokens
 * @param form what it is given; in no error
 * @param secret its name, for errors
 */
export function openAccount(server: Server, path: string, form: { [name: string]: string }, secret: string): Account {
  let token: Promise<string> | undefined;

  async function newToken(signal: AbortSignal): Promise<string> {
    const ask = { url: below(server, path), form: new URLSearchParams(form), accept: 'application/json' };
    try {
      const { access_token } = await asked(server, { ...ask, limitMs: TOKEN_MS, signal }, jsonOf);
      if (typeof access_token === 'string' && access_token !== '') return access_token;
    } catch (error) {
      if (error instanceof PipelineError && error.kind !== 'configuration') throw error;
      if (!(error instanceof PipelineError)) throw error;
      throw refused(error);
    }
    throw refused();
  }
  const refused = (cause?: Error) =>
    new PipelineError(
      'configuration',
      [say`${server.base.host} gives no token. Check the names, the passwords and token_path in the secret ${secret}.`],
      { cause },
    );
  /** One for all who ask at the same time. A failure is not remembered. */
  function current(signal: AbortSignal): Promise<string> {
    token ??= newToken(signal);
    const asking = token;
    asking.catch(() => {
      if (token === asking) token = undefined;
    });
    return asking;
  }

  return {
    async ask(ask, read) {
      const bearer = current(ask.signal);
      try {
        return await asked(server, { ...ask, bearer: await bearer }, read);
      } catch (error) {
        if (!(error instanceof Unauthorized)) throw error;
        if (token === bearer) token = undefined;
        return await asked(server, { ...ask, bearer: await current(ask.signal) }, read);
      }
    },
  };
}
