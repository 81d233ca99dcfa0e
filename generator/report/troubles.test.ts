import { describe, expect, it } from 'vitest';
import { columnLines } from '../commands/troubles.ts';
import type { CallEntry } from '../days/known-call.ts';
import { addEntry, noCounts } from '../days/ranges.ts';
import { emptyState } from '../days/state.ts';
import { build, CONFIG, memoryWorld, pageJson, pageText, putCall, putSheet, rule, SHEET } from '../fixtures/world.ts';
import type { Trouble } from '../publish/status.ts';
import { troubleText } from './trouble-text.ts';
import { tellTroubles } from './troubles.ts';

const ORG = 'org_1';
const other = (name: string) => `final/v2.0-flat/calls/${name}.csv`;

async function tenant(config: object = CONFIG, ai?: object) {
  const world = memoryWorld();
  await world.config.put(`${ORG}/report-config.json`, JSON.stringify(config));
  if (ai) await world.config.put(`${ORG}/ai-config.json`, JSON.stringify(ai));
  return world;
}
type World = Awaited<ReturnType<typeof tenant>>;

interface StatusFile {
  troubles: (Trouble & { text: string })[];
  unreadColumns: object[];
  missingColumns: object[];
  refusedObjects: { code: string }[];
  refusedMore: number;
  refusedByCode: object;
  remarks: { code: string; text: string; callId?: string; key?: string }[];
  remarksMore: number;
  unreadStarts?: number;
}
const statusOf = ({ reports }: World) => pageJson<StatusFile>(reports, ORG, '/data/status.json');
const textsOf = async (world: World) => (await statusOf(world)).troubles.map(({ text }) => text);

/** Rows of which the first few have a cell that is none. */
const rowsWith = (bad: number, all: number, cell: object, prefix = 'r') =>
  Array.from({ length: all }, (_, i) => ({ call_id: `${prefix}${i}`, ...(i < bad && cell) }));

describe('cells that cannot be read', () => {
  it.each([
    [4, 4, []],
    [5, 5, ['5 of 5 cells of the column “overall_score” of “calls.csv” could not be read.']],
    [5, 100, ['5 of 100 cells of the column “overall_score” of “calls.csv” could not be read.']],
    [5, 101, []],
  ])('are summed up from five and five per cent of a column on: %i of %i', async (bad, all, texts) => {
    const world = await tenant();
    await putSheet(world.results, ORG, rowsWith(bad, all, { overall_score: '8,5' }));
    const { troubles } = await build(world, ORG);
    expect(troubles).toHaveLength(texts.length);
    expect(await textsOf(world)).toEqual(texts);
    const overview = await pageText(world.reports, ORG, '/');
    for (const text of texts) expect(overview).toContain(text);
  });

  it('are of the cells that say something, of each call’s last row', async () => {
    const world = await tenant();
    const rows = rowsWith(5, 120, { duration_seconds: 'long' });
    const blank = rows.map((row, i) => (i >= 60 ? { ...row, duration_seconds: i % 2 ? '' : 'NULL' } : row));
    await putSheet(world.results, ORG, [...rowsWith(0, 120, {}), ...blank]);
    await build(world, ORG);
    expect(await textsOf(world)).toEqual([
      '5 of 60 cells of the column “duration_seconds” of “calls.csv” could not be read.',
    ]);
  });

  it('are one sentence for one column, judged sheet by sheet', async () => {
    const world = await tenant();
    await putSheet(world.results, ORG, rowsWith(6, 6, { overall_score: 'good' }, 'a'), other('a'));
    await putSheet(
      world.results,
      ORG,
      rowsWith(7, 7, { overall_score: 'good', duration_seconds: '?' }, 'b'),
      other('b'),
    );
    await putSheet(world.results, ORG, rowsWith(0, 300, {}, 'c'), other('c'));
    await build(world, ORG);
    expect(await textsOf(world)).toEqual([
      '13 of 13 cells of the column “overall_score” of 2 sheets could not be read.',
      '7 of 7 cells of the column “duration_seconds” of “b.csv” could not be read.',
    ]);
  });

  it('are summed up by calls where they are fields of JSONL', () => {
    const remark = { code: 'not-a-timestamp', column: 'start_timestamp', text: 'It is “noon”.' };
    const calls = Array.from({ length: 20 }, (_, i): CallEntry => {
      const remarks = i < 5 ? [remark, remark].map((each) => ({ ...each, callId: `j${i}` })) : [];
      return { id: `j${i}`, known: { etags: { calls: 'x' }, kind: 'call', remarks } };
    });
    const counts = noCounts();
    for (const call of calls) addEntry(counts, call);
    const ranges = [{ from: 'j0', blob: '', sha256: '', counts }];
    const telling = tellTroubles({ ...emptyState(''), ranges }, (name) => name);
    for (const call of calls) telling.add(call);
    const [trouble, ...others] = telling.end();
    expect(others).toEqual([]);
    expect(trouble && troubleText(trouble, { name: (name) => name, count: String })).toBe(
      'start_timestamp could not be read in 5 of 20 calls.',
    );
  });

  it('of starts say why there is no day', async () => {
    const world = await tenant();
    await putSheet(world.results, ORG, rowsWith(6, 6, { started_at: 'noon', ended_at: '' }));
    await build(world, ORG);
    const overview = await pageText(world.reports, ORG, '/');
    expect(overview).toContain('6 starts could not be read, so no day can be shown.');
    expect(await statusOf(world)).toMatchObject({ undated: 6, unreadStarts: 6 });
  });
});

