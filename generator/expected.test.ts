/** Two tenants' buckets with the figures that they must give. */
import { describe, expect, it } from 'vitest';
import type { OverviewData } from '#shared/view.ts';
import { bucketsOf, EXPECTED_TENANTS, type ExpectedTenant, expectedOf } from './fixtures/tenants.ts';
import { build, memoryWorld, pageJson, publishedCalls } from './fixtures/world.ts';
import { ruleId } from './normalize/rules.ts';

async function built(org: ExpectedTenant) {
  const world = memoryWorld(await bucketsOf(org));
  await build(world, org);
  const read = <T>(path: string) => pageJson<T>(world.reports, org, path);
  return {
    overview: await read<OverviewData>('/data/overview.json'),
    agents: await read<{ agents: { id: string | null; [figure: string]: unknown }[] }>('/data/agents.json'),
    rules: await read<{ rules: { id: string; evaluated: number; passed: number }[] }>('/data/rules.json'),
    status: await read<{ refused: number; refusedObjects: { key: string; reason: string }[] }>('/data/status.json'),
    day: (day: string) => publishedCalls(world.reports, org, day),
  };
}

/** Counts exactly, ratios and means within 1e-9. */
function compare(figures: { [name: string]: unknown }, wanted: { [name: string]: number }) {
  for (const [name, value] of Object.entries(wanted)) {
    if (Number.isInteger(value)) expect.soft(figures[name], name).toBe(value);
    else expect.soft(Math.abs((figures[name] as number) - value), name).toBeLessThan(1e-9);
  }
}

describe('the figures of a tenant', () => {
  it.each(EXPECTED_TENANTS)('equal those worked out for %s', async (org) => {
    const wanted = expectedOf(org);
    const site = await built(org);
    compare(site.overview.totals as unknown as { [name: string]: unknown }, wanted.totals);
    for (const [day, calls] of Object.entries(wanted.callsByDay)) {
      expect.soft((await site.day(day)).length, day).toBe(calls);
      if (day !== 'undated') expect.soft(site.overview.days.find(({ date }) => date === day)?.calls, day).toBe(calls);
    }
    expect(site.overview.days.length).toBe(Object.keys(wanted.callsByDay).filter((day) => day !== 'undated').length);
    for (const [id, figures] of Object.entries(wanted.agents ?? {}))
      compare(site.agents.agents.find((agent) => agent.id === id) ?? {}, figures);
    expect(
      Object.fromEntries(site.rules.rules.map(({ id, evaluated, passed }) => [id, { evaluated, passed }])),
    ).toEqual(Object.fromEntries(Object.entries(wanted.rules).map(([name, counts]) => [ruleId(name), counts])));
  });

  it('agree call by call, and on what was refused, for odd-cases', async () => {
    const wanted = expectedOf('odd-cases');
    const site = await built('odd-cases');
    const days = [...Object.keys(wanted.callsByDay)];
    const calls = new Map((await Promise.all(days.map(site.day))).flat().map((call) => [call.id, call]));
    for (const [id, call] of Object.entries(wanted.calls ?? {})) {
      const { why, sentiment, ...rest } = call;
      const got = calls.get(id) ?? {};
      for (const [field, value] of Object.entries(rest)) {
        if (value === null && field !== 'day' && field !== 'agent')
          expect.soft(got, `${id} ${field}: ${why}`).not.toHaveProperty(field);
        else expect.soft((got as { [name: string]: unknown })[field], `${id} ${field}: ${why}`).toEqual(value);
      }
      if (sentiment === null) expect.soft(got, `${id}: ${why}`).not.toHaveProperty('sentiment');
      else expect.soft((got as { sentiment: number }).sentiment, `${id}: ${why}`).toBeCloseTo(sentiment, 9);
    }
    expect(calls.size).toBe(Object.keys(wanted.calls ?? {}).length);
    expect(site.status.refusedObjects.map(({ key }) => key.split('/').at(-1)?.replace('.jsonl', '')).sort()).toEqual(
      wanted.refused,
    );
    for (const { reason } of site.status.refusedObjects) expect(reason).toMatch(/^[a-z].{10,}$/);
  });
});
