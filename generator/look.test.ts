import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isLong } from './fixtures/long.ts';
import { CONFIG, everything, objectsOf, published, putCall, tenant, watched } from './fixtures/world.ts';
import { silentLog } from './lib/console.ts';
import { lookAtAll } from './look.ts';
import { readPointer } from './publish/read.ts';
import { readStatus } from './publish/status.ts';
import { buildAll } from './run.ts';
import { fedWorld, filledQueue } from './testing/feed-runs.ts';
import { inputChange } from './testing/input-changes.ts';
import { type SqsDouble, sqsDouble } from './testing/sqs-double.ts';

const ORG = 'org_1';
const LATER = '2026-04-02T09:00:00.000Z';
const runs = { numRuns: isLong ? 300 : 3 };

/** Four calls a day, over four weeks. */
const weekdays = () =>
  Array.from({ length: 28 }, (_, day) =>
    [9, 11, 13, 15].map((hour) => {
      const start = `2026-03-${String(day + 4).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00Z`;
      return {
        id: `c${day}-${hour}`,
        call: { start_timestamp: start, end_timestamp: start.replace(':00:00Z', ':05:00Z') },
      };
    }),
  ).flat();

/** A built site, and looks at it an hour later. */
async function site(config: object = CONFIG) {
  const world = { ...(await tenant([{ id: 'a' }, { id: 'b' }], config)), logFor: () => silentLog };
  await buildAll(world, undefined);
  const look = (over: Partial<Parameters<typeof lookAtAll>[0]> = {}, ours = [ORG]) =>
    lookAtAll({ ...world, now: () => new Date(LATER), ...over }, { ours, all: ours });
  const listedAt = async () => (await readStatus(world.reports)).status.organizations[ORG]?.listedAt;
  return { world, look, listedAt };
}

