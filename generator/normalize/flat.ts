import { LIMITS } from '../lib/limits.ts';
import type { JsonObject } from '../source/json.ts';
import type { RawCall } from '../source/read.ts';
import type { Facts } from './facts.ts';
import { partFields } from './fields.ts';
import { readInsights } from './insights.ts';
import { momentsUpTo } from './moments.ts';
import { partyOf } from './party-value.ts';
import { type Ledger, ledger, type Reader, read, upTo } from './reading.ts';
import { readQa } from './rules.ts';
import { readSentiment } from './sentiment.ts';
import type { CallTerms } from './terms.ts';
import { callLengthOf, gradeOf, scoreOf } from './values.ts';

/** What `calls/<id>.jsonl`, with its `qa/` and `v1.0`, says of a call. */
export function flatFacts(raw: RawCall, record: JsonObject, config: CallTerms): Facts {
  const { fields, rest } = partFields(record);
  const book = ledger();
  const { remarks, take } = book;
  const field = <T>(name: string, reader: Reader<T>): T | undefined => take(name, fields[name], reader);
  const moment = momentsUpTo(raw.modified, config.timeZone);
  const score = field('overall_score', scoreOf);
  const grade = field('grade', gradeOf);
  const qa = readQa(Array.isArray(raw.qa) ? raw.qa : undefined, score, grade);
  return {
    direction: fields.direction,
    from: field('from_number', partyOf),
    to: field('to_number', partyOf),
    started: field('start_timestamp', moment),
    ended: field('end_timestamp', moment),
    endColumn: 'end_timestamp',
    processed: field('processing_timestamp', moment),
    durationSeconds: field('duration_seconds', callLengthOf),
    sentiment: readSentiment(fields),
    score,
    grade,
    qa,
    insights: readInsights(rest, book),
    metadata: metadataOf(raw.metadata, config.metadata, book),
    recording: typeof fields.audio_uri === 'string' && fields.audio_uri !== '',
    remarks: [...remarks, ...qa.remarks],
  };
}

const METADATA = upTo(LIMITS.metadata, (value) => read(String(value)));

/** The scalar values at the configured paths below `raw.metadata`. */
function metadataOf(
  document: RawCall['metadata'],
  paths: { [label: string]: string },
  book: Ledger,
): Facts['metadata'] {
  if (typeof document === 'string') return [];
  const root = (document.raw as JsonObject | undefined)?.metadata;
  return Object.entries(paths).flatMap(([label, path]) => {
    const value = path
      .split('.')
      .reduce<unknown>((inner, key) => (isObject(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined), root);
    const scalar = ['string', 'number', 'boolean'].includes(typeof value) && value !== '';
    const text = scalar ? book.take(path, value, METADATA) : undefined;
    return text === undefined ? [] : [{ label, value: text }];
  });
}

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null;
