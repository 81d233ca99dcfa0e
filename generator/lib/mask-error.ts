import { UserError } from './errors.ts';
import { printable } from './printable.ts';

/**
 * Masks what an error says, in place, so that it stays of its kind: others decide by that what becomes of it.
 * @returns the same error
 */
export function maskError(error: unknown, mask: (text: string) => string, depth = 0): unknown {
  if (!(error instanceof Error) || depth > 8) return error;
  if (error.stack !== undefined) error.stack = mask(error.stack);
  error.message = mask(error.message);
  if (error instanceof UserError)
    for (const [i, problem] of error.problems.entries()) error.problems[i] = printable(mask(problem));
  for (const inner of [error.cause, ...(error instanceof AggregateError ? error.errors : [])])
    maskError(inner, mask, depth + 1);
  return error;
}
