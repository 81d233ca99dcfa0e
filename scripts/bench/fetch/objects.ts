import type { Part } from '../../../generator/source/layout.ts';

/** Bytes of each object. */
export const OBJECT_BYTES = 1_500;
/** All objects have it. */
export const ETAG = '"9b2cf535f27731c974343645a3985328"';

const WORDS = 'so what i would like to know is when somebody can come and read the meter again ';

/** What the pipeline would write of a call, filled up with words to `OBJECT_BYTES`. */
export function bodyOf(part: Part): Buffer {
  const text = (words: string): string => {
    if (part === 'calls')
      return `${JSON.stringify({ direction: 'inbound', duration_seconds: 61, summary: [words] })}\n`;
    if (part === 'qa') return `${JSON.stringify({ rule_name: 'Greeting', score: 85, pass: true, evidence: words })}\n`;
    if (part === 'metadata') return JSON.stringify({ raw: { metadata: { note: words } } });
    return JSON.stringify({ transcript: [{ speaker: 'agent', start_time: 0, end_time: 60, text: words }] });
  };
  const room = OBJECT_BYTES - Buffer.byteLength(text(''));
  return Buffer.from(text(WORDS.repeat(Math.ceil(room / WORDS.length)).slice(0, room)));
}