describe('a look', () => {
  it('finds nothing where nothing has changed, and is then the whole run: only the status is written', async () => {
    const { world, look, listedAt } = await site();
    const reports = watched(world.reports);
    expect(await look({ reports: reports.store })).toEqual([]);
    expect(reports.calls.written).toEqual(['status.json']);
    expect(await listedAt()).toBe(LATER);
  });

  const differently: [what: string, how: (given: Awaited<ReturnType<typeof site>>) => Promise<unknown>][] = [
    ['a call has come', ({ world }) => putCall(world.results, ORG, { id: 'c' })],
    ['a call has gone', ({ world }) => world.results.remove(`${ORG}/${[...objectsOf(ORG, { id: 'a' }).keys()][0]}`)],
    [
      'the configuration is another one',
      ({ world }) => world.config.put(`${ORG}/report-config.json`, JSON.stringify({ ...CONFIG, name: 'Other' })),
    ],
    ['the configuration is wrong', ({ world }) => world.config.put(`${ORG}/report-config.json`, '{ "passMark": "x" }')],
    ['the pointer is lost', ({ world }) => world.reports.remove(`${ORG}/pointer.json`)],
    ['a style sheet is lost', ({ world }) => world.reports.remove('assets/app.0.css')],
    ['a style sheet is damaged', ({ world }) => world.reports.put('assets/app.0.css', 'p{')],
    [
      'a page is lost',
      async ({ world }) => {
        const blob = [...(await everything(world.reports)).keys()].find((key) => key.startsWith(`${ORG}/blobs/`));
        await world.reports.remove(blob as string);
      },
    ],
  ];
  it.each(differently)('names an organization to build where %s, and leaves it as it is', async (_what, how) => {
    const given = await site();
    await how(given);
    const before = await everything(given.world.reports);
    expect(await given.look()).toEqual([ORG]);
    expect(await everything(given.world.reports)).toEqual(before);
  });

  it('names it where the code is another one, and where the masking key has been changed', async () => {
    const { look } = await site();
    expect(await look({ codeVersion: 'other' })).toEqual([ORG]);
    const key = (text: string) => text.repeat(32);
    const masked = { ...(await tenant([{ id: 'a' }], { ...CONFIG, masking: true })), logFor: () => silentLog };
    await buildAll({ ...masked, maskingKey: key('a') }, undefined);
    const at = { ours: [ORG], all: [ORG] };
    expect(await lookAtAll({ ...masked, maskingKey: key('a') }, at)).toEqual([]);
    expect(await lookAtAll({ ...masked, maskingKey: key('b') }, at)).toEqual([ORG]);
    expect(await lookAtAll(masked, at)).toEqual([ORG]);
  });

  it('says by when the next run is expected where this was all of it, and leaves that to the build where there is one', async () => {
    const { world, look } = await site();
    const expected = async () => (await readStatus(world.reports)).status;
    expect(await look({ expectEvery: 120 })).toEqual([]);
    expect(await expected()).toMatchObject({
      expectedBy: '2026-04-02T11:00:00.000Z',
      organizations: { [ORG]: { expectedBy: '2026-04-02T11:00:00.000Z' } },
    });
    await putCall(world.results, 'org_2', { id: 'x' });
    const later = { expectEvery: 120, now: () => new Date('2026-04-02T10:00:00Z') };
    expect(await look(later, [ORG, 'org_2'])).toEqual(['org_2']);
    expect(await expected()).toMatchObject({
      expectedBy: '2026-04-02T11:00:00.000Z',
      organizations: { [ORG]: { expectedBy: '2026-04-02T12:00:00.000Z' } },
    });
  });

  it('leaves to a build, once, what somebody has to hear of: that it works again, or stands still', async () => {
    const { world, look } = await site();
    const spec = (await world.config.get(`${ORG}/report-config.json`))?.body as Uint8Array;
    await world.config.put(`${ORG}/report-config.json`, '{');
    await buildAll(world, undefined);
    await world.config.put(`${ORG}/report-config.json`, spec);
    expect(await look()).toEqual([ORG]);
    await buildAll(world, undefined);
    expect(await look()).toEqual([]);

    const steady = { ...(await tenant(weekdays())), logFor: () => silentLog };
    await buildAll({ ...steady, now: () => new Date('2026-04-01T00:00:00Z') }, undefined);
    const at = (now: string) => ({ ...steady, now: () => new Date(now) });
    const orgs = { ours: [ORG], all: [ORG] };
    expect(await lookAtAll(at('2026-04-01T01:00:00Z'), orgs)).toEqual([]);
    expect(await lookAtAll(at('2026-04-20T01:00:00Z'), orgs)).toEqual([ORG]);
    await buildAll(at('2026-04-20T01:00:00Z'), undefined);
    expect(await lookAtAll(at('2026-04-20T02:00:00Z'), orgs)).toEqual([]);
  });

  it('goes on with the others, and names those that its limit leaves no time for', async () => {
    const { world, look } = await site();
    await putCall(world.results, 'org_2', { id: 'x' });
    expect(await look({}, [ORG, 'org_2'])).toEqual(['org_2']);
    await buildAll(world, undefined);
    expect(await look({}, [ORG, 'org_2'])).toEqual([]);
    expect(await lookAtAll({ ...world, longestMinutes: 0 }, { ours: [ORG, 'org_2'], all: [] })).toEqual([ORG, 'org_2']);
  });

  it('names an organization if, and only if, a build then publishes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(inputChange, { maxLength: 2 }), { minLength: 2, maxLength: 4 }),
        async (rounds) => {
          const { world, look } = await site();
          await putCall(world.results, ORG, { id: 'still' });
          for (const round of rounds) {
            for (const change of round) await change(world.results, world.config);
            const due = await look();
            const [outcome] = await buildAll(world, undefined);
            const isMade = !outcome || !('result' in outcome) || outcome.result.published;
            expect(due).toEqual(isMade ? [ORG] : []);
          }
        },
      ),
      runs,
    );
  });
});

describe('a look at a change feed', () => {
  let double: SqsDouble;
  beforeAll(async () => {
    double = await sqsDouble();
  });
  afterAll(() => double[Symbol.asyncDispose]());

  it.each([
    ['of objects', () => fedWorld()],
    ['in a queue', () => fedWorld(filledQueue(double))],
  ])('leaves to the build what it tells of news, and takes what it tells of nothing: %s', async (_kind, open) => {
    const fed = await open();
    await fed.run();
    const look = () =>
      lookAtAll({ ...fed.world, events: fed.feed, logFor: () => silentLog }, { ours: [ORG], all: [ORG] });
    fed.clock.time += 60_000;
    expect(await look()).toEqual([]);
    await putCall(
      fed.results(() => 'told'),
      ORG,
      { id: 'c1' },
    );
    expect(await look()).toEqual([ORG]);
    expect(await fed.left()).toBeGreaterThan(0);
    // At once, by another machine: nothing waits for what the look has held.
    const { outcome, steps } = await fed.run();
    expect(outcome).toMatchObject({ result: { published: true, calls: 2 } });
    expect(steps).not.toContain('list');
    expect(await fed.left()).toBe(0);
    await fed.tell([`${ORG}/enriched/c1.json`]);
    expect(await look()).toEqual([]);
    expect(await fed.left()).toBe(0);
    expect((await readPointer(fed.world.reports, ORG))?.pointer.generation).toBe(2);
    expect((await published(fed.world.reports, ORG)).size).toBeGreaterThan(0);
  });
});
