/** The sentences of a team's pages name the topic that explains a fall, as everybody's do. */
import { expect, it } from 'vitest';
import type { TeamRef } from '#shared/view.ts';
import { build, CONFIG, memoryWorld, pageJson, putCall, rule } from '../../../generator/fixtures/world.ts';
import { cachedFetch } from '../data/fetch-cache.ts';
import { siteOf } from '../data/site-of.ts';
import { viewOf } from './count.ts';

const ORG = 'org_1';
const WEEKS = ['2026-03-16', '2026-03-23'];

/** Agent, topic, and how many of its ten calls passed in each week: the South fell by its bills, everybody did not. */
const DRAWN: [agent: string, topic: string, passed: [number, number]][] = [
  ['sue', 'Bills', [8, 2]],
  ['sam', 'Meters', [8, 8]],
  ['ned', 'Bills', [2, 8]],
];

it('names the topic that explains why a team fell, on the overview, QA and topics', async () => {
  const world = memoryWorld();
  const agents = Object.fromEntries(
    [
      ['sue', 'South'],
      ['sam', 'South'],
      ['ned', 'North'],
    ].map(([agent, team]) => [`${agent}@agents.example`, { team }]),
  );
  await world.config.put(`${ORG}/report-config.json`, JSON.stringify({ ...CONFIG, minimumN: 5, agents }));
  for (const [agent, topic, passed] of DRAWN)
    for (const [week, from] of WEEKS.entries())
      for (let i = 0; i < 10; i++) {
        const isPassed = i < (passed[week] ?? 0);
        const call = {
          start_timestamp: `${from}T09:0${i}:00Z`,
          to_number: `${agent}@agents.example`,
          overall_score: isPassed ? 90 : 10,
          topic: [topic],
        };
        await putCall(world.results, ORG, {
          id: `${agent}-${week}-${i}`,
          call,
          qa: [rule('Branded greeting', { pass: isPassed })],
        });
      }
  await build(world, ORG);
  const fetch = cachedFetch((path) => pageJson(world.reports, ORG, path));
  const { teams } = await siteOf(fetch);
  const week = { from: '2026-03-23', to: '2026-03-29' };
  const lead = async (kind: 'overview' | 'qa' | 'topics', whose: TeamRef[] = []) => {
    const view = await viewOf({ kind }, week, fetch, whose);
    return view.lead.map((part) => (typeof part === 'string' ? part : part.text)).join('');
  };
  const south = teams.filter(({ name }) => name === 'South');
  for (const kind of ['overview', 'qa', 'topics'] as const) {
    expect(await lead(kind, south), kind).toContain(
      'Without the 10 calls about Bills the share that passed would have stayed level, instead of falling by 30 points.',
    );
    expect(await lead(kind), kind).not.toContain('Without');
  }
});
