import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  build,
  CONFIG,
  csvOf,
  everything,
  memoryWorld,
  pageJson,
  pageText,
  publishedCalls,
  putCall,
  putSheet,
  SHEET,
} from '../fixtures/world.ts';
import { memoryStore } from '../store/memory.ts';
import { s3Store } from '../store/s3.ts';
import type { Store } from '../store/store.ts';
import { s3Double } from '../store/testing/s3-double.ts';

const ORG = 'org_1';
const other = (name: string) => `final/v2.0-flat/calls/${name}.csv`;

async function tenant(config: object = CONFIG) {
  const world = memoryWorld();
  await world.config.put(`${ORG}/report-config.json`, JSON.stringify(config));
  return world;
}

type World = Awaited<ReturnType<typeof tenant>>;

const callsOn = ({ reports }: World, day = '2026-03-30') => publishedCalls(reports, ORG, day);
const refusedIn = async ({ reports }: World) =>
  (await pageJson<{ refusedObjects: { key: string; reason: string }[] }>(reports, ORG, '/data/status.json'))
    .refusedObjects;
const statusOf = ({ reports }: World) => pageJson<{ [name: string]: unknown }>(reports, ORG, '/data/status.json');

/** The results, with the keys that were read from them, but for what a pipeline says of its calls, which each run asks for. */
function watched(world: World) {
  const keys: string[] = [];
  const results: Store = {
    ...world.results,
    async get(key, options) {
      if (!key.startsWith(`${ORG}/pipeline/`)) keys.push(key.slice(ORG.length + 1));
      return world.results.get(key, options);
    },
  };
  return { world: { ...world, results }, keys };
}

async function findText(store: Store, text: string): Promise<string[]> {
  const found: string[] = [];
  for (const [key, body] of await everything(store)) {
    const forms = [
      body,
      ...[brotliDecompressSync, gunzipSync, zstdDecompressSync].flatMap((open) => attempt(() => open(body))),
    ];
    if (forms.some((form) => Buffer.from(form).includes(text))) found.push(key);
  }
  return found;
}

function attempt<T>(work: () => T): T[] {
  try {
    return [work()];
  } catch {
    return [];
  }
}

