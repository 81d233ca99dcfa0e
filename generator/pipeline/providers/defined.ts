import type { Recording } from '../ports.ts';

/** An object without the fields that have no value. */
export const defined = <Of extends object>(fields: { [Key in keyof Of]: Of[Key] | undefined }): Of =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Of;

/** A text or a number of a provider as a text without space around it. @returns undefined for what says nothing */
export const wordOf = (value: unknown): string | undefined =>
  (typeof value === 'string' && value.trim() !== '') || typeof value === 'number' ? String(value).trim() : undefined;

const DIRECTIONS = [
  ['inbound', /^(?:in$|inbound|incoming)/i],
  ['outbound', /^(?:out$|outbound|outgoing)/i],
  ['internal', /^(?:internal|local)/i],
] as const;

/** Which way a call went, by the words that telephone systems write. @returns undefined for every other word */
export const directionOf = (word: unknown): Recording['direction'] =>
  DIRECTIONS.find(([, form]) => form.test(wordOf(word) ?? ''))?.[0];
