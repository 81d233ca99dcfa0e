import { type Channel, NotTaken } from './channel.ts';
import { payloadOf } from './payload.ts';
import { SIGNATURE, signatureOf } from './sign.ts';

/** An answer that has not come by then is none: nobody knows then whether the notice arrived. */
const TIMEOUT_MS = 20_000;

export interface WebhookOptions {
  /** Signs what is sent; absent: it is not signed. */
  key?: string;
  now: () => Date;
  timeoutMs?: number;
}

/**
 * A webhook: one POST of JSON. No redirect is followed: the address is a secret, and so is what is sent to it.
 * @param url checked by `notifyUrlProblem`; tests also give one on loopback without TLS
 */
export function webhook(url: string, { key, now, timeoutMs = TIMEOUT_MS }: WebhookOptions): Channel {
  return {
    async send(notice) {
      const body = payloadOf(notice, new URL(url).hostname);
      const answer = await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          'Content-Type': 'application/json',
          'User-Agent': 'cci-lite-reports',
          ...(key !== undefined && { [SIGNATURE]: signatureOf(body, key, now().getTime()) }),
        },
        body,
        signal: AbortSignal.timeout(timeoutMs),
      }).catch((error: unknown) => {
        throw failureOf(error);
      });
      // What it says beside its status may be anything, and is of no use here.
      await answer.body?.cancel().catch(() => {});
      if (!answer.ok)
        throw new NotTaken(`the webhook of CCI_NOTIFY_URL answered ${answer.status}${hintOf(answer.status)}`);
    },
  };
}

function hintOf(status: number): string {
  if (status >= 300 && status < 400) return ', and redirects are not followed: give the address that it leads to';
  if ([401, 403, 404, 410].includes(status)) return ': it may have been removed, so ask for a new address';
  return '';
}

/** Codes of failures before the request could have left: no name, no connection, no TLS. */
const BEFORE =
  /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EPROTO|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

/** Node's words name the host, so only its code is told. */
function failureOf(error: unknown): Error {
  const codes = codesOf(error);
  const code = codes[0];
  if (codes.length > 0 && codes.every((each) => BEFORE.test(each)))
    return new NotTaken(`the webhook of CCI_NOTIFY_URL cannot be reached (${code})`);
  // Such as 25: fetch sends nothing to ports of other services.
  if (error instanceof Error && error.cause instanceof Error && error.cause.message === 'bad port')
    return new NotTaken('the port in CCI_NOTIFY_URL belongs to another service, so nothing is sent to it');
  const isTimeout = error instanceof Error && error.name === 'TimeoutError';
  return new Error(
    isTimeout
      ? 'the webhook of CCI_NOTIFY_URL did not answer in time'
      : `the connection to the webhook of CCI_NOTIFY_URL broke${code === undefined ? '' : ` (${code})`}`,
  );
}

/** Of what was thrown, of its cause, and of each address that was tried. */
function codesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const { code } = error as NodeJS.ErrnoException;
  const inner = error instanceof AggregateError && error.errors.length > 0 ? error.errors : [error.cause];
  const codes = inner.flatMap(codesOf);
  return codes.length > 0 ? codes : typeof code === 'string' ? [code] : [];
}