describe('a sheet', () => {
  it('gives one call a row, with its page, beside those of JSONL', async () => {
    const world = await tenant();
    await putCall(world.results, ORG, { id: 'j1' });
    await putSheet(world.results, ORG, [
      { call_id: 'r1' },
      { call_id: 'r2', overall_score: '10', qa_overall_pass: 'true' },
    ]);
    expect(await build(world, ORG)).toMatchObject({ calls: 3, refused: 0, read: 3 });
    expect(await callsOn(world)).toMatchObject([
      { id: 'j1', passed: true, score: 100 },
      { id: 'r1', passed: true, score: 100, agent: 'ann@agents.example' },
      { id: 'r2', passed: true, score: 10, passedGiven: true },
    ]);
    expect(await pageText(world.reports, ORG, '/calls/r2/')).toContain('"passedGiven":true');
  });

  it('is read only when it changes, and then only calls are made whose rows have', async () => {
    const world = await tenant();
    const rows = [{ call_id: 'r1' }, { call_id: 'r2' }, { call_id: 'r3' }];
    await putSheet(world.results, ORG, rows);
    await build(world, ORG);
    const idle = watched(world);
    expect(await build(idle.world, ORG)).toMatchObject({ published: false, read: 0 });
    expect(idle.keys).toEqual([]);
    await putSheet(world.results, ORG, [...rows.slice(0, 2), { call_id: 'r3', summary: 'Other.' }, { call_id: 'r4' }]);
    const next = watched(world);
    expect(await build(next.world, ORG)).toMatchObject({ published: true, read: 2, calls: 4 });
    expect(next.keys).toEqual([SHEET]);
    await putSheet(world.results, ORG, [...rows].reverse());
    expect(await build(world, ORG)).toMatchObject({ read: 1, deleted: 1, calls: 3 });
  });

  it('is read once more where one of its calls has to be read again', async () => {
    const world = await tenant();
    await putSheet(world.results, ORG, [{ call_id: 'r1' }, { call_id: 'r2' }]);
    await build(world, ORG);
    for (const id of ['r1', 'r2'])
      await world.results.put(
        `${ORG}/enriched/${id}.json`,
        '{"transcript": [{"speaker": "agent", "text": "good morning"}]}',
      );
    const next = watched(world);
    expect(await build(next.world, ORG)).toMatchObject({ read: 2 });
    expect(next.keys.filter((key) => key === SHEET)).toHaveLength(1);
    expect(await pageText(world.reports, ORG, '/calls/r2/')).toContain('good morning');
    expect(await statusOf(world)).toMatchObject({ read: 2, transcribedNotAnalysed: 0 });
  });

  it('is read as it has become where it changes while it is read', async () => {
    const world = await tenant();
    const rows = (summary: string) =>
      Array.from({ length: 9 }, (_, i) => ({ call_id: `r${i}`, summary: `${summary}${i}` }));
    await putSheet(world.results, ORG, rows('old '));
    await build(world, ORG);
    await putSheet(world.results, ORG, rows('mid '));
    let gets = 0;
    const results: Store = {
      ...world.results,
      async get(key, options) {
        if (key.endsWith('.csv') && ++gets === 1) await putSheet(world.results, ORG, rows('new '));
        return world.results.get(key, options);
      },
    };
    await build({ ...world, results }, ORG);
    expect(await pageText(world.reports, ORG, '/calls/r8/')).toContain('new 8');
    expect(await build(world, ORG)).toMatchObject({ published: false });
    const gone: Store = {
      ...world.results,
      get: async (key, options) => (key.endsWith('.csv') ? undefined : world.results.get(key, options)),
    };
    await putSheet(world.results, ORG, rows('last '));
    expect(await build({ ...world, results: gone }, ORG)).toMatchObject({ calls: 0, deleted: 9 });
    expect(await build(world, ORG)).toMatchObject({ calls: 9 });
  });

  it('is read in ranges of one version from S3', async () => {
    await using double = await s3Double();
    const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
    const results = s3Store(double.url('in'), { credentials, pauseMs: 1 });
    const world = { ...(await tenant()), results };
    const rows = (summary: string) =>
      Array.from({ length: 20 }, (_, i) => ({ call_id: `r${i}`, summary: `${summary} ${'x'.repeat(1_000_000)}` }));
    await putSheet(results, ORG, rows('one'));
    const name = `in/${ORG}/${SHEET}`;
    double.faults.push({ when: ({ method, key }) => method === 'GET' && key === name, status: 503 });
    double.faults.push({
      when: ({ headers }) => String(headers.range).startsWith('bytes=8388608-'),
      change: (bucket) => {
        const text = new TextDecoder().decode(bucket.objects.get(name)?.body);
        bucket.put(name, text.replaceAll('"one ', '"two '));
      },
    });
    double.log.length = 0;
    expect(await build(world, ORG)).toMatchObject({ calls: 20, refused: 0 });
    expect(await pageText(world.reports, ORG, '/calls/r19/')).toContain('two xxx');
    const ranges = double.log.filter(({ key }) => key === name).map(({ headers, status }) => [headers.range, status]);
    expect(ranges).toEqual([
      ['bytes=0-8388607', 503],
      ['bytes=0-8388607', 206],
      ['bytes=8388608-16777215', 412],
      ['bytes=0-8388607', 206],
      ['bytes=8388608-16777215', 206],
      ['bytes=16777216-25165823', 206],
    ]);
  });
});

describe('a call that is there twice', () => {
  it('is read from the JSONL alone, and from the row again when that is gone', async () => {
    const world = await tenant();
    await putSheet(world.results, ORG, [{ call_id: 'a', topic: 'Row', agent_id: 'bob' }]);
    await build(world, ORG);
    await putCall(world.results, ORG, { id: 'a', call: { overall_score: 10, grade: 'E' } });
    await build(world, ORG);
    expect(await callsOn(world)).toMatchObject([{ id: 'a', agent: 'ann@agents.example', score: 10, passed: false }]);
    expect(await pageText(world.reports, ORG, '/calls/a/')).not.toContain('"Row"');
    await putSheet(world.results, ORG, [{ call_id: 'a', topic: 'Other row' }]);
    expect(await build(world, ORG)).toMatchObject({ read: 0 });
    await world.results.put(`${ORG}/final/v2.0-flat/calls/a.jsonl`, '{');
    expect(await build(world, ORG)).toMatchObject({ calls: 0, refused: 1 });
    await world.results.remove(`${ORG}/final/v2.0-flat/calls/a.jsonl`);
    expect(await build(world, ORG)).toMatchObject({ calls: 1, refused: 0 });
    expect(await pageText(world.reports, ORG, '/calls/a/')).toContain('Other row');
  });

  it('is its last row’s, of the last sheet by name, and that is remarked on', async () => {
    const world = await tenant();
    const named = (summary: string) => ({ call_id: 'a', summary });
    await putSheet(world.results, ORG, [named('first'), { call_id: 'b' }, named('second')], other('2026-02'));
    await build(world, ORG);
    expect(await pageText(world.reports, ORG, '/calls/a/')).toContain('second');
    expect(await pageText(world.reports, ORG, '/about/')).toContain('It has 2 rows in one sheet; the last one counts.');
    await putSheet(world.results, ORG, [named('third')], other('2026-03'));
    await putSheet(world.results, ORG, [named('zeroth')], other('2026-01'));
    await build(world, ORG);
    expect(await pageText(world.reports, ORG, '/calls/a/')).toContain('third');
    expect(await pageText(world.reports, ORG, '/about/')).toContain('It has 4 rows in 3 sheets, by name; the last one');
    await putCall(world.results, ORG, { id: 'a' });
    await build(world, ORG);
    expect(await pageText(world.reports, ORG, '/about/')).not.toContain('rows in');
  });
});

