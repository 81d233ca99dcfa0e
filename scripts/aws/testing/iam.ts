/** How IAM decides, as far as our policies go. For tests. */
import type { Statement } from '../rights.ts';

/** One use of a right. */
export interface Use {
  action: string; // e.g., "s3:GetObject"
  resource: string; // e.g., "arn:aws:s3:::reports/org_1/pointer.json"
  /** Keys of the request, such as "s3:prefix". */
  context?: { [key: string]: string };
}

/** Whether a statement speaks of a use. */
export const covers = (
  { Action, Resource, Condition = {} }: Statement,
  { action, resource, context = {} }: Use,
): boolean =>
  [Action].flat().includes(action) &&
  [Resource].flat().some((pattern) => fits(pattern, resource)) &&
  Object.entries(Condition).every(([operator, keys]) =>
    Object.entries(keys).every(([key, pattern]) => {
      const value = context[key];
      return value !== undefined && (operator === 'StringLike' ? fits(pattern, value) : pattern === value);
    }),
  );

/** A denial wins, and what nobody allows is denied. */
export function allows(statements: readonly Statement[], use: Use): boolean {
  const effects = statements.filter((each) => covers(each, use)).map(({ Effect }) => Effect);
  return effects.includes('Allow') && !effects.includes('Deny');
}

/** "*" stands for any text, as in a policy. */
function fits(pattern: string, text: string): boolean {
  const [first = '', ...others] = pattern.split('*');
  if (others.length === 0) return pattern === text;
  if (!text.startsWith(first)) return false;
  const last = others.pop() ?? '';
  let at = first.length;
  for (const part of others) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
