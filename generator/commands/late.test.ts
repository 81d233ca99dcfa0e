import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { memoryWorld, putCall } from '../fixtures/world.ts';
import { stableJson } from '../lib/bytes.ts';
import { silentLog } from '../lib/console.ts';
import { changeStatus, mergeStatus, readStatus } from '../publish/status.ts';
import { buildAll, type RunContext } from '../run.ts';
import { fileStore } from '../store/file.ts';
import { runHere } from '../testing/run-here.ts';

const folder = mkdtempSync(join(tmpdir(), 'cci-late-'));
const url = pathToFileURL(folder).href;
const store = fileStore(url);
const keeps = async () => ({ createOnly: true, compareAndSwap: true });
const at = (time: string) => `2026-04-02T${time}:00.000Z`;
const status = (...args: string[]) => runHere(['status', '--reports', url, ...args], {});

const world = memoryWorld();
const run = (now: string, more: Partial<RunContext> = {}, named?: string[]) =>
  buildAll(
    { ...world, reports: store, now: () => new Date(now), logFor: () => silentLog, expectEvery: 120, ...more },
    named,
  );

beforeAll(async () => {
  for (const org of ['org_1', 'org_2']) await putCall(world.results, org, { id: 'c1' });
  await run(at('08:00'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('a run says by when the next must have ended, and status fails after that only where it is asked to', async () => {
  expect((await readStatus(store)).status).toMatchObject({
    expectedBy: at('10:00'),
    organizations: { org_1: { expectedBy: at('10:00'), lastCallAt: '2026-03-30T10:00:00.000Z' } },
  });
  expect(await status('--fail-if-late', '--now', at('10:00'))).toMatchObject({
    status: 0,
    stdout: expect.not.stringContaining('ate:'),
  });
  const late = await status('--fail-if-late', '--now', at('11:30'));
  expect([late.status, late.stdout.split('\n').at(-2)]).toEqual([
    1,
    'Late: no run has ended since; one was expected by 2026-04-02T10:00Z, 1 h 30 min ago. Check the schedule that starts the runs. Where it is right, CCI_EXPECT_EVERY is too short for it.',
  ]);
  const plain = await status('--now', at('11:30'));
  expect([plain.status, plain.stdout]).toEqual([0, late.stdout]);
  expect(JSON.parse((await status('--json', '--now', at('11:30'))).stdout)).toMatchObject({
    expectedBy: at('10:00'),
    late: { run: at('10:00'), organizations: { org_1: at('10:00'), org_2: at('10:00') } },
  });
});

it('a run by hand of one organization leaves the others late, and a shard that does not come is named', async () => {
  await run(at('10:30'), { byHand: true }, ['org_1']);
  expect((await readStatus(store)).status.expectedBy).toBe(at('10:00'));
  expect((await status('--fail-if-late', '--now', at('10:31'))).status).toBe(1);
  await run(at('10:40'), {}, ['org_1']);
  const { status: code, stdout } = await status('--fail-if-late', '--now', at('11:00'));
  expect([code, stdout.split('\n').at(-2)]).toEqual([
    1,
    'org_2: late: a run of it was expected by 2026-04-02T10:00Z, 1 h 0 min ago. Check whether each run, or a shard of it, still builds it.',
  ]);
  expect((await status('--fail-if-late', '--now', at('11:00'), '--org', 'org_1')).status).toBe(0);
});

it('an organization that is gone is not late', async () => {
  await mergeStatus(store, new Map([['gone', { lastRunAt: at('01:00'), expectedBy: at('03:00') }]]), keeps);
  await run(at('12:00'));
  expect((await status('--fail-if-late', '--now', at('12:30'))).status).toBe(0);
});

it('status names an organization of which no call comes any more', async () => {
  await changeStatus(
    store,
    ({ organizations, ...rest }) => {
      const { org_1: one } = organizations;
      if (!one) throw new Error('no org_1');
      return { ...rest, organizations: { ...organizations, org_1: { ...one, callsExpectedBy: at('12:10') } } };
    },
    keeps,
  );
  expect((await status('--now', at('12:10'))).stdout).not.toContain('stands still');
  expect((await status('--now', at('12:11'))).stdout).toContain(
    'org_1: it stands still: the newest call began 2026-03-30T10:00Z, and by its usual rhythm another should have been read by 2026-04-02T12:10Z.',
  );
});

it('what an older version wrote says nothing of the next run, which counts as late where that is asked', async () => {
  const { organizations } = (await readStatus(store)).status;
  const older = Object.entries(organizations).map(([org, { expectedBy, ...line }]) => [org, line]);
  await store.put('status.json', stableJson({ version: 1, organizations: Object.fromEntries(older) }));
  expect((await status('--now', at('12:00'))).status).toBe(0);
  expect(await status('--fail-if-late', '--now', at('12:00'))).toMatchObject({
    status: 1,
    stdout: expect.stringContaining('It is not known by when the next run must have ended'),
  });
});
