import { expect, it } from 'vitest';
import type { Call } from '#shared/model.ts';
import { emptyState } from '../days/state.ts';
import { countedOf } from '../fixtures/counted.ts';
import { contextOf } from '../report/context.ts';
import { tenantConfig } from '../tenants/config.ts';
import { changedContext, seenOf } from './changed-context.ts';

const config = tenantConfig({ timeZone: 'UTC', agentDomains: ['agents.example'] }, undefined, false);
const call = (day: string, over: Partial<Call> = {}): Call => ({
  id: `c-${day}`,
  day,
  started: `${day}T10:00:00Z`,
  agent: 'Ann Lee',
  agentName: 'Ann Lee',
  direction: 'inbound',
  qa: 'not evaluated',
  rules: [],
  insights: [],
  metadata: [],
  transcript: 'absent',
  ...over,
});

/** Ids of the calls whose pages change because others have come, and the days that were read to find them. */
async function affectedBy(before: readonly Call[], come: readonly Call[]) {
  const read: string[] = [];
  const seenIn = (calls: readonly Call[]) => seenOf(contextOf('org_1', emptyState(''), countedOf(calls).cubes, config));
  const all = [...before, ...come];
  const days = all.map(({ day }) => day as string);
  const ids = await changedContext(seenIn(before), seenIn(all), days, async (day) => {
    read.push(day);
    return all.filter((each) => each.day === day);
  });
  return { ids: [...ids], read };
}

it('reads no call again where a new year begins, as no call’s page has it', async () => {
  expect(await affectedBy([call('2025-12-30'), call('2025-12-31')], [call('2026-01-01')])).toEqual({
    ids: [],
    read: [],
  });
});

it('reads the calls of an agent again who is now spelt another way, and all calls where sentiment comes for the first time', async () => {
  const other = { agent: 'Ben', agentName: 'Ben' };
  const before = [call('2025-12-29', other), call('2025-12-30')];
  const respelt = [call('2025-12-31', { agentName: 'ANN LEE' })];
  expect((await affectedBy(before, respelt)).ids).toEqual(['c-2025-12-30', 'c-2025-12-31']);
  const felt = [call('2025-12-31', { sentiment: { label: 'positive', score: 1 } })];
  expect((await affectedBy(before, felt)).ids).toEqual(['c-2025-12-29', 'c-2025-12-30', 'c-2025-12-31']);
});