describe('what is refused', () => {
  it('is said in one sentence for each reason, sheets first', async () => {
    const world = await tenant();
    await world.results.put(`${ORG}/${SHEET}`, 'Call Id;Topic\nr1;x\n');
    await world.results.put(`${ORG}/${other('d')}`, 'Call Id;Topic\nr2;x\n');
    const rows = (bad: number, good: number) =>
      `call_id,topic\n${'x\n'.repeat(bad)}${Array.from({ length: good }, (_, i) => `r${i},t\n`).join('')}`;
    await world.results.put(`${ORG}/${other('e')}`, rows(1500, 500));
    await world.results.put(`${ORG}/${other('f')}`, rows(4, 4));
    for (let i = 0; i < 5; i++) await world.results.put(`${ORG}/final/v2.0-flat/calls/j${i}.jsonl`, '');
    expect(await build(world, ORG)).toMatchObject({ refused: 2 + 1500 + 4 + 5, calls: 500 });
    expect(await textsOf(world)).toEqual([
      '2 sheets are refused, “calls.csv” first: its first row has no column "call_id"; columns must be separated by commas.',
      '1,500 of 2,000 rows of “e.csv” are refused, most of them for this reason: it has 1 field where the header has 2.',
      '5 of 5 calls have objects that are refused, most of them for this reason: the file is empty.',
    ]);
  });

  it('is said of few, too, where nothing else is left, and where a row hides all that follow it', async () => {
    const world = await tenant();
    await world.results.put(`${ORG}/${SHEET}`, 'call_id,topic\nr1\nr2\n');
    await world.results.put(`${ORG}/${other('d')}`, 'call_id,topic\nd1,x\nd2,"x\nd3,x\nd4,x\n');
    await world.results.put(`${ORG}/${other('e')}`, 'call_id,topic\ne1\n');
    await world.results.put(`${ORG}/${other('f')}`, 'call_id,topic\nf1\nf2,x\n');
    await build(world, ORG);
    expect(await textsOf(world)).toEqual([
      'Of “d.csv” only 1 call could be read. Of the next row: a quote in it is not closed, so this row and all rows after it could not be read.',
      '3 of 3 rows of 2 sheets are refused, most of them for this reason: it has 1 field where the header has 2.',
    ]);
  });

  it('is named as far as a thousand objects, and counted in full', async () => {
    const world = await tenant();
    for (let i = 0; i < 1100; i++)
      await world.results.put(`${ORG}/final/v2.0-flat/calls/q${i}.jsonl`, i % 2 ? '' : '{');
    await build(world, ORG);
    const status = await statusOf(world);
    expect(status.refusedObjects).toHaveLength(1000);
    expect(status).toMatchObject({ refusedMore: 100, refusedByCode: { empty: 550, 'breaks-off': 550 } });
    const about = await pageText(world.reports, ORG, '/about/');
    expect(about.match(/final\/v2.0-flat\/calls\/q/g)).toHaveLength(1000);
    expect(about).toContain('"more":100');
  });

  it('is no trouble where it is the header again, or a total', async () => {
    const world = await tenant();
    const again = 'call_id,topic\n'.repeat(6);
    await world.results.put(`${ORG}/${SHEET}`, `call_id,topic\nr1,x\n${again}Grand total,60\n`);
    expect(await build(world, ORG)).toMatchObject({ calls: 1, refused: 7, troubles: [] });
    expect(await statusOf(world)).toMatchObject({ refusedByCode: { 'row-header': 6, 'row-total': 1 } });
  });
});

