import type { DayReader } from '../days/files.ts';
import type { Seen } from '../days/state.ts';
import { sha256, stableJson } from '../lib/bytes.ts';
import type { Context } from '../report/context.ts';

/** What the next build compares its own context with. */
export function seenOf({ site, agentDomain, folded }: Context): Seen {
  const namesIn = (kind: 'rules' | 'names') =>
    Object.fromEntries(Object.entries(folded[kind]).map(([id, { name }]) => [id, name]));
  // Without the newest year, as call pages are: see `callFrame`.
  const frame = sha256(stableJson([{ ...site, year: '' }, agentDomain]));
  return { frame, rules: namesIn('rules'), names: namesIn('names') };
}

/**
 * Calls whose pages change though their own objects have not: all where the frame of the site has changed, else those with a
 * rule or of an agent that is now spelt another way.
 * @param before absent: all pages are made
 */
export async function changedContext(
  before: Seen | undefined,
  now: Seen,
  days: Iterable<string>,
  readDay: DayReader,
): Promise<Set<string>> {
  const affected = new Set<string>();
  if (!before) return affected;
  const isOther = before.frame !== now.frame;
  const renamed = (kind: 'rules' | 'names') =>
    new Set(
      Object.entries(now[kind]).flatMap(([id, name]) =>
        Object.hasOwn(before[kind], id) && before[kind][id] !== name ? [id] : [],
      ),
    );
  const [rules, agents] = [renamed('rules'), renamed('names')];
  if (!isOther && rules.size === 0 && agents.size === 0) return affected;
  for (const day of days) {
    for (const call of await readDay(day))
      if (isOther || agents.has(call.agent ?? '') || call.rules.some(({ rule }) => rules.has(rule)))
        affected.add(call.id);
  }
  return affected;
}
