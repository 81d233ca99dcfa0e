import { describe, expect, it } from 'vitest';
import { csvOf, DEFAULT_ROW, putSheet, SHEET } from '../fixtures/world.ts';
import { memoryStore } from '../store/memory.ts';
import type { Store } from '../store/store.ts';
import { snapshotOf } from '../testing/copies.ts';
import { builtWorld, DOOMED_ID, deleteUpstream, eraseIt, ORG } from '../testing/erased-call.ts';

const FINAL = 'final/v2.0-flat';
const row = { call_id: DOOMED_ID };

/** What is still there, and what is to be deleted. */
const HELD: [what: string, put: (results: Store, input: Store) => Promise<unknown>, upstream: object][] = [
  ...['enriched/ID.json', 'final/v1.0/ID.json', `${FINAL}/calls/ID.jsonl`, `${FINAL}/qa/ID.jsonl`].map(
    (name): [string, (results: Store) => Promise<unknown>, object] => {
      const key = `${ORG}/${name.replace('ID', DOOMED_ID)}`;
      return [`its object ${name}`, (results) => results.put(key, '{}'), { keys: [key] }];
    },
  ),
  [
    'an object that is ignored and has its id in the name',
    (results) => results.put(`${ORG}/${FINAL}/calls/${DOOMED_ID}.jsonl.bak`, ''),
    { keys: [`${ORG}/${FINAL}/calls/${DOOMED_ID}.jsonl.bak`] },
  ],
  [
    'rows of sheets',
    async (results) => {
      await putSheet(results, ORG, [{ call_id: 'a1' }, row, { call_id: 'a2' }, row]);
      await putSheet(results, ORG, [row], `${FINAL}/calls/second.csv`);
    },
    {
      rows: [
        { key: `${ORG}/${SHEET}`, rows: [3, 5] },
        { key: `${ORG}/${FINAL}/calls/second.csv`, rows: [2] },
      ],
    },
  ],
  [
    'a row that is refused, because it has too many fields',
    async (results) => {
      await results.put(`${ORG}/${SHEET}`, `${csvOf(Object.keys(DEFAULT_ROW), [])}x,${DOOMED_ID}\r\n`);
    },
    { rows: [{ key: `${ORG}/${SHEET}`, rows: [2] }] },
  ],
  [
    'a row behind a quote that is not closed',
    (results) => results.put(`${ORG}/${SHEET}`, `call_id,started_at\r\nb,"2026\r\n${DOOMED_ID},x\r\n`),
    { rows: [{ key: `${ORG}/${SHEET}`, rows: [] }] },
  ],
  [
    'a sheet in another encoding',
    (results) => results.put(`${ORG}/${SHEET}`, Buffer.from(`call_id\r\n${DOOMED_ID}\r\nJos\u00e9\r\n`, 'latin1')),
    { rows: [{ key: `${ORG}/${SHEET}`, rows: [] }] },
  ],
  [
    'its recording',
    async (_results, input) => {
      for (const name of [`audio/${DOOMED_ID}.wav`, `audio/${DOOMED_ID}.b.wav`, `meta/${DOOMED_ID}.json`])
        await input.put(`${ORG}/${name}`, '');
    },
    { recordings: [`${ORG}/audio/${DOOMED_ID}.wav`, `${ORG}/meta/${DOOMED_ID}.json`] },
  ],
  [
    'what our own pipeline keeps of it',
    async (results) => {
      for (const name of [
        `calls/${DOOMED_ID}.json`,
        `open/${DOOMED_ID}`,
        `open/${DOOMED_ID}2`,
        `answers/${DOOMED_ID}/a.json`,
      ])
        await results.put(`${ORG}/pipeline/${name}`, '{}');
      const calls = [{ call: DOOMED_ID, stage: 'enrich', state: 'waiting', reason: 'r' }];
      await results.put(`${ORG}/pipeline/waiting.json`, JSON.stringify({ version: 1, calls }));
      await results.put(`${ORG}/raw/${DOOMED_ID}.json`, '{}');
    },
    {
      pipeline: [
        `${ORG}/pipeline/calls/${DOOMED_ID}.json`,
        `${ORG}/pipeline/open/${DOOMED_ID}`,
        `${ORG}/raw/${DOOMED_ID}.json`,
        `${ORG}/pipeline/answers/${DOOMED_ID}/`,
        `${ORG}/pipeline/waiting.json`,
      ],
    },
  ],
];

describe('erase writes nothing and says what to delete while the input holds', () => {
  it.each(HELD)('%s', async (_what, put, upstream) => {
    const world = { ...(await builtWorld()), input: memoryStore() };
    await deleteUpstream(world);
    await put(world.results, world.input);
    const before = await snapshotOf(world.reports);
    const held = { keys: [], rows: [], recordings: [], ...upstream };
    for (const given of [DOOMED_ID, `/calls/${DOOMED_ID}/`])
      expect(await eraseIt(world, given)).toEqual({ state: 'upstream', upstream: held });
    expect(await snapshotOf(world.reports)).toEqual(before);
  });
});

it('erase does not take a call for another one that has its id in its own', async () => {
  const world = await builtWorld();
  await deleteUpstream(world);
  const others = [`${DOOMED_ID}.1`, `${DOOMED_ID}-1`, `x ${DOOMED_ID}`];
  for (const other of others) await world.results.put(`${ORG}/enriched/${other}.json`, '{');
  expect(await eraseIt(world)).toMatchObject({ state: 'erased', proof: { hits: [] } });
});
