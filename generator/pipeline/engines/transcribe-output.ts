import { decodeText } from '../../lib/bytes.ts';
import type { Store } from '../../store/store.ts';
import type { Job, Json, TranscribeDocument } from '../ports.ts';
import { isObject } from '../rules/json-text.ts';
import { outputKey } from './transcribe-request.ts';

/**
 * The document that a job has written. One of another job lies under the same key where a call is transcribed again: it is not taken.
 * @returns undefined where it is not there
 */
export async function readOutput(results: Store, job: Job, redact: boolean): Promise<TranscribeDocument | undefined> {
  for (const redacted of redact ? [true, false] : [false]) {
    const object = await results.get(outputKey(job, redacted));
    const document = object && parsed(object.body);
    if (document?.jobName === job.name) return document;
  }
  return undefined;
}

function parsed(body: Uint8Array): TranscribeDocument | undefined {
  try {
    const value = JSON.parse(decodeText(body)) as Json;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
