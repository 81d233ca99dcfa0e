import { UNDATED } from '#shared/counts/fold.ts';
import type { KnownCall } from '../days/known-call.ts';
import { joinTerms, termsOf } from '../days/search/call-terms.ts';
import { dayLine } from '../days/state.ts';
import { encodeText, joined } from '../lib/bytes.ts';
import { type Normalized, normalizeCall } from '../normalize/call.ts';
import { maskWith } from '../normalize/mask.ts';
import { phraseFinder } from '../normalize/phrases.ts';
import type { CallTerms } from '../normalize/terms.ts';
import type { FetchedCall } from '../source/fetch.ts';
import { readCall } from '../source/read.ts';

/** How one organization's calls are understood. Plain data, as all here: it crosses threads. */
export interface TenantTerms {
  config: CallTerms;
  /** Absent: nothing is masked. */
  masking?: { key: string; org: string };
}

/** What has been made of some calls. */
export interface RecordedCalls {
  /** In the order of the calls. */
  calls: RecordedCall[];
  /** One call's line of its day file after the other, each with the call's turns as JSON behind it, and its terms behind those. */
  bytes: Uint8Array<ArrayBuffer>;
}

export interface RecordedCall {
  known: Omit<KnownCall, 'etags' | 'modified'>;
  /** Bytes of its line, of its turns and of its terms; absent where its objects make no call. */
  line?: number;
  turns?: number;
  terms?: number;
}

/** From what the stores gave to records as they are kept. @throws never for what is in a call */
export function recordCalls(fetched: readonly FetchedCall[], { config, masking }: TenantTerms): RecordedCalls {
  const mask = masking && maskWith(masking.key, masking.org, config.agentDomains);
  const phrasesIn = phraseFinder(config.phrases);
  const pieces: Uint8Array[] = [];
  const add = (text: string): number => {
    const piece = encodeText(text);
    pieces.push(piece);
    return piece.byteLength;
  };
  const calls = fetched.map((call): RecordedCall => {
    const normalized = normalizeCall(readCall(call), config, mask);
    const known = knownOf(normalized);
    if (normalized.kind !== 'call') return { known };
    const { turns } = normalized;
    // In what is shown of them: what is masked was said by nobody.
    const record = { ...normalized.call, phrases: phrasesIn(turns)?.map(({ name }) => name) };
    const line = add(dayLine(record));
    return { known, line, turns: add(JSON.stringify(turns)), terms: add(joinTerms(termsOf(record, turns))) };
  });
  return { calls, bytes: joined(pieces) };
}

function knownOf(normalized: Normalized): RecordedCall['known'] {
  const { kind, refused } = normalized;
  const known: RecordedCall['known'] = { kind };
  if (refused.length > 0) known.refused = refused;
  if (normalized.kind !== 'call') return known;
  known.day = normalized.call.day ?? UNDATED;
  if (normalized.call.alias) known.alias = normalized.call.alias;
  if (normalized.remarks.length > 0) known.remarks = normalized.remarks;
  return known;
}
