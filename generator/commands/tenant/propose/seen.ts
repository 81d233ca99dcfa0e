import { addressOf } from '#shared/calls/parties.ts';
import type { Call } from '#shared/model.ts';
import { normalizeCall } from '../../../normalize/call.ts';
import { isAbsentWord } from '../../../source/absent-word.ts';
import { foldName } from '../../../source/header.ts';
import type { JsonObject } from '../../../source/json.ts';
import type { RawCall } from '../../../source/read.ts';
import type { TenantConfig } from '../../../tenants/config.ts';
import { callsIn } from './columns.ts';
import type { Sample } from './sample.ts';

/** One call of a sample as a build would read it, and what else the input says of it. */
export interface SeenCall {
  call: Call;
  /** Scalars of the provider's metadata by path, or cells of the row by column. */
  extras: ReadonlyMap<string, string>; // e.g., "agent.team" → "South"
}

/** Levels and values of one call's metadata that are looked at. */
const MOST_LEVELS = 4;
const MOST_VALUES = 200;
const LONGEST_VALUE = 200;

/** @param config by which the calls are read */
export function seenCalls(sample: Sample, config: TenantConfig): SeenCall[] {
  const seen = sample.calls.flatMap((raw) => seenCall(raw, config, metadataOf(raw)));
  const ids = new Set(sample.calls.map(({ id }) => id));
  for (const sheet of sample.sheets)
    for (const { raw, cells } of callsIn(sheet, config)) {
      if (ids.has(raw.id)) continue;
      const extras = new Map(sheet.header.map((name, i) => [name, (cells[i] ?? '').trim()]));
      seen.push(...seenCall(raw, config, extras));
    }
  return seen;
}

function seenCall(raw: RawCall, config: TenantConfig, extras: SeenCall['extras']): SeenCall[] {
  const normalized = normalizeCall(raw, config);
  return normalized.kind === 'call' ? [{ call: normalized.call, extras }] : [];
}

function metadataOf({ metadata }: RawCall): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (value: unknown, path: readonly string[]) => {
    if (found.size >= MOST_VALUES || path.length > MOST_LEVELS) return;
    if (value !== null && typeof value === 'object' && !Array.isArray(value))
      for (const [key, inner] of Object.entries(value)) walk(inner, [...path, key]);
    else if (['string', 'number'].includes(typeof value) && path.length > 0)
      found.set(path.join('.'), String(value).trim());
  };
  if (typeof metadata === 'object') walk((metadata.raw as JsonObject | undefined)?.metadata, []);
  return found;
}

/** What a field of the metadata or a column is about, by its name. */
const KINDS = {
  name: /^(agent|user|operator|employee)(s|display|full)?name$/,
  team: /^(agent|user|operator|employee)?(team|group|department)(name)?$/,
  zone: /^(iana)?time?zone(name|id)?$/,
  language: /^(spoken|call|detected)?(language|lang|locale)(code)?$/,
} as const;

/** A call's value of a field of that kind: what stands behind "agent.name", "Team" or "agent_team". */
export function extraOf({ extras }: SeenCall, kind: keyof typeof KINDS): string | undefined {
  for (const [path, value] of extras) {
    const parts = path.split('.').map((part) => foldName(part).replaceAll(/[\s_-]/g, ''));
    const isIt = KINDS[kind].test(parts.at(-1) ?? '') || KINDS[kind].test(parts.slice(-2).join(''));
    if (isIt && !isAbsentWord(value) && value.length <= LONGEST_VALUE) return value;
  }
  return undefined;
}

/** How often each value stands there, the most frequent first. */
export function counts<T>(values: Iterable<T>): [value: T, n: number][] {
  const found = new Map<T, number>();
  for (const value of values) found.set(value, (found.get(value) ?? 0) + 1);
  return [...found].sort(([, a], [, b]) => b - a);
}

/** The value that nearly all of them have; undefined where they differ. */
export function agreed<T>(values: readonly T[], share = 0.8): T | undefined {
  const [first] = counts(values);
  return first !== undefined && first[1] >= share * values.length ? first[0] : undefined;
}

/** The host of an address; undefined where it has none. */
export function hostOf(party: string | undefined): string | undefined {
  const address = party === undefined ? '' : addressOf(party);
  const host = address.slice(address.lastIndexOf('@') + 1);
  return address.includes('@') && /^[\p{L}\p{N}][\p{L}\p{N}.-]*$/u.test(host) ? host : undefined;
}
