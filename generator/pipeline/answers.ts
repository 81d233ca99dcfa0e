import { decodeText, stableJson } from '../lib/bytes.ts';
import { say } from '../lib/printable.ts';
import { PreconditionFailed, type Store } from '../store/store.ts';
import { PipelineError } from './errors.ts';
import { answersPrefix } from './keys.ts';
import type { AudioFacts, Evaluation, Sentiment, TranscribeDocument } from './ports.ts';

/** What an engine answered, as it is kept: from it alone, and from the configuration, everything else of the call is made. */
export interface Answer {
  /** ISO 8601 in UTC. */
  at: string;
  /** Its engine's name; "none" where nobody had to be asked. */
  engine: string;
}

export interface TranscriptAnswer extends Answer {
  document: TranscribeDocument;
  /** Of sound, as it was paid for. */
  seconds: number;
  /** What was measured of the sound. */
  facts?: AudioFacts;
}

export interface SentimentAnswer extends Answer {
  sentiment?: Sentiment;
  /** A sentence, where there is none. */
  notAnalysed?: string;
  units: number;
}

export interface EvaluationAnswer extends Answer {
  evaluation?: Omit<Evaluation, 'usage'>;
  /** A sentence, where there is none. */
  failed?: string;
  /** Another attempt may go well. */
  retry?: boolean;
  /** Tokens, where the engine counts them. */
  usage?: { input: number; output: number };
}

/** @param name of the stage and the hash of what was asked, such as `enrich-0123…` */
const answerKey = (org: string, call: string, name: string): string => `${answersPrefix(org, call)}${name}.json`;

/** @returns undefined where nobody has answered that yet. @throws {PipelineError} poison, where what was stored cannot be read */
export async function readAnswer<Kind extends Answer>(
  results: Store,
  org: string,
  call: string,
  name: string,
): Promise<Kind | undefined> {
  const object = await results.get(answerKey(org, call, name));
  if (!object) return undefined;
  try {
    return JSON.parse(decodeText(object.body)) as Kind;
  } catch {
    throw new PipelineError('poison', [
      say`What the engine answered was stored, and cannot be read any more. Replay the call from the stage ${name.split('-')[0] ?? ''}.`,
    ]);
  }
}

/** Keep an answer. @returns what lies there: another's, where that was sooner */
export async function storeAnswer<Kind extends Answer>(
  results: Store,
  org: string,
  call: string,
  name: string,
  answer: Kind,
): Promise<Kind> {
  const body = stableJson(answer);
  try {
    await results.put(answerKey(org, call, name), body, { ifNoneMatch: '*' });
    // As whoever comes later reads it: with its keys in that order.
    return JSON.parse(body) as Kind;
  } catch (error) {
    if (!(error instanceof PreconditionFailed)) throw error;
    return (await readAnswer<Kind>(results, org, call, name)) ?? answer;
  }
}
