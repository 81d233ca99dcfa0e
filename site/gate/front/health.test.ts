import { expect, test } from 'vitest';
import type { Freshness } from '../content/freshness.ts';
import { rawRequest } from '../testing/gate.ts';
import { PAGE, startTestGate } from '../testing/started.ts';

test('whether reports are fresh is one word and a status, the same to everybody', async () => {
  let word: Freshness = 'fresh';
  await using gate = await startTestGate({ freshness: async () => word });
  const ask = async (target: string, lines: string[] = []) => {
    const { status, text, headers } = await rawRequest(gate.port, target, lines);
    return [status, text, headers.get('cache-control'), headers.get('set-cookie')];
  };
  const fresh = [200, 'fresh\n', 'no-store', null];
  for (const lines of [[], PAGE, [gate.session()]]) expect(await ask('/healthz?fresh', lines)).toEqual(fresh);
  expect(await ask('/healthz?fresh=1')).toEqual(fresh);
  word = 'unknown';
  expect(await ask('/healthz?fresh')).toEqual([200, 'unknown\n', 'no-store', null]);
  word = 'late';
  for (const lines of [[], PAGE, [gate.session()]])
    expect(await ask('/healthz?fresh', lines)).toEqual([503, 'late\n', 'no-store', null]);
  // The process is well all the same.
  expect(await ask('/healthz')).toEqual([200, 'ok\n', 'no-store', null]);
  expect(gate.entered()).toBe(0);
});

test('a store that fails is told in the line of the request, and nowhere else', async () => {
  await using gate = await startTestGate({ freshness: () => Promise.reject(new Error('status.json: no such host')) });
  const { status, text } = await rawRequest(gate.port, '/healthz?fresh');
  expect([status, text]).toEqual([503, 'unavailable\n']);
  expect(gate.lines.at(-1)?.problem).toBe('whether the reports are fresh is not known: status.json: no such host');
});

test('a gate that has nowhere to look says that it does not know', async () => {
  await using gate = await startTestGate();
  const { status, text } = await rawRequest(gate.port, '/healthz?fresh');
  expect([status, text]).toEqual([200, 'unknown\n']);
});
