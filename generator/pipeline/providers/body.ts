import { joined } from '../../lib/bytes.ts';
import { say } from '../../lib/printable.ts';
import { PipelineError } from '../errors.ts';
import { atMost } from '../server.ts';

/**
 * The whole body of an answer.
 * @param most bytes that are taken; what announces or sends more is not read on
 * @param tooLarge what is thrown then
 * @throws {PipelineError} `retry` where it is shorter or longer than was announced
 */
export async function bodyOf(
  answer: Response,
  most: number,
  tooLarge: (bytes: number) => PipelineError,
): Promise<Uint8Array> {
  const announced = lengthOf(answer);
  if (announced !== undefined && announced > most) {
    await answer.body?.cancel();
    throw tooLarge(announced);
  }
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const piece of atMost(answer.body ?? [], most, tooLarge)) {
      bytes += piece.byteLength;
      pieces.push(piece);
    }
  } catch (error) {
    if (error instanceof PipelineError || (error as Error).name === 'TimeoutError') throw error;
    throw cut(announced, bytes, error);
  }
  if (announced !== undefined && bytes !== announced) throw cut(announced, bytes);
  return joined(pieces);
}

/** Undefined where none is announced, or what is announced is of the packed form. */
function lengthOf({ headers }: Response): number | undefined {
  const text = headers.get('content-length');
  const isPlain = [null, 'identity'].includes(headers.get('content-encoding'));
  return isPlain && text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

const cut = (announced: number | undefined, bytes: number, cause?: unknown): PipelineError =>
  new PipelineError(
    'retry',
    [
      announced === undefined
        ? say`The answer broke off after ${bytes} bytes.`
        : say`The answer broke off: ${bytes} of ${announced} bytes came.`,
    ],
    { cause },
  );
