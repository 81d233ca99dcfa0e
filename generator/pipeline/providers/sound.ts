import { type Printable, say } from '../../lib/printable.ts';
import { PipelineError } from '../errors.ts';
import type { Download } from '../ports.ts';

/** The largest recording that is taken, in bytes: five hours of telephone sound as WAV. */
export const LARGEST_SOUND = 512 * 1024 * 1024;
/** A WAV file without sound has a head of 44 bytes; no form of sound has less. */
const LEAST = 45;

/**
 * Sound by its first bytes, whatever it is called.
 * @throws {PipelineError} `poison` where it is empty, too large, a web page, or nothing that can be read here
 */
export function checkSound(body: Uint8Array): Download {
  if (body.byteLength > LARGEST_SOUND) throw tooLarge(body.byteLength);
  if (body.byteLength === 0) throw poison(say`The recording is empty: it has 0 bytes.`);
  if (isPage(body)) throw poison(say`The recording is no sound: it is a web page.`);
  const extension = formOf(body);
  if (!extension)
    throw poison(say`The recording is no sound that can be read: write it as WAV, MP3, Ogg, FLAC, M4A or WebM.`);
  if (body.byteLength < LEAST) throw poison(say`The recording holds no sound: it has a head and nothing after it.`);
  return { body, extension };
}

/** @param bytes as announced or listed */
export const tooLarge = (bytes: number): PipelineError =>
  new PipelineError('poison', [
    say`The recording has ${Math.round(bytes / 1024 / 1024)} MB. At most ${LARGEST_SOUND / 1024 / 1024} MB are taken: cut it, or store it as MP3.`,
  ]);

const poison = (sentence: Printable): PipelineError => new PipelineError('poison', [sentence]);

const FORMS: readonly [Download['extension'], number, string][] = [
  ['wav', 8, 'WAVE'],
  ['mp3', 0, 'ID3'],
  ['ogg', 0, 'OggS'],
  ['flac', 0, 'fLaC'],
  ['m4a', 4, 'ftyp'],
  ['webm', 0, '\x1a\x45\xdf\xa3'],
];

function formOf(body: Uint8Array): Download['extension'] | undefined {
  const named = FORMS.find(([form, at, mark]) => has(body, at, mark) && (form !== 'wav' || has(body, 0, 'RIFF')));
  return named ? named[0] : isMpegFrame(body) ? 'mp3' : undefined;
}

const has = (body: Uint8Array, at: number, mark: string): boolean =>
  [...mark].every((character, i) => body[at + i] === character.charCodeAt(0));

/** The head of a frame: eleven bits of one, then a version, a layer, a bit rate and a sample rate that there are. AAC has no layer. */
function isMpegFrame([first = 0, second = 0, third = 0]: Uint8Array): boolean {
  const [version, layer, bitRate, sampleRate] = [(second >> 3) & 3, (second >> 1) & 3, third >> 4, (third >> 2) & 3];
  return first === 0xff && second >= 0xe0 && version !== 1 && layer !== 0 && bitRate !== 15 && sampleRate !== 3;
}

/** Whether bytes are markup: a page to sign in, or of an error, in place of sound. */
export function isPage(body: Uint8Array): boolean {
  const begin = Buffer.from(body.subarray(0, 256)).toString('latin1');
  return /^(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|\?xml|!--)/i.test(begin);
}
