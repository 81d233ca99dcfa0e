import type { z } from 'zod';
import { WIDE_COLUMNS } from './normalize/columns.ts';

/** What is wrong at one place of a `report-config.json`, as a sentence. @param spec what the tenant wrote */
export function problemOf(issue: z.core.$ZodIssue, spec: unknown): string {
  const path = issue.path.join('.');
  const at = path === '' ? 'report-config.json' : `report-config.json: "${path}"`;
  if (issue.code === 'unrecognized_keys')
    return `${at} has ${issue.keys.map((key) => JSON.stringify(key)).join(', ')}, which this version does not know. Remove or correct the name${path === 'columns' ? `; it may have ${Object.keys(WIDE_COLUMNS).join(', ')}` : ''}.`;
  const value = issue.path.reduce<unknown>(
    (inner, key) => (inner as { [key: PropertyKey]: unknown } | undefined)?.[key],
    spec,
  );
  if (value === undefined) return `${at} is missing. Write ${kindOf(issue)}.`;
  const shown = JSON.stringify(value).slice(0, 80);
  return `${at}: ${shown} ${issue.message.startsWith('is not') ? issue.message : `is not right: write ${kindOf(issue)}`}.`;
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

/** What should have stood there, in words. */
function kindOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return KINDS[issue.expected] ?? issue.expected;
  if (issue.code === 'too_big')
    return `${issue.origin === 'string' ? 'a text of' : 'a value of'} at most ${issue.maximum}`;
  if (issue.code === 'too_small')
    return `${issue.origin === 'string' ? 'a text of' : 'a value of'} at least ${issue.minimum}`;
  if (issue.code === 'invalid_value') return `one of ${issue.values.map((each) => JSON.stringify(each)).join(', ')}`;
  return issue.message.toLowerCase();
}
