import fc from 'fast-check';
import { CONFIG, objectsOf, putCall, putSheet, rule } from '../fixtures/objects.ts';
import type { Store } from '../store/store.ts';

const ORG = 'org_1';
/** Something that happens to the input of `org_1`. */
export type Change = (results: Store, config: Store) => Promise<unknown>;
const id = fc.integer({ min: 0, max: 7 }).map((n) => `c${n}`);
const day = fc.integer({ min: 20, max: 31 });
const ruleName = fc.constantFrom(
  'Identity verified',
  'identity  VERIFIED',
  'IDENTITY verified',
  'Offers further help',
  'constructor',
  '__proto__x',
);

const sheetKey = fc.constantFrom('a', 'b', 'ﬀ').map((name) => `final/v2.0-flat/calls/${name}.csv`);
/** Ids also of JSONL calls, and some twice. */
const row = fc
  .record({
    call_id: fc.oneof(id, fc.constantFrom('r1', 'r2', '__proto__', 'constructor', ' ', 'a/b')),
    day,
    qa_rule_1_name: ruleName,
    qa_rule_1_pass: fc.constantFrom('true', 'false', '', 'x'),
    overall_score: fc.constantFrom('90', '5,5', ''),
    agent_id: fc.constantFrom('ann@agents.example', 'bob', ''),
    summary: fc.constantFrom('one', 'two\r\nlines'),
  })
  .map(({ day: on, ...cells }) => ({ ...cells, started_at: `2026-03-${on}T23:30:00Z` }));

/**
 * New and analysed again, late rules, deleted whole or in part, refused, without a start, sheets that come, change, move and
 * go, and other configurations.
 */
export const inputChange: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .record({
        id,
        day,
        ruleName,
        pass: fc.boolean(),
        score: fc.integer({ min: 0, max: 100 }),
        agent: fc.constantFrom('ann@agents', 'bob@agents', 'eve@north.agents'),
        topic: fc.constantFrom('Bills', 'Bills', 'Meters', '__proto__', '', undefined),
        solved: fc.constantFrom(true, false, 'maybe', undefined),
        tone: fc.constantFrom('calm', ['loud'], 'so many words that this is no kind of calls but one', 5),
      })
      .map(
        (spec): Change =>
          (results) =>
            putCall(results, ORG, {
              id: spec.id,
              call: {
                start_timestamp: `2026-03-${spec.day}T23:30:00Z`,
                overall_score: spec.score,
                to_number: `${spec.agent}.example`,
                topic: spec.topic,
                solved: spec.solved,
                tone: spec.tone,
              },
              qa: [rule(spec.ruleName, { pass: spec.pass, score: spec.score, evidence: 'x' })],
            }),
      ),
  },
  {
    weight: 2,
    arbitrary: id.map(
      (each): Change =>
        (results) =>
          putCall(results, ORG, { id: each, qa: null, enriched: null }),
    ),
  },
  {
    weight: 1,
    arbitrary: id.map(
      (each): Change =>
        (results) =>
          putCall(results, ORG, { id: each, call: { start_timestamp: null } }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(id, fc.subarray([0, 1, 2], { minLength: 1 })).map(
      ([each, which]): Change =>
        async (results) => {
          const keys = [...objectsOf(ORG, { id: each }).keys()];
          for (const at of which) await results.remove(`${ORG}/${keys[at]}`);
        },
    ),
  },
  {
    weight: 1,
    arbitrary: id.map(
      (each): Change =>
        (results) =>
          results.put(`${ORG}/final/v2.0-flat/qa/${each}.jsonl`, '{"rule_name": '),
    ),
  },
  {
    weight: 1,
    arbitrary: id.map(
      (each): Change =>
        (results) =>
          results.put(`${ORG}/final/v2.0-flat/qa/${each}.jsonl`, '\n'),
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(
        { passMark: 90 },
        { timeZone: 'Asia/Kathmandu' },
        { criticalRules: [] },
        { shortestCallSeconds: 61 },
        { columns: { summary: 'note' } },
        { columns: { call_id: 'summary' } },
      )
      .map(
        (over): Change =>
          (_results, config) =>
            config.put(`${ORG}/report-config.json`, JSON.stringify({ ...CONFIG, ...over })),
      ),
  },
  {
    weight: 1,
    arbitrary: fc.constant<Change>((results) => results.put(`${ORG}/final/v2.0-flat/calls/notes.txt`, 'x')),
  },
  {
    weight: 6,
    arbitrary: fc
      .record({
        key: sheetKey,
        rows: fc.array(row, { maxLength: 6 }),
        broken: fc.option(fc.constantFrom('1,2\n', ',,,\n', '"never closed'), { nil: '' }),
      })
      .map(
        ({ key, rows, broken }): Change =>
          async (results) => {
            await putSheet(results, ORG, rows, key);
            const sheet = await results.get(`${ORG}/${key}`);
            await results.put(`${ORG}/${key}`, `${new TextDecoder().decode(sheet?.body)}${broken}`);
          },
      ),
  },
  {
    weight: 1,
    arbitrary: sheetKey.map(
      (key): Change =>
        (results) =>
          results.remove(`${ORG}/${key}`),
    ),
  },
  {
    weight: 1,
    arbitrary: sheetKey.map(
      (key): Change =>
        (results) =>
          results.put(`${ORG}/${key}`, '\ufeffid;x\n1;2\n'),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(sheetKey, sheetKey).map(
      ([from, to]): Change =>
        async (results) => {
          const sheet = await results.get(`${ORG}/${from}`);
          if (!sheet) return;
          await results.remove(`${ORG}/${from}`);
          await results.put(`${ORG}/${to}`, sheet.body);
        },
    ),
  },
  {
    weight: 2,
    arbitrary: id.map(
      (each): Change =>
        (results) =>
          results.remove(`${ORG}/final/v2.0-flat/calls/${each}.jsonl`),
    ),
  },
);
