import { queryOf } from '../http/target.ts';

/** Names of builds have this shape; nothing else is looked for. */
const NAME = /^\d{1,12}-[0-9a-f]{1,64}$/;

/**
 * The build that an open page belongs to, from `?b=`. It is looked for among the kept builds of the session's organization only.
 * @returns undefined where none is named; "" where what is named can be none
 */
export function buildNamed(target: string): string | undefined {
  const names = queryOf(target).getAll('b');
  if (names.length === 0) return undefined;
  return names.length === 1 && NAME.test(names[0] ?? '') ? names[0] : '';
}