describe('what cannot be read of a sheet', () => {
  it('is refused row by row, with its place and reason, and the others count', async () => {
    const world = await tenant({ ...CONFIG, columns: { call_id: 'Call' } });
    const big = `"${'x'.repeat(9 * 1024 * 1024)}"`;
    const lines = [
      'Call,topic',
      'r1,"two',
      'lines"',
      'r2',
      ' ,x',
      '',
      ',',
      '../up,x',
      `r3,${big}`,
      'a\u0007,x',
      'r4,ok',
    ];
    await world.results.put(`${ORG}/${SHEET}`, `\ufeff${lines.join('\r\n')}\r\n`);
    expect(await build(world, ORG)).toMatchObject({ calls: 2, refused: 5 });
    expect(await refusedIn(world)).toEqual(
      [
        ['row-fields', 'row 3: it has 1 field where the header has 2'],
        ['row-no-id', 'row 4: it has no call id'],
        ['row-unusable-id', 'row 7: its call id cannot be used'],
        ['row-too-large', 'row 8: it is larger than 1 MB'],
        ['row-unusable-id', 'row 9: its call id cannot be used'],
      ].map(([code, reason]) => ({ key: SHEET, code, reason })),
    );
    expect(await pageText(world.reports, ORG, '/about/')).toContain('row 4: it has no call id');
    await putSheet(world.results, ORG, []);
    await build({ ...world, config: memoryStore() }, ORG);
    expect(await refusedIn(world)).toEqual([]);
  });

  it.each<[string, string | Uint8Array, string]>([
    ['empty', '', 'the file is empty'],
    ['nothing but a mark', '\ufeff', 'the file is empty'],
    ['nothing but blank rows', '\n\n,,\n', 'the file is empty'],
    ['UTF-16', new Uint8Array(Buffer.from('\ufeffcall_id\nr1\n', 'utf16le')), 'the text is not UTF-8'],
    [
      'UTF-16 without a mark',
      new Uint8Array(Buffer.from('call_id\nr1\n', 'utf16le')),
      'its header holds NUL characters',
    ],
    [
      'without a header',
      'r1,2026-03-30\n',
      'its first row has no column "call_id"; columns must be separated by commas',
    ],
    ['in other columns', 'call_id;topic\nr1;x\n', 'columns must be separated by commas'],
    ['with a column twice', 'call_id,topic,topic\nr1,x,y\n', 'its header has the column "topic" twice'],
    ['with a rule’s column twice', 'call_id,qa_x_pass,qa_x_pass\nr1,1,0\n', 'a column of one rule twice'],
    ['ended by CR alone', 'call_id,topic\rr1,x\rr2,y\r', 'its lines end in CR alone'],
    ['with a header that never ends', 'call_id,"topic\nr1,x\n', 'a quote in its header is not closed'],
    ['not UTF-8 in its last row', new Uint8Array([...Buffer.from('call_id\nr1\n'), 0xe9]), 'the text is not UTF-8'],
  ])('is refused whole where it is %s, and its calls are gone', async (_what, body, reason) => {
    const world = await tenant();
    await putCall(world.results, ORG, { id: 'j1' });
    await putSheet(world.results, ORG, [{ call_id: 'r1', summary: 'Q7xGone' }]);
    await build(world, ORG);
    await world.results.put(`${ORG}/${SHEET}`, body);
    expect(await build(world, ORG)).toMatchObject({ calls: 1, refused: 1, deleted: 1 });
    expect(await refusedIn(world)).toEqual([
      { key: SHEET, code: expect.any(String), reason: expect.stringContaining(reason) },
    ]);
    expect(await findText(world.reports, 'Q7xGone')).toEqual([]);
    await putSheet(world.results, ORG, [{ call_id: 'r1' }]);
    expect(await build(world, ORG)).toMatchObject({ calls: 2, refused: 0 });
  });

  it('is no problem where there are no rows, unknown columns, odd names or more in other folders', async () => {
    const world = await tenant();
    await world.results.put(`${ORG}/${SHEET}`, 'call_id,topic\n');
    expect(await build(world, ORG)).toMatchObject({ published: true, calls: 0, refused: 0 });
    const columns = ['call_id', '__proto__', 'constructor', 'toString', '', ''];
    await world.results.put(`${ORG}/${SHEET}`, csvOf(columns, [{ call_id: '__proto__' }, { call_id: 'constructor' }]));
    await world.results.put(`${ORG}/final/v2.0-flat/calls/sub/x.csv`, 'call_id\nz\n');
    await world.results.put(`${ORG}/final/v2.0-flat/qa/x.csv`, 'call_id\nz\n');
    expect(await build(world, ORG)).toMatchObject({ calls: 2, refused: 0 });
    expect((await callsOn(world, 'undated')).map(({ id }) => id)).toEqual(['__proto__', 'constructor']);
    expect(await pageText(world.reports, ORG, '/about/')).toContain('final/v2.0-flat/calls/sub/x.csv');
  });

  it('is counted in full and named as far as 1,000 rows', async () => {
    const world = await tenant();
    await world.results.put(`${ORG}/${SHEET}`, `call_id,topic\n${'x\n'.repeat(2500)}`);
    expect(await build(world, ORG)).toMatchObject({ calls: 0, refused: 2500 });
    const refused = await refusedIn(world);
    expect(refused).toHaveLength(1000);
    expect(refused[999]?.reason).toContain('row 1001:');
    expect(await statusOf(world)).toMatchObject({ refusedMore: 1500, refusedByCode: { 'row-fields': 2500 } });
  });
});

