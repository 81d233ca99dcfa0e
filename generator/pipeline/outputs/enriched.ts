import type { Turn } from '../ports.ts';
import type { SpeakerSource } from '../transcript/speakers.ts';

/** A call's transcript, and how it is known who speaks. */
export interface Transcript {
  turns: Turn[];
  source: SpeakerSource;
  /** BCP 47. */
  language: string;
}

/** `enriched/<id>.json`. @param notEvaluated why the call has no evaluation, once that is known */
export function enrichedOf(org: string, call: string, transcript: Transcript, notEvaluated?: string): object {
  const { turns, source, language } = transcript;
  return {
    tenant_id: org,
    call_id: call,
    language,
    transcript: turns.map(({ speaker, start, end, text }) => ({ speaker, start_time: start, end_time: end, text })),
    analysis_features: {
      utterance_count: turns.length,
      word_count: turns.reduce((sum, { text }) => sum + text.split(/\s+/).filter(Boolean).length, 0),
    },
    pipeline: { speaker_source: source, language, ...(notEvaluated !== undefined && { not_evaluated: notEvaluated }) },
  };
}
