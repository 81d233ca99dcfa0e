import { describe, expect, it } from 'vitest';
import { type DayOrder, neighboursOf, orderPath } from '#shared/columns/order.ts';
import { cubeOf } from '#shared/counts/cube.ts';
import type { Call } from '#shared/model.ts';
import { edgesByDay, orderData } from './order.ts';

const call = (id: string, started: string, agent: string | null): Call => ({
  id,
  day: started.slice(0, 10),
  started,
  agent,
  direction: 'unknown',
  qa: 'not evaluated',
  rules: [],
  insights: [],
  metadata: [],
  transcript: 'present',
});

const calls = [
  call('a2', '2026-03-01T10:00:00Z', 'ann'),
  call('a1', '2026-03-01T10:00:00Z', 'ann'),
  call('b1', '2026-03-01T09:00:00Z', 'ben'),
  call('u1', '2026-03-02T09:00:00Z', null),
  call('p1', '2026-03-02T10:00:00Z', '__proto__'),
  call('a3', '2026-03-05T08:00:00Z', 'ann'),
  call('a0', '2026-03-05T07:00:00Z', 'ann'),
];

function files(): Map<string, DayOrder> {
  const days = Map.groupBy(calls, ({ day }) => day as string);
  const edges = edgesByDay(new Map([...days].map(([day, own]) => [day, cubeOf(own, new Set(), 'UTC')])));
  const written = [...days].map(([day, own]) => [orderPath(day), orderData(own, edges.get(day) ?? {}, {})] as const);
  return new Map(written.map(([path, value]) => [path, JSON.parse(JSON.stringify(value))]));
}

describe('the calls before and after a call', () => {
  const read: string[] = [];
  const near = async (id: string) => {
    const { day, agent } = calls.find((each) => each.id === id) as Call;
    read.length = 0;
    const { previous, next } = await neighboursOf(
      async (path) => {
        read.push(path);
        return files().get(path) as DayOrder;
      },
      { day: day as string, agent: agent ?? '', path: `/calls/${id}/` },
    );
    return [previous?.path, next?.path];
  };

  it('are those of the same agent by start, then by id, across days', async () => {
    expect(await near('a1')).toEqual([undefined, '/calls/a2/']);
    expect(await near('a2')).toEqual(['/calls/a1/', '/calls/a0/']);
    expect(await near('a0')).toEqual(['/calls/a2/', '/calls/a3/']);
    expect(await near('a3')).toEqual(['/calls/a0/', undefined]);
  });

  it('are none where the agent has no other call, whatever the agent is called', async () => {
    for (const id of ['b1', 'u1', 'p1']) expect(await near(id)).toEqual([undefined, undefined]);
  });

  it('are read from no more days than they lie in', async () => {
    await near('a2');
    expect(read).toEqual(['/data/order/2026-03-01.json', '/data/order/2026-03-05.json']);
    await near('a1');
    expect(read).toEqual(['/data/order/2026-03-01.json']);
  });

  it('are none for a call that the file does not know', async () => {
    expect(
      await neighboursOf(async () => ({ agents: {}, callers: {} }), {
        day: '2026-03-01',
        agent: 'constructor',
        path: '/calls/x/',
      }),
    ).toEqual({});
  });
});
