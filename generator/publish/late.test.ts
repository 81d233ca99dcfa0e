import { expect, it } from 'vitest';
import { isLate, lateRuns } from './late.ts';
import type { Status } from './status.ts';

const BY = '2026-04-02T10:00:00.000Z';
const at = Date.parse(BY);
const status = (expectedBy: string | undefined, own: { [org: string]: string | undefined } = {}): Status => ({
  version: 1,
  ...(expectedBy !== undefined && { expectedBy }),
  organizations: Object.fromEntries(
    Object.entries(own).map(([org, by]) => [org, { lastRunAt: BY, ...(by !== undefined && { expectedBy: by }) }]),
  ),
});

it('a run is late once its time is over, and not at it', () => {
  expect(lateRuns(status(BY), [], at)).toEqual({ organizations: {} });
  expect(lateRuns(status(BY), [], at + 1)).toEqual({ run: BY, organizations: {} });
});

it('an organization is late though others are not, unless nobody asks about it', () => {
  const of = status('2026-04-02T12:00:00.000Z', { org_1: BY, org_2: '2026-04-02T12:00:00.000Z', gone: BY });
  expect(lateRuns(of, ['org_1', 'org_2', 'new'], at + 1)).toEqual({ organizations: { org_1: BY } });
});

it('is not known where no run has told of the next, and counts as late', () => {
  const late = lateRuns(status(undefined, { org_1: undefined }), ['org_1', '__proto__'], at);
  expect([late, isLate(late)]).toEqual([{ organizations: {}, unknown: true }, true]);
  expect(isLate(lateRuns(status(undefined, { org_1: BY }), ['org_1'], at))).toBe(false);
});

it('what is no time counts as over', () => {
  expect(lateRuns(status('soon'), [], at).run).toBe('soon');
});
