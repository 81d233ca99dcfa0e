import type { Remark } from '#shared/model.ts';

/** What a remark speaks of, before it is put into words. Texts stand whole here, so that they are masked whole. */
export interface FieldRemark {
  code: RemarkCode;
  /** The column or field, as the record spells it. */
  column?: string; // e.g., "duration_seconds"
  /** What stands there. */
  value?: string; // e.g., "5,5"
  /** The rule, as the record spells it. */
  rule?: string; // e.g., "Identity verified"
  /** A number of things, or a number that is only a name. */
  count?: string; // e.g., "2"
  /** Where something lies, in words. */
  where?: string; // e.g., "one sheet"
}

/** A remark's sentence, and what it means for sums. */
interface RemarkKind {
  text: (told: FieldRemark) => string;
  /** The value counts as absent, because it could not be read or cannot be true: such cells are counted by column. */
  unread?: true;
  /** It is so with a whole column: told once for a column and a sheet (or for all JSONL), whatever the number of calls. */
  once?: true;
}

/** Longest piece of a value that a remark quotes. */
const QUOTED = 80;

/** Every remark: its code, which never changes its meaning, and its sentence. */
const KINDS = {
  'not-a-number': unread('is not a number'),
  'not-a-count': unread('is not a whole number'),
  'not-a-share': unread('is not a number from 0 to 1'),
  'not-a-sentiment-score': unread('is not a number from −1 to 1'),
  'not-a-score': unread('is not a score from 0 to 100'),
  'not-a-verdict': unread('is not true or false'),
  'not-a-length': unread('is not a length in seconds or h:mm:ss'),
  'not-a-timestamp': unread('is not a timestamp'),
  'not-a-label': unread('is not a sentiment label'),
  'not-a-direction': unread('is not a direction'),
  'not-a-grade': unread('is not a grade'),
  'ruined-number': unread('is a number that a spreadsheet has shortened'),
  'too-early': unread('is before the year 2000'),
  'too-late': unread('is more than a day after the store received it'),
  'too-long': unread('is longer than 24 hours'),
  negative: unread('is below 0'),
  'read-as-passed': readAs('passed'),
  'read-as-failed': readAs('failed'),
  'cut-short': {
    text: (told) => `${whatStands(told)}, which is longer than ${told.count} characters; the rest is left out.`,
  },
  'ends-before-start': { text: () => 'It ends before it starts, so these times give no duration.' },
  'two-rows-of-a-rule': {
    text: ({ rule }) =>
      `The rule “${quote(rule)}” has two rows. The failed one counts; if neither failed, the one with a verdict, then the lower score.`,
  },
  'rule-without-name': { text: () => 'One of its rule rows has no rule_name and is not counted.' },
  'numbered-rule-without-name': { text: ({ count }) => `Its rule ${count} has no name and is not counted.` },
  'two-rows-of-a-call': { text: ({ count, where }) => `It has ${count} rows in ${where}; the last one counts.` },
  'athena-list': {
    text: ({ column }) =>
      `The lists in ${column} are read from Athena’s text form, in which a comma may stand inside an item or between two items.`,
    once: true,
  },
  'athena-pairs': {
    text: ({ column }) => `The rows in ${column} are read as pairs from Athena’s text form, which has no quotes.`,
    once: true,
  },
  'absent-word': {
    text: ({ column, value }) => `“${quote(value)}” in ${column} counts as no value.`,
    once: true,
  },
  'end-without-hour': {
    text: ({ column }) => `The dates in ${column} have no time of day, so they give no duration.`,
    once: true,
  },
  'unread-turns': { text: ({ count }) => `Turns of its transcript without text, not shown: ${count}.` },
  'untimed-turns': { text: ({ count }) => `Turns of its transcript with impossible times: ${count}.` },
  'unread-transcript': { text: () => 'Its transcript is not a list of turns, so it is not shown.' },
  'nobodys-number': {
    text: ({ column }) => `Placeholders for a number in ${column}, such as “0” or “anonymous”, are shown as not known.`,
    once: true,
  },
} satisfies { [code: string]: RemarkKind };

export type RemarkCode = keyof typeof KINDS;

export const REMARK_CODES = Object.keys(KINDS) as RemarkCode[];

/** Remarks as they are shown and summed. @param callId the call that they are of */
export const remarkOf = (callId: string, told: FieldRemark): Remark => ({
  callId,
  code: told.code,
  text: (KINDS[told.code] as RemarkKind).text(told),
  ...(told.column !== undefined && { column: told.column }),
});

/** Whether a value counted as absent, so that "3 of 20 cells could not be read" counts it. */
export const isUnread = (code: string): boolean => kindOf(code)?.unread === true;

/** Whether it is told once for a column and a sheet. */
export const isToldOnce = (code: string): boolean => kindOf(code)?.once === true;

const kindOf = (code: string): RemarkKind | undefined =>
  Object.hasOwn(KINDS, code) ? KINDS[code as RemarkCode] : undefined;

function unread(why: string): RemarkKind {
  return { text: (told) => `${whatStands(told)}, which ${why}, so it counts as absent.`, unread: true };
}

function readAs(meant: string): RemarkKind {
  return { text: (told) => `${whatStands(told)}, which is read as ${meant}.` };
}

/** "Its pass of “Greeting” is “NOT_MET”". */
const whatStands = ({ column, value, rule }: FieldRemark): string =>
  `Its ${column}${rule === undefined ? '' : ` of “${quote(rule)}”`} is “${quote(value)}”`;

const quote = (text = ''): string => (text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text);
