import { say } from '../../lib/printable.ts';
import { PipelineError } from '../errors.ts';
import type { Job, JsonObject, Progress, Sidecar, TranscribeDocument, Transcriber } from '../ports.ts';
import { toDocument } from '../transcript/to-document.ts';
import { parseTranscribe } from '../transcript/transcribe-json.ts';
import { parseVtt } from '../transcript/vtt.ts';
import { parseWhisper } from '../transcript/whisper-json.ts';

/** Takes the transcript that lies beside the recording: JSON of Amazon Transcribe or whisper, or WebVTT. A call without one waits. */
export function sidecarTranscriber(): Transcriber {
  const take = async ({ sidecar }: Job, signal: AbortSignal): Promise<Progress> => {
    signal.throwIfAborted();
    if (!sidecar)
      throw new PipelineError(
        'retry',
        [
          say`No transcript lies beside the recording, and no engine is named that would make one. Put a transcript there (WebVTT, or JSON of Amazon Transcribe or whisper), or set engines.transcribe in pipeline-config.json.`,
        ],
        // To look again costs nothing, and whoever has done so wants to see it go on.
        { waitMs: 0 },
      );
    return { state: 'done', document: readSidecar(sidecar), seconds: 0 };
  };
  return { name: 'sidecar', settings: {}, free: true, begin: take, check: take };
}

/**
 * A transcript of any form in Amazon Transcribe's shape.
 * @throws {PipelineError} poison, where it cannot be read
 */
export function readSidecar({ name, body }: Sidecar): TranscribeDocument {
  const text = new TextDecoder().decode(body);
  if (/\.(?:vtt|srt)$/i.test(name) || /^\ufeff?WEBVTT/.test(text)) return toDocument(parseVtt(text));
  const document = parse(text);
  if (isObject(document) && isObject(document.results)) {
    parseTranscribe(document);
    return document;
  }
  const whisper = parseWhisper(document);
  if (whisper) return toDocument(whisper.heard, whisper.language);
  throw unreadable('it is JSON, but of no form that is known');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    throw unreadable('it is neither WebVTT nor whole JSON');
  }
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const unreadable = (why: string): PipelineError =>
  new PipelineError('poison', [
    say`The transcript beside the recording cannot be read: ${why}. Known are WebVTT, and JSON of Amazon Transcribe and whisper. Put a right one in its place, and replay the call.`,
  ]);
