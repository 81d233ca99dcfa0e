import { cutTo, LIMITS } from '../lib/limits.ts';
import { isAbsentWord } from '../source/absent-word.ts';
import type { JsonObject } from '../source/json.ts';
import type { FieldRemark, RemarkCode } from './remarks.ts';

/**
 * What a value says, as a row of `qa/`, a field of a call and a cell of a sheet are all read: the thing itself, nothing at
 * all, or a remark; a value that is read otherwise than as written has both.
 */
export interface Reading<T> {
  value?: T;
  told?: RemarkCode;
  /** Characters to which the value was cut. */
  most?: number;
}

export type Reader<T> = (value: unknown) => Reading<T>;

/** The value says nothing: absent, and nobody is told. */
export const NOTHING = {};
export const read = <T>(value: T): Reading<T> => ({ value });
export const unread = (told: RemarkCode): Reading<never> => ({ told });

/** A text of so many characters at most; of a longer one it is told that the rest is left out. */
export const upTo =
  (most: number, reader: Reader<string>): Reader<string> =>
  (value) => {
    const reading = reader(value);
    if (reading.value === undefined || reading.value.length <= most) return reading;
    return { value: cutTo(reading.value, most), told: reading.told ?? 'cut-short', most };
  };

/** So a language model says that a question does not arise. */
const NOT_APPLICABLE = /^not\s+applicable$/i;

/** Whether a value says that there is nothing to say: no value, or a word for none. */
export const saysNothing = (value: unknown): boolean =>
  value === null || value === undefined || (typeof value === 'string' && isAbsentWord(value));

/** The same of a verdict or score, to which "does not apply" is an answer. */
export const doesNotApply = (value: unknown): boolean =>
  saysNothing(value) || (typeof value === 'string' && NOT_APPLICABLE.test(value.trim()));

/** Reads one value after the other and keeps what is to be told. */
export interface Ledger {
  remarks: FieldRemark[];
  /** @param rule whose value it is, as the record spells it */
  take<T>(column: string, value: unknown, reader: Reader<T>, rule?: string): T | undefined;
}

export function ledger(): Ledger {
  const remarks: FieldRemark[] = [];
  return {
    remarks,
    take(column, value, reader, rule) {
      const { value: found, told, most } = reader(value);
      if (told !== undefined)
        remarks.push({
          code: told,
          column,
          value: shown(value),
          ...(rule !== undefined && { rule }),
          ...(most !== undefined && { count: String(most) }),
        });
      return found;
    },
  };
}

/** A value as a remark quotes it: more than it quotes in the end, so that what is to be masked stands whole. */
const shown = (value: unknown): string =>
  cutTo((typeof value === 'string' ? value.trim() : JSON.stringify(value)) ?? '', LIMITS.name);

/** Each thing is told once, however many rows say it. */
export function distinct(remarks: readonly FieldRemark[]): FieldRemark[] {
  return [...new Map(remarks.map((told) => [JSON.stringify(told), told])).values()];
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
