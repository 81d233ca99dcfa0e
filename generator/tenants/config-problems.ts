import { z } from 'zod';
import { closest } from '../lib/closest.ts';
import { type Printable, say, shownJson } from '../lib/printable.ts';
import { WIDE_COLUMNS } from './column-names.ts';

/**
 * What is wrong at one place of a `report-config.json`, or of another file, as sentences: what, where, and the key or value that was probably meant.
 * @param spec what the tenant wrote
 * @param schema what may be written
 * @param file its name
 */
export function problemOf(
  issue: z.core.$ZodIssue,
  spec: unknown,
  schema: z.ZodType,
  file = 'report-config.json',
): Printable {
  const path = issue.path.join('.');
  const at = path === '' ? file : `${file}: ${shownJson(path)}`;
  if (issue.code === 'unrecognized_keys') {
    const more = issue.keys.length - MOST_KEYS;
    const names = say`${issue.keys.slice(0, MOST_KEYS).map((key) => shownJson(key))}${more > 0 ? ` and ${more} more` : ''}`;
    const may = path === 'columns' ? `; it may have ${Object.keys(WIDE_COLUMNS).join(', ')}` : '';
    const known = keysAt(schema, issue.path);
    const meant = issue.keys
      .slice(0, MOST_KEYS)
      .map((key) => meantWords(key, known))
      .filter((words) => words !== undefined);
    return say`${at} has ${names}, which this version does not support. ${meant.length > 0 ? meant.join(' ') : `Remove or correct the name${may}.`}`;
  }
  const value = issue.path.reduce<unknown>(
    (inner, key) => (inner as { [key: PropertyKey]: unknown } | null | undefined)?.[key],
    spec,
  );
  if (value === undefined) return say`${at} is missing. Write ${kindOf(issue)}.`;
  const isOurs = issue.code === 'custom' || issue.message.startsWith('is not');
  const sentence = say`${at}: ${shownJson(value)} ${isOurs ? issue.message : `is not right: write ${kindOf(issue)}`}.`;
  const meant = meantValue(issue, value);
  return meant === undefined ? sentence : say`${sentence} Did you mean ${meant}?`;
}

/** Unknown keys of one object that are named. */
const MOST_KEYS = 8;

/** The names that one is near to, as a question: "timezone" → Did you mean "timeZone"? */
function meantWords(word: string, known: readonly string[]): Printable | undefined {
  const near = closest(word, known);
  return near.length === 0 ? undefined : say`Did you mean ${near.map((each) => JSON.stringify(each)).join(' or ')}?`;
}

/** What was probably meant where it can be told: one of a list, a number or a word in quotes, a spelling of a locale, time or colour. */
function meantValue(issue: z.core.$ZodIssue, value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  if (issue.code === 'invalid_value') {
    const near = closest(value, issue.values.map(String));
    return near.length === 0 ? undefined : near.map((each) => JSON.stringify(each)).join(' or ');
  }
  if (issue.code === 'invalid_type') {
    const plain = value.trim().toLowerCase();
    const isNumber = ['number', 'int'].includes(issue.expected) && /^-?\d+(\.\d+)?$/.test(plain);
    const isWord = issue.expected === 'boolean' && ['true', 'false'].includes(plain);
    return isNumber || isWord ? `${plain}, without quotes` : undefined;
  }
  const meant = {
    locale: /^[A-Za-z]{2,3}_[A-Za-z0-9]+$/.test(value) ? value.replaceAll('_', '-') : undefined,
    accent: /^[0-9a-fA-F]{6}$/.test(value) ? `#${value}` : undefined,
    time: timeMeant(value),
  }[String(issue.path.at(-1))];
  return meant === undefined ? undefined : JSON.stringify(meant);
}

/** "7:00", "7am" and "7.30" as a time of day. */
function timeMeant(text: string): string | undefined {
  const match = /^(\d{1,2})(?:[:.h](\d\d))?(?::\d\d)?\s*([ap])?\.?m?\.?$/i.exec(text.trim());
  if (!match) return undefined;
  const [, hour = '', minute = '00', half] = match;
  const hours = half ? (Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0) : Number(hour);
  return hours < 24 && Number(minute) < 60 ? `${String(hours).padStart(2, '0')}:${minute}` : undefined;
}

/** Keys that an object at one place may have. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  type Node = { [key: string]: unknown; anyOf?: Node[]; oneOf?: Node[] };
  const inner = (nodes: Node[], key: PropertyKey): Node[] =>
    nodes.flatMap((node) => {
      const properties = node.properties as { [key: string]: Node } | undefined;
      const own = properties && Object.hasOwn(properties, key) ? properties[String(key)] : undefined;
      const next = own ?? (typeof key === 'number' ? node.items : node.additionalProperties);
      return typeof next === 'object' && next !== null ? withParts(next as Node) : [];
    });
  const withParts = (node: Node): Node[] => [node, ...(node.anyOf ?? node.oneOf ?? []).flatMap(withParts)];
  const root = z.toJSONSchema(schema, { io: 'input' }) as Node;
  return path.reduce(inner, [root]).flatMap((node) => Object.keys((node.properties as object | undefined) ?? {}));
}

const KINDS: { [expected: string]: string } = {
  string: 'text in quotes',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

const SIZES: { [origin: string]: string } = { string: 'a text of', array: 'a list of' };

/** What should have stood there, in words. */
function kindOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return KINDS[issue.expected] ?? issue.expected;
  if (issue.code === 'too_big') return `${SIZES[issue.origin] ?? 'a value of'} at most ${issue.maximum}`;
  if (issue.code === 'too_small')
    return `${issue.origin === 'string' ? 'a text of' : 'a value of'} ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`;
  if (issue.code === 'invalid_value') return `one of ${issue.values.map((each) => JSON.stringify(each)).join(', ')}`;
  return issue.message.toLowerCase();
}
