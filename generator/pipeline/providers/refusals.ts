import { say } from '../../lib/printable.ts';
import { PipelineError } from '../errors.ts';
import { retryAfter } from '../server.ts';

/** The token was not taken: it may be over. */
export class Unauthorized extends PipelineError {}

/** Busy, or behind a proxy whose server is being restarted. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);
/** What takes so long, or is not there yet, is asked for by a later run. */
const LATER_MS = 300_000;

/**
 * What an answer means that is neither good nor a redirect. Of its body nothing is said: it may repeat what was sent.
 * @param isOne a single recording was asked for: what is refused of it says nothing of the others
 */
export function refusal(host: string, { status, headers }: Response, isOne: boolean): PipelineError {
  if (PASSING.has(status))
    return new PipelineError('retry', [say`${host} is busy or fails (HTTP ${status}). It is asked again later.`], {
      waitMs: retryAfter(headers.get('retry-after')),
    });
  if (status === 401) return new Unauthorized('configuration', [say`${host} does not take the token (HTTP 401).`]);
  if (status === 404)
    return new PipelineError(
      'retry',
      [say`${host} has nothing at this address (HTTP 404): it may not be ready, or a path of the secret is wrong.`],
      { waitMs: LATER_MS },
    );
  if (isOne)
    return new PipelineError('poison', [
      say`${host} refuses this recording (HTTP ${status}): it may be gone, or its user may not download it.`,
    ]);
  return new PipelineError('configuration', [
    say`${host} refuses the request (HTTP ${status}). Check the paths of the secret, and whether its user may list recordings.`,
  ]);
}

/** No answer came. Nothing of what was sent is in it: only the host and Node's code. */
export function unreachable(host: string, error: unknown): PipelineError {
  const { name, cause } = error as { name?: string; cause?: { code?: string } };
  const isLate = name === 'TimeoutError';
  const why = isLate ? 'no answer came in time' : (cause?.code ?? 'the connection broke');
  return new PipelineError(
    'retry',
    [say`${host} could not be asked: ${why}. Check base_url of the secret and the network.`],
    isLate ? { waitMs: LATER_MS } : {},
  );
}
