import { expect, it } from 'vitest';
import { memoryStore } from '../../../store/memory.ts';
import { PipelineConfig } from '../../config.ts';
import type { JsonObject, OpenContext } from '../../ports.ts';
import { openFolder } from '../folder/folder.ts';
import { openOak } from '../oak/oak.ts';
import { openThreecx } from '../threecx/threecx.ts';
import {
  call,
  type Given,
  type HttpSubject,
  httpConformance,
  listed,
  NOW,
  providerConformance,
  type Subject,
} from './conformance.ts';
import { oakDouble } from './oak-double.ts';
import type { ProviderServer } from './server.ts';
import { wavOf } from './server.ts';
import { threecxDouble } from './threecx-double.ts';

const contextOf = (kind: 'folder' | 'oak' | '3cx', secret: JsonObject): OpenContext => ({
  org: 'acme',
  config: PipelineConfig.parse({ provider: { kind } }),
  env: {},
  secret: async () => secret,
});

async function folder(): Promise<Subject> {
  const store = memoryStore();
  return {
    secrets: [],
    open: () => openFolder(contextOf('folder', {}), { store, now: () => Date.now() + 60_000 }),
    async add({ id, ...details }) {
      const path = encodeURIComponent(id).replaceAll('%2F', '/').replaceAll('..', '__');
      await store.put(`${path}.wav`, wavOf(id));
      await store.put(`${path}.json`, JSON.stringify(details));
    },
    async [Symbol.asyncDispose]() {},
  };
}

/** What both kinds of server have in common. */
const behindHttp = (
  double: ProviderServer & { secret: JsonObject; tokens: Set<string> },
  open: (options: { now: () => number; wait: (ms: number) => Promise<void> }) => ReturnType<Subject['open']>,
): Omit<HttpSubject, 'add'> => {
  const waits: number[] = [];
  return {
    server: double,
    waits,
    secrets: ['hunter2'],
    open: () => open({ now: () => NOW, wait: async (ms) => void waits.push(ms) }),
    allow: (host) => void Object.assign(double.secret, { allowed_hosts: [host] }),
    expire: () => double.tokens.clear(),
    [Symbol.asyncDispose]: () => double[Symbol.asyncDispose](),
  };
};

async function oak(): Promise<HttpSubject> {
  const double = await oakDouble();
  return {
    ...behindHttp(double, (options) => openOak(contextOf('oak', double.secret), options)),
    async add({ id, started, ended, from, to }: Given) {
      double.recordings.push({
        id,
        mediaStartedTime: started,
        mediaCompletedTime: ended,
        callingParty: from,
        calledParty: to,
      });
    },
  };
}

async function threecx(): Promise<HttpSubject> {
  const double = await threecxDouble();
  return {
    ...behindHttp(double, (options) => openThreecx(contextOf('3cx', double.secret), options)),
    async add({ started, ended, from, to }: Given) {
      double.recordings.push({
        Id: Number(started.slice(14, 16)),
        StartTime: started,
        EndTime: ended,
        FromCallerNumber: from,
        ToCallerNumber: to,
      });
      double.recordings.sort((a, b) => Number(a.Id) - Number(b.Id));
    },
  };
}

providerConformance('folder', folder);
providerConformance('oak', oak);
providerConformance('3cx', threecx);
httpConformance('oak', oak);
httpConformance('3cx', threecx);

it('3cx goes on behind the id of a call', async () => {
  await using subject = await threecx();
  for (const at of [1, 2, 3]) await subject.add(call(at));
  const provider = await subject.open();
  expect(provider.counts).toBe(true);
  expect((await listed(provider, { id: '3cx-2' })).map(({ id }) => id)).toEqual(['3cx-3']);
});

it('oak leaves out what is still recorded, and knows meetings, legs and agents', async () => {
  await using double = await oakDouble();
  const times = { mediaStartedTime: '2026-03-30T10:00:00', mediaCompletedTime: '2026-03-30T10:05:00' };
  const ends = { callingParty: 'ann@agents.example', calledParty: 'meeting-7@agents.example' };
  double.recordings.push(
    { id: 'a', recordingGroupingId: 'g', ...times, ...ends },
    { id: 'b', ...times, callingParty: '+441632960001', calledParty: 'meeting-7@agents.example' },
    { id: 'c', ...times, pbxAccountEndpoints: [{ name: 'Ann' }, { number: '101' }] },
  );
  const context = contextOf('oak', double.secret);
  const found = await listed(await openOak(context, { now: () => NOW }));
  expect(found).toMatchObject([
    { id: 'a', group: 'g', meeting: true, started: '2026-03-30T10:00:00.000Z' },
    { id: 'b' },
    { id: 'c', agent: 'Ann' },
  ]);
  expect(found[1]).not.toHaveProperty('meeting');
});
