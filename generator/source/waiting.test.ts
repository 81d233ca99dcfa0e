import { expect, it } from 'vitest';
import { LIMITS } from '../lib/limits.ts';
import { memoryStore } from '../store/memory.ts';
import { readWaiting } from './waiting.ts';

const NONE = { waiting: 0, dead: 0, calls: [], engines: {} };

async function read(body: unknown) {
  const store = memoryStore();
  await store.put('acme/pipeline/waiting.json', typeof body === 'string' ? body : JSON.stringify(body));
  return readWaiting(store, 'acme');
}

it('is nothing where no pipeline wrote any', async () => {
  expect(await readWaiting(memoryStore(), 'acme')).toBeUndefined();
});

it('has the dead calls first, then those that have waited longest, and not when it was written', async () => {
  const call = (id: string, state: string, since: string) => ({
    call: id,
    stage: 'transcribe',
    state,
    reason: 'r',
    since,
  });
  const given = [
    call('b', 'waiting', '2026-11-02T00:00:00Z'),
    call('a', 'waiting', '2026-11-01T00:00:00Z'),
    call('c', 'dead', '2026-11-03T00:00:00Z'),
  ];
  const engines = { transcribe: 'sidecar' };
  const first = await read({ version: 1, at: '2026-11-04T00:00:00Z', waiting: 9, dead: 1, calls: given, engines });
  expect(first).toEqual(
    await read({ version: 1, at: '2026-11-05T00:00:00Z', waiting: 9, dead: 1, calls: given, engines }),
  );
  expect(first?.calls.map(({ call: id }) => id)).toEqual(['c', 'a', 'b']);
  expect(first).toMatchObject({ waiting: 9, dead: 1, engines });
});

it.each([
  ['no JSON', '{'],
  ['a list', '[]'],
  ['of another version', { version: 2, waiting: 1 }],
  ['too large', `{"version":1,"x":"${'x'.repeat(LIMITS.objectBytes)}"}`],
])('is said to be unreadable where it is %s', async (_what, body) => {
  expect(await read(body)).toEqual({ ...NONE, isUnread: true });
});

it.each([
  ['nothing', { version: 1 }],
  ['other types', { version: 1, waiting: '3', dead: -1, calls: 'x', engines: [1] }],
  ['calls that are none', { version: 1, calls: [null, 1, {}, { call: 'a' }, { call: '', state: 'dead' }] }],
])('has none where it holds %s', async (_what, body) => {
  expect(await read(body)).toEqual(NONE);
});

it('holds no more than a page can show, on one line each', async () => {
  const long = 'x'.repeat(1500);
  const calls = Array.from({ length: 1200 }, (_, i) => ({
    call: `${i} ${long}`,
    stage: `a\nb ${long}`,
    state: 'dead',
    reason: `why\n\n${long}`,
    since: 'yesterday',
  }));
  const waiting = await read({ version: 1, waiting: 0, dead: 1, calls, engines: { [long]: long } });
  expect(waiting?.calls).toHaveLength(1000);
  expect(waiting?.dead).toBe(1200);
  expect(JSON.stringify(waiting).length).toBeLessThan(2_100_000);
  expect(waiting?.calls[0]?.reason).toMatch(/^why x/);
  expect(waiting?.calls[0]).not.toHaveProperty('since');
});
