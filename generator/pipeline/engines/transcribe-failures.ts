import { type Printable, say } from '../../lib/printable.ts';
import type { Progress } from '../ports.ts';

/** What Transcribe says of a job that it does not take, or that failed. */
export type TranscribeFault =
  | Extract<Progress, { state: 'failed' }>
  /** A right or a setting is wrong: all jobs will fail. */
  | { state: 'configuration'; reason: Printable };

const FAULTS: readonly (readonly [RegExp, (said: Printable) => TranscribeFault])[] = [
  [
    /access denied|can(?:'|no)t (?:be )?access|not authorized|permission|same region|bucket|KMS/i,
    (said) => ({ state: 'configuration', reason: said }),
  ],
  [
    /internal (?:error|failure)|try (?:your request )?again|timed? ?out/i,
    (said) => ({ state: 'failed', reason: say`Amazon Transcribe failed: ${said}.`, retry: true }),
  ],
  [
    /language/i,
    (said) => ({
      state: 'failed',
      reason: say`Amazon Transcribe does not take the language of the call: ${said}.`,
      retry: false,
    }),
  ],
  [
    /media format|sample rate|audio|file size|duration|too (?:long|short|large)|number of channels|\bobject\b|speech/i,
    (said) => ({ state: 'failed', reason: say`Amazon Transcribe does not take this sound: ${said}.`, retry: false }),
  ],
];

/** @returns undefined where the words are none that are known */
export function faultOf(said: Printable): TranscribeFault | undefined {
  return FAULTS.find(([words]) => words.test(said))?.[1](said);
}
