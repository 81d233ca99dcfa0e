import { afterEach, beforeEach, expect, it } from 'vitest';
import { build, memoryWorld } from '../../fixtures/world.ts';
import { collect } from '../../store/ranges.ts';
import { idsBelow } from '../waiting.ts';
import { type Account, openAccount, recorded } from './testing/account.ts';
import { type Deliveries, deliveriesOf, VISIBLE_S } from './testing/deliveries.ts';

const IDS = ['call-1', 'call-2', 'call-3'];
const MINUTES_15 = 15 * 60_000;

let account: Account;
let around: Deliveries;
beforeEach(async () => {
  account = await openAccount();
  around = deliveriesOf(account);
});
afterEach(() => account[Symbol.asyncDispose]());

const finishAll = async () => {
  for (const name of account.transcribe.jobs.keys()) await account.transcribe.finish(name);
};
const judged = () => account.bedrock.asked.map(({ messages }) => /about (call-\d)/.exec(messages[0] ?? '')?.[1]).sort();

it('brings recordings from the clock by ingest, job-init, result-handler and analyser to the report, whatever events are doubled, lost or early', async () => {
  account.oak.recordings.push(...IDS.map(recorded));
  await around.tick();
  const sounds = around.told();
  expect(sounds.map(({ queue }) => queue)).toEqual(IDS.map(() => 'transcribe'));
  // The clock has woken them too: each event comes for the second time, one of them for the third.
  for (const event of [...sounds, ...sounds.slice(0, 1)]) around.deliver(event);
  while ((await around.pull('transcribe')) > 0);
  expect(account.transcribe.jobs.size).toBe(3);

  await finishAll();
  const transcripts = around.told().sort((a, b) => (a.body < b.body ? -1 : 1));
  expect(transcripts.map(({ queue }) => queue)).toEqual(IDS.map(() => 'enrich'));
  // One event is lost, the others come last first, and the analyser hears of calls before they are enriched.
  for (const event of transcripts.slice(1).reverse()) around.deliver(event);
  for (const { body } of transcripts) around.deliver({ queue: 'analyse', body });
  while ((await around.pull('analyse')) > 0);
  expect(judged()).toEqual([]);
  // One batch: a message that is none goes back alone, and is put aside in the end.
  around.deliver({ queue: 'enrich', body: 'no message of ours' });
  while ((await around.pull('enrich')) > 0);
  expect(account.queues.enrich.queue.left).toEqual(['no message of ours']);
  for (const event of around.told()) around.deliver(event);
  while ((await around.pull('analyse')) > 0);
  expect(judged()).toEqual(IDS.slice(1));

  // The clock finds what an event has lost, at its next tick but one: SQS refuses the message at first.
  account.pass(MINUTES_15);
  account.queues.enrich.faults.push({ of: 'SendMessageBatch', kind: 'refused' });
  await expect(around.tick()).rejects.toThrow('1 organizations could not be worked on');
  await around.tick();
  for (let receives = 0; receives < 6; receives++) {
    while ((await around.pull('enrich')) > 0);
    account.pass(VISIBLE_S * 1000);
  }
  expect(around.dead).toEqual(['no message of ours']);
  for (const event of around.told()) around.deliver(event);
  while ((await around.pull('analyse')) > 0);

  expect(judged()).toEqual(IDS);
  expect([account.transcribe.jobs.size, account.comprehend.texts.length]).toEqual([3, 6]);
  const { results, config } = account.stores;
  expect(await idsBelow(results, 'acme/pipeline/open/')).toEqual([]);
  expect((await collect(results.list('acme/final/v2.0-flat/calls/'))).length).toBe(3);
  expect(await build(memoryWorld({ results, config }), 'acme')).toMatchObject({ calls: 3, refused: 0 });
  expect(account.said.join('')).not.toMatch(/call-\d|4416|agents\.example|parcel|hunter2/);
});

it('says that an organization could not be worked on, and works on the others', async () => {
  const { config, results } = account.stores;
  await config.put('aaa/pipeline-config.json', JSON.stringify({ provider: { kind: 'oak' } }));
  account.oak.recordings.push(recorded('call-1'));
  await expect(around.tick()).rejects.toThrow('1 organizations could not be worked on');
  expect(account.said.join('')).toMatch(/aaa: failed: .*cci-lite\/oak\/aaa/);
  expect(await idsBelow(results, 'acme/pipeline/open/')).toEqual(['call-1']);
});