it('names columns that are not read once for each sheet, and configured ones that no sheet has', async () => {
  const config = { ...CONFIG, columns: { topic: 'Thema' }, metadata: { Queue: 'queue', Team: 'team' } };
  const world = await tenant(config, { json_output_schema: { mood: '', next_steps: [], summary: '' } });
  await putSheet(world.results, ORG, [{ call_id: 'a', Notes: 'x', QUEUE: 'q', Mood: 'm', ' ': 'x' }]);
  await putSheet(world.results, ORG, [{ call_id: 'b' }], other('b'));
  const missing = [
    { setting: 'columns', name: 'topic', column: 'Thema' },
    { setting: 'metadata', name: 'Team', column: 'team' },
    { setting: 'insights', name: 'next_steps', column: 'next_steps' },
  ];
  const unread = [{ key: SHEET, unread: ['Notes'], more: 0, nameless: 1 }];
  expect(await build(world, ORG)).toMatchObject({ unreadColumns: unread, missingColumns: missing });
  expect(await statusOf(world)).toMatchObject({ unreadColumns: unread, missingColumns: missing });
  const about = await pageText(world.reports, ORG, '/about/');
  expect(about).toContain('“calls.csv” has columns that are not read: “Notes”; a column without a name.');
  expect(about).toContain('No sheet has the column “team” (for “Team”, set in \\"metadata\\").');
});

it('masks what names may hold where the tenant masks', async () => {
  const number = '+44 1632 960417';
  const world = { ...(await tenant({ ...CONFIG, masking: true })), maskingKey: 'k'.repeat(32) };
  await putSheet(world.results, ORG, [{ call_id: 'a', [number]: 'x' }], other('441632960417'));
  await world.results.put(`${ORG}/final/v2.0-flat/calls/${number}.txt`, '');
  await world.results.put(`${ORG}/final/v2.0-flat/calls/441632960417-x.jsonl`, '');
  await world.results.put(`${ORG}/${other('441632960417-2')}`, 'x\n');
  const result = await build(world, ORG);
  const told = [JSON.stringify([result.troubles, result.unreadColumns]), await pageText(world.reports, ORG, '/about/')];
  for (const text of [...told, await pageText(world.reports, ORG, '/data/status.json')]) {
    expect(text).toContain('•••');
    expect(text).not.toContain('960417');
  }
});

it('names configured rules that no call has once for each setting, in the run, in the status and on the page about the figures', async () => {
  const config = {
    ...CONFIG,
    criticalRules: ['GREETS', 'No such rule', 'no such  rule'],
    customerRules: ['Is angry'],
    targets: { qaPassed: 0.85, averageScore: 80, rules: { 'greets ': 0.9, 'No such rule': 0.5 } },
    digest: {
      alerts: [{ ruleFailed: { rule: 'Never heard', calls: 1 } }, { ruleFailed: { rule: 'greets', calls: 1 } }],
    },
  };
  const world = await tenant(config);
  await putCall(world.results, ORG, { id: 'c1', qa: [] });
  // While nothing is checked, no rule can be known.
  expect(await build(world, ORG)).not.toHaveProperty('unknownRules');
  await putCall(world.results, ORG, { id: 'c1', qa: [rule('Greets', { pass: true })] });
  const result = await build(world, ORG);
  const unknown = [
    { setting: 'criticalRules', name: 'no such  rule' },
    { setting: 'customerRules', name: 'Is angry' },
    { setting: 'targets', name: 'No such rule' },
    { setting: 'alerts', name: 'Never heard' },
  ];
  expect(result.unknownRules).toEqual(unknown);
  expect(columnLines(ORG, result)).toEqual([
    `${ORG}: No call has the rule "no such  rule", which "criticalRules" names.`,
    `${ORG}: No call has the rule "Is angry", which "customerRules" names.`,
    `${ORG}: No call has the rule "No such rule", for which "targets" sets a share.`,
    `${ORG}: No call has the rule "Never heard", for which an alert is set in "digest".`,
  ]);
  expect(await statusOf(world)).toMatchObject({ unknownRules: unknown });
  const about = await pageText(world.reports, ORG, '/about/');
  expect(about).toContain('No call has the rule “Is angry”, which \\"customerRules\\" names.');
  expect(about).toContain('"targets":["QA passed 85%","average score 80","greets 90%","No such rule 50%"]');
  expect(await pageText(world.reports, ORG, '/qa/')).toContain('"target":0.9');
});

it('has nothing of targets in any page where none is set', async () => {
  const world = await tenant({ ...CONFIG, criticalRules: [] });
  await putCall(world.results, ORG, { id: 'c1', qa: [rule('Greets', { pass: true })] });
  const result = await build(world, ORG);
  expect(result).not.toHaveProperty('unknownRules');
  for (const path of ['/', '/qa/', '/agents/', '/about/', '/data/status.json'])
    expect(await pageText(world.reports, ORG, path), path).not.toContain('arget');
});
