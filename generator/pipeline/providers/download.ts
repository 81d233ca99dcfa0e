import { say } from '../../lib/printable.ts';
import { PipelineError } from '../errors.ts';
import type { Download } from '../ports.ts';
import { bodyOf } from './body.ts';
import { checkSound, isPage, LARGEST_SOUND, tooLarge } from './sound.ts';

/** As long as the largest recording takes on a slow line. */
export const DOWNLOAD_MS = 5 * 60_000;
export const SOUND_TYPES = 'audio/wav, audio/*;q=0.9, application/octet-stream;q=0.5';

/**
 * The sound in an answer of a provider's server.
 * @throws {PipelineError} `poison` where it is no sound, `retry` where it is a page or an error in place of one, or has broken off
 */
export async function soundOf(answer: Response): Promise<Download> {
  const type = answer.headers.get('content-type') ?? '';
  if (/^\s*(?:text\/html|application\/(?:xhtml\+xml|json|problem\+json))\b/i.test(type)) {
    await answer.body?.cancel();
    throw instead(answer, type.split(';')[0]?.trim() ?? '');
  }
  const body = await bodyOf(answer, LARGEST_SOUND, tooLarge);
  // A page to sign in is no property of the recording: it may be gone in an hour.
  if (isPage(body)) throw instead(answer, 'a web page');
  return checkSound(body);
}

const instead = ({ url }: Response, what: string): PipelineError =>
  new PipelineError('retry', [
    say`${new URL(url).host} sends ${what} in place of the sound. Check whether its user may download recordings.`,
  ]);
