/**
 * Text that no terminal and no CI runner obeys, all on one line. Whatever is printed has this type, so that a plain string does
 * not compile there; only the functions of this file make it.
 */
export type Printable = string & { readonly [mark]: true };
declare const mark: unique symbol;

/** Of one value in a sentence. The longest key of a store has 1,024 bytes, and is to be shown whole. */
const LONGEST_VALUE = 1_200;
/** Of several sentences in one line. */
const LONGEST_LINE = 20_000;
/** Of a word in quotes, and of a value as JSON. */
const LONGEST_WORD = 80;

type Value = string | number | bigint | boolean;

/**
 * A sentence for people: in `` say`${org} has no site.` `` what stands in the braces becomes harmless, and a list gets commas
 * between. Each value is cut to 1,200 characters; sentences that are printable already are put together by `oneLine`.
 */
export function say(sentence: TemplateStringsArray, ...values: (Value | readonly Value[])[]): Printable {
  const shown = values.map((value) => (typeof value === 'object' ? value.map(shorten).join(', ') : shorten(value)));
  return harmless(sentence.map((part, i) => part + (shown[i] ?? '')).join(''));
}

/** Any text as one harmless line. @param longest characters of it that are shown */
export const printable = (text: string, longest = LONGEST_LINE): Printable => harmless(cut(text, longest));

/** Sentences as one line. */
export const oneLine = (sentences: readonly Printable[], between = ' '): Printable => harmless(sentences.join(between));

/**
 * Text from outside as one word of a sentence: in quotes, cut to 80 characters, and all but plain characters as their code;
 * • stands for what is masked.
 */
export const quoted = (text: string): Printable =>
  harmless(`"${cut(text, LONGEST_WORD).replaceAll(/[^A-Za-z0-9 _.,/@+•…-]/gu, code)}"`);

/** A value from outside as JSON in a sentence, cut to 80 characters. */
export const shownJson = (value: unknown): Printable =>
  harmless((JSON.stringify(value) ?? 'undefined').slice(0, LONGEST_WORD));

/** A value as JSON on one line, for machines: they read the very value from it, and no runner obeys the line. */
export const jsonLine = (value: unknown): Printable =>
  (JSON.stringify(value) ?? 'null')
    .replaceAll(UNSEEN, (each) => each.split('').map(jsonCode).join(''))
    .replaceAll(COLONS, (each) => jsonCode(':') + each.slice(1))
    .replaceAll(HASHES, (each) => each.slice(0, -1) + jsonCode('[')) as Printable;

/** All but letters, figures, signs and the plain space: controls, what cannot be seen, and what turns the text about. */
const UNSEEN = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]|\p{Default_Ignorable_Code_Point}|\u2800/gu;
/** Runners obey `::command::`, `##[command]` and `##name[command]`; GitHub's takes two signs with some marks between for two. */
const COLONS = /:[\p{M}\p{Lm}]*(?=:)/gu;
const HASHES = /#[\p{M}\p{Lm}]*#[\p{M}\p{Lm}\w.]*\[/gu;
/** An address of IPv6 stays: it stands behind a bracket, where nothing is obeyed. */
const COLONS_BUT_IPV6 = /\[[0-9a-fA-F:.]{2,45}\]|:[\p{M}\p{Lm}]*(?=:)/gu;

const harmless = (text: string): Printable =>
  text
    .replaceAll(/[^\S ]+/g, ' ')
    .replaceAll(UNSEEN, code)
    .replaceAll(COLONS_BUT_IPV6, (each) => (each.startsWith('[') ? each : code(':') + each.slice(1)))
    .replaceAll(HASHES, (each) => each.slice(0, -1) + code('[')) as Printable;

const shorten = (value: Value): string => cut(String(value), LONGEST_VALUE);
const cut = (text: string, longest: number): string => (text.length > longest ? `${text.slice(0, longest)}…` : text);

function code(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
const jsonCode = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
