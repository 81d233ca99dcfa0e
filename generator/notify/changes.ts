import type { OrganizationNotices } from '../publish/notices.ts';
import { judgeRefusals, type RefusalFigures } from './refusals.ts';

/** How a run has found one organization; what it did not look at is absent. */
export interface Seen {
  org: string;
  build?: 'ok' | 'failed';
  /** `since`: when its newest call began, ISO 8601. */
  calls?: { state: 'ok' | 'standstill'; since: string };
  refused?: RefusalFigures;
  /** The same of dead calls, where the pipeline says how many there are. */
  dead?: RefusalFigures;
  /** Digests that somebody has to see to: "<issue> <state>" → how many; `ALL` where none could be looked at. */
  digests?: { [issue: string]: number };
}

/** Stands for an issue where an organization's digests could not be looked at. */
export const ALL = 'all not sent';

type Subject = 'build' | 'calls' | 'refused' | 'dead' | 'digests';

/** One change of state. */
export interface Change {
  organization: string;
  subject: Subject;
  state: 'trouble' | 'ok';
  /** Of `calls`: when the newest began. Of `refused` and `dead`: before and now. Of `digests`: those that are new. */
  since?: string;
  refused?: { from: number; to: number };
  digests?: { [issue: string]: number };
}

/**
 * Compare what a run has found with what was last told.
 * @param at now, ISO 8601
 * @returns what is told from now on, and the changes to tell of; pure
 */
export function changesOf(
  told: OrganizationNotices,
  seen: Seen,
  at: string,
): { told: OrganizationNotices; changes: Change[] } {
  const next = { ...told };
  const changes: Change[] = [];
  const add = (change: Omit<Change, 'organization'>) => void changes.push({ organization: seen.org, ...change });
  if (seen.build === 'failed' && !told.build) add({ subject: 'build', state: 'trouble' });
  if (seen.build === 'ok' && told.build) add({ subject: 'build', state: 'ok' });
  if (seen.build !== undefined) next.build = seen.build === 'failed' ? (told.build ?? { at }) : undefined;

  if (seen.calls) {
    const { state, since } = seen.calls;
    if (state === 'standstill' && !told.calls) add({ subject: 'calls', state: 'trouble', since });
    if (state === 'ok' && told.calls) add({ subject: 'calls', state: 'ok', since });
    next.calls = state === 'standstill' ? (told.calls ?? { at }) : undefined;
  }

  for (const subject of ['refused', 'dead'] as const) {
    const figures = seen[subject];
    if (!figures) continue;
    const { base, change } = judgeRefusals(told[subject], figures, at);
    const refused = { from: base.from ?? told[subject]?.from ?? 0, to: figures.refused };
    if (change) add({ subject, state: change === 'jumped' ? 'trouble' : 'ok', refused });
    next[subject] = base;
  }

  if (seen.digests) {
    const known = told.digests?.troubles ?? {};
    const more = Object.entries(seen.digests).filter(
      ([issue, n]) => n > (Object.hasOwn(known, issue) ? (known[issue] ?? 0) : 0),
    );
    const isOver = Object.keys(seen.digests).length === 0;
    if (more.length > 0) add({ subject: 'digests', state: 'trouble', digests: Object.fromEntries(more) });
    if (isOver && told.digests) add({ subject: 'digests', state: 'ok' });
    const isNew = more.length > 0 || !told.digests;
    next.digests = isOver ? undefined : { at: isNew ? at : (told.digests?.at ?? at), troubles: seen.digests };
  }
  return { told: next, changes };
}