describe('a row that is gone', () => {
  it.each<[string, (results: Store) => Promise<unknown>]>([
    ['from its sheet', (results) => putSheet(results, ORG, [{ call_id: 'b' }])],
    ['with its sheet', (results) => results.remove(`${ORG}/${SHEET}`)],
  ])('%s leaves no byte in the store, older builds included', async (_how, remove) => {
    const marker = 'Q7xErased';
    const world = await tenant();
    await putCall(world.results, ORG, { id: 'j1' });
    await putSheet(world.results, ORG, [{ call_id: 'b' }, { call_id: 'gone-1', summary: marker }]);
    await build(world, ORG);
    await putCall(world.results, ORG, { id: 'j2' });
    await build(world, ORG);
    await remove(world.results);
    await build(world, ORG);
    expect(await findText(world.reports, marker)).toEqual([]);
    expect(await findText(world.reports, 'gone-1')).toEqual([]);
  });

  it('leaves none either where another sheet has a row for the same call', async () => {
    const marker = 'Q7xErased';
    const world = await tenant();
    await putSheet(world.results, ORG, [{ call_id: 'a', summary: 'kept' }], other('1'));
    await putSheet(world.results, ORG, [{ call_id: 'a', summary: marker }], other('2'));
    await build(world, ORG);
    await world.results.remove(`${ORG}/${other('2')}`);
    await build(world, ORG);
    expect(await pageText(world.reports, ORG, '/calls/a/')).toContain('kept');
    expect(await findText(world.reports, marker)).toEqual([]);
  });
});

it('publishes no byte of an outside party’s number that a sheet holds anywhere, where masking is on', async () => {
  const base = await tenant({ ...CONFIG, masking: true, metadata: { Queue: 'queue' } });
  const world = { ...base, maskingKey: 'k'.repeat(32) };
  await world.config.put(`${ORG}/ai-config.json`, '{"json_output_schema": {"mood": "", "next_steps": []}}');
  const number = '+441632960417';
  const said = `${number} / 01632 960 417`;
  const names = [
    'agent_id',
    'summary',
    'topic',
    'mood',
    'queue',
    'notes',
    'grade',
    'duration_seconds',
    'sentiment_score',
  ];
  await putSheet(world.results, ORG, [
    {
      ...Object.fromEntries(names.map((name) => [name, said])),
      call_id: 'r1',
      calling_party: number,
      next_steps: JSON.stringify([said, { [said]: said }, 441632960417]),
      qa_rule_1_name: said,
      qa_rule_1_description: said,
      qa_greeting_pass: said,
      qa_greeting_score: '5',
      qa_greeting_reason: said,
      [`qa_${said}_pass`]: 'true',
    },
    { call_id: 'r1', calling_party: number, called_party: 'ann@agents.example' },
    { call_id: ' ', summary: said },
  ]);
  await world.results.put(
    `${ORG}/enriched/r2.json`,
    JSON.stringify({ transcript: [{ speaker: said, text: said, start_time: 0, end_time: 1 }] }),
  );
  await putSheet(world.results, ORG, [{ call_id: 'r2', calling_party: number, summary: said }], other('2'));
  await world.results.put(`${ORG}/${other('3')}`, `call_id,${said}\nr3\n"${said}`);
  await build(world, ORG);
  await putSheet(world.results, ORG, [{ call_id: 'r1', calling_party: number, topic: said }]);
  await build(world, ORG);
  expect(await pageText(world.reports, ORG, '/calls/r2/')).toContain('••17-');
  for (const text of ['960417', '960 417', '1632960']) expect(await findText(world.reports, text)).toEqual([]);
});
