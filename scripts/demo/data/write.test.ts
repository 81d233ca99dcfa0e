import { beforeAll, describe, expect, it } from 'vitest';
import { decodeText } from '../../../generator/lib/bytes.ts';
import { memoryStore } from '../../../generator/store/memory.ts';
import type { Store } from '../../../generator/store/store.ts';
import { markerKey } from './marker.ts';
import { demoPeople, demoTenants, tenants } from './tenants.ts';
import { type DemoOptions, type DemoStores, writeDemoData } from './write.ts';

const now = new Date('2026-04-02T09:00:00Z'); // a few days after clocks went forward in London
const newStores = (): DemoStores => ({ results: memoryStore(), config: memoryStore(), input: memoryStore() });

async function bodies(store: Store): Promise<Map<string, string>> {
  const all = new Map<string, string>();
  for await (const { key } of store.list('')) {
    const object = await store.get(key);
    if (object) all.set(key, Buffer.from(object.body).toString('latin1'));
  }
  return all;
}

async function written(options: Partial<DemoOptions> = {}) {
  const stores = newStores();
  const result = await writeDemoData(stores, { now, ...options });
  return { stores, result, results: await bodies(stores.results) };
}

interface Sample {
  id: string;
  call: Record<string, unknown>;
  rows: Record<string, unknown>[];
  qa: string | undefined;
  transcript: { speaker: string; start_time: number; end_time: number; text: string }[];
}

/** Calls whose record and transcript can be read. */
function samples(results: Map<string, string>, org: string): Sample[] {
  const folder = `${org}/final/v2.0-flat/calls/`;
  return [...results].flatMap(([key, body]) => {
    if (!key.startsWith(folder) || !key.endsWith('.jsonl')) return [];
    const id = key.slice(folder.length, -'.jsonl'.length);
    const text = (latin: string | undefined): string => Buffer.from(latin ?? '', 'latin1').toString();
    try {
      const qa = results.get(`${org}/final/v2.0-flat/qa/${id}.jsonl`);
      const rows = text(qa)
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line));
      const { transcript } = JSON.parse(text(results.get(`${org}/enriched/${id}.json`)));
      return [{ id, call: JSON.parse(text(body)), rows, qa, transcript }];
    } catch {
      return [];
    }
  });
}

const [first, second] = tenants.map(({ org }) => org) as [string, string];

describe('writeDemoData', () => {
  let whole: Awaited<ReturnType<typeof written>>;
  let of: Record<string, Sample[]>;

  beforeAll(async () => {
    whole = await written();
    of = Object.fromEntries(tenants.map(({ org }) => [org, samples(whole.results, org)]));
  });
  const calls = (org: string): Sample[] => of[org] ?? [];
  const all = (): Sample[] => tenants.flatMap(({ org }) => calls(org));

  it('gives the same bytes for the same seed and day, and others for another seed', async () => {
    const again = await written({ now: new Date('2026-04-02T18:00:00Z') });
    expect(again.results).toEqual(whole.results);
    const other = await written({ seed: 2, days: 3 });
    expect([...other.results.keys()].filter((key) => key.endsWith('.jsonl') && whole.results.has(key))).toEqual([]);
  });

  it('writes nothing a second time', async () => {
    const before = await bodies(whole.stores.results);
    const result = await writeDemoData(whole.stores, { now });
    expect(result).toEqual({ written: 0, tenants: whole.result.tenants });
    expect(await bodies(whole.stores.results)).toEqual(before);
  });

  it('moves on by a day: deletes the oldest, keeps what is older than the last week as it is', async () => {
    const { stores, results } = await written({ days: 12 });
    await writeDemoData(stores, { now: new Date('2026-04-03T09:00:00Z'), days: 12 });
    const later = await bodies(stores.results);
    expect(later).toEqual((await written({ days: 12, now: new Date('2026-04-03T09:00:00Z') })).results);
    const dayOf = new Map(all().map(({ id, call }) => [id, String(call.start_timestamp).slice(0, 10)]));
    for (const [key, body] of results) {
      const day = dayOf.get(/([^/]+)\.jsonl?$/.exec(key)?.[1] ?? '');
      if (!day || day === 'null') continue;
      if (day < '2026-03-22') expect(later.has(key), key).toBe(false);
      else if (day < '2026-03-25') expect(later.get(key), key).toBe(body);
    }
  });

  it('tells a change feed of every key that it wrote or removed', async () => {
    const events = memoryStore();
    const stores = { ...newStores(), events };
    const options = { days: 3, callsPerDay: [2, 2] as [number, number] };
    const told = async () => {
      const keys: string[] = [];
      for (const [key, body] of await bodies(events)) {
        expect([first, second]).toContain(key.split('/')[0]);
        keys.push(...(JSON.parse(body) as { keys: string[] }).keys);
        await events.remove(key);
      }
      return keys.sort();
    };
    await writeDemoData(stores, { now, ...options });
    const before = await bodies(stores.results);
    expect(await told()).toEqual([...before.keys()].filter((key) => key !== markerKey).sort());
    await writeDemoData(stores, { now: new Date(now.getTime() + 86_400_000), ...options });
    const after = await bodies(stores.results);
    const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
      (key) => before.get(key) !== after.get(key),
    );
    expect(await told()).toEqual(changed.filter((key) => key !== markerKey).sort());
  });

  it('ends on the local yesterday, and that day is complete', async () => {
    expect(whole.result.tenants.map(({ lastDay }) => lastDay)).toEqual(['2026-04-01', '2026-04-01']);
    const early = await written({ now: new Date('2026-04-02T02:00:00Z'), days: 2 });
    expect(early.result.tenants.map(({ lastDay }) => lastDay)).toEqual(['2026-04-01', '2026-03-31']);
    const newest = (org: string) =>
      calls(org)
        .map(({ call }) => String(call.processing_timestamp))
        .toSorted()
        .at(-1);
    expect(newest(first)).toBe('2026-04-01T23:04:00Z');
    expect(newest(second)).toBe('2026-04-02T04:04:00Z');
  });

  it('holds 60 days of 10 to 40 calls in working hours', () => {
    for (const { org, timeZone } of tenants) {
      const perDay = new Map<string, number>();
      for (const { call } of calls(org)) {
        if (typeof call.start_timestamp !== 'string') continue;
        const local = new Date(call.start_timestamp).toLocaleString('sv', { timeZone });
        perDay.set(local.slice(0, 10), (perDay.get(local.slice(0, 10)) ?? 0) + 1);
        const hour = Number(local.slice(11, 13));
        expect(hour >= 8 && hour < 20, local).toBe(true);
      }
      expect(perDay.size).toBe(60);
      // One call a day at most is undated or cannot be read.
      for (const [day, n] of perDay) expect(n >= 9 && n <= 40, `${day}: ${n}`).toBe(true);
    }
  });

  it('quotes evidence word for word from the transcript', () => {
    let quotes = 0;
    for (const { id, rows, transcript } of all()) {
      for (const { evidence } of rows) {
        if (typeof evidence !== 'string') continue;
        quotes++;
        expect(
          transcript.some(({ text }) => text.includes(evidence)),
          `${id}: ${evidence}`,
        ).toBe(true);
      }
    }
    expect(quotes).toBeGreaterThan(10_000);
  });

  it('scores a call by the weighted mean of its rules', () => {
    for (const { id, call, rows } of all()) {
      if (new Set(rows.map((row) => row.rule_name)).size < rows.length) continue;
      if (rows.length === 0 || rows[0]?.overall_score !== call.overall_score) continue;
      const weight = rows.reduce((sum, row) => sum + Number(row.weight), 0);
      const mean = rows.reduce((sum, row) => sum + Number(row.score) * Number(row.weight), 0) / weight;
      expect(call.overall_score, id).toBeCloseTo(mean, 1);
      const floors = { A: 90, B: 80, C: 70, D: 60, E: 0 };
      const grade = Object.entries(floors).find(([, floor]) => Number(call.overall_score) >= floor)?.[0];
      expect(call.grade, id).toBe(grade);
    }
  });

  it('keeps turns in order and within the call', () => {
    for (const { id, call, transcript } of all()) {
      if (call.duration_seconds === null) continue;
      const last = transcript.at(-1);
      expect(last && last.end_time <= Number(call.duration_seconds), id).toBe(true);
      for (const { start_time, end_time } of transcript) expect(end_time >= start_time, id).toBe(true);
      expect(transcript.length, id).toBeLessThanOrEqual(40);
    }
  });

  it('leaves no slot or mark unfilled', () => {
    for (const [key, body] of whole.results) {
      if (key.startsWith(second) || key.startsWith(first))
        expect(/\{\w+\}|Â«|Â»|~\d|undefined/.test(body), key).toBe(false);
    }
  });

  it('differs between the tenants', () => {
    const text = (org: string) => calls(org).flatMap(({ transcript }) => transcript.map(({ text }) => text));
    expect(text(first).filter((line) => /[.?]$/.test(line)).length).toBeGreaterThan(10_000);
    expect(text(second).filter((line) => /[.,?!]|[A-HJ-OQ-Z]/.test(line))).toEqual([]);
    expect(new Set(calls(second).map(({ call }) => call.direction))).toEqual(new Set(['unknown']));
    expect(new Set(calls(first).map(({ call }) => call.direction))).toEqual(
      new Set(['inbound', 'outbound', 'internal', 'unknown']),
    );
  });

  it('tells of a rule that got worse in the last week, mostly in one team', () => {
    const agents = tenants[0]?.agents ?? [];
    const rate = (from: string, to: string, south: boolean): number => {
      const rows = calls(first)
        .filter(({ call }) => String(call.start_timestamp) >= from && String(call.start_timestamp) < to)
        .filter(({ call }) => {
          const ends = [call.from_number, call.to_number];
          return (agents.find(({ id }) => ends.includes(id))?.team === 'South') === south;
        })
        .flatMap(({ rows }) => rows.filter((row) => row.rule_name === 'Confirms next step'));
      return rows.filter((row) => row.pass === true).length / rows.length;
    };
    expect(rate('2026-02-01', '2026-03-26', true)).toBeGreaterThan(0.8);
    expect(rate('2026-03-26', '2026-04-03', true)).toBeLessThan(0.6);
    expect(rate('2026-03-26', '2026-04-03', false)).toBeGreaterThan(0.75);
  });

  it('has callers who come back within a week', () => {
    for (const { org } of tenants) {
      const recent = calls(org).filter(({ call }) => String(call.start_timestamp) >= '2026-03-26');
      const counts = Map.groupBy(recent, ({ call }) => call.from_number);
      const outside = [...counts].filter(([number, { length }]) => String(number).startsWith('+') && length >= 3);
      expect(outside.length).toBeGreaterThan(0);
    }
  });

  it.each(tenants)('has every odd state: $name', ({ org }) => {
    const has = (test: (sample: Sample) => boolean) => expect(calls(org).filter(test).length).toBeGreaterThan(0);
    const empty = ({ score, pass, evidence }: Sample['rows'][number]) =>
      score === 0 && pass === false && evidence === null;
    has(({ rows, call }) => rows.length > 0 && rows.every(empty) && call.grade === 'E' && call.summary === null);
    has(({ qa }) => qa === '\n');
    has(({ call }) => call.neutral === 1 && call.confidence === 0);
    has(({ call }) => call.start_timestamp === null && call.from_number === null && call.duration_seconds === null);
    has(({ call }) => Number(call.duration_seconds) < 30);
    has(({ call }) => call.overall === 'mixed');
    has(({ transcript }) => transcript.some(({ text }) => text.includes('[PII]')));
    has(({ rows }) => rows.some((row) => row.pass === 'true' && typeof row.score === 'string' && 'mood' in row));
    has(({ rows }) => rows.some((row) => !('pass' in row)));
    has(({ transcript }) => transcript.length === 2 && transcript.every((turn) => turn.end_time === 0));
    has(({ transcript }) => transcript.length === 1 && transcript[0]?.speaker === 'unknown');
    has(({ rows }) => new Set(rows.map((row) => row.rule_name)).size < rows.length);
    has(({ rows, call }) => rows[0] !== undefined && rows[0].overall_score !== call.overall_score);
    has(({ transcript }) => transcript.some(({ text }) => text.includes('<script>')));
    expect(calls(org).filter(({ qa }) => qa === undefined).length).toBe(2);

    const bodiesOf = (folder: string) => [...whole.results].filter(([key]) => key.startsWith(`${org}/${folder}/`));
    const refused = bodiesOf('final/v2.0-flat/calls').filter(([key, body]) => {
      if (!key.endsWith('.jsonl')) return false;
      try {
        return typeof JSON.parse(body) !== 'object';
      } catch {
        return true;
      }
    });
    expect(refused.length).toBe(5);
    expect(refused.some(([, body]) => body === '')).toBe(true);
    expect(refused.some(([, body]) => body.includes('NaN'))).toBe(true);
    expect(refused.some(([, body]) => body.startsWith('\u00ff\u00fe'))).toBe(true);
    expect(refused.some(([, body]) => body.split('\n').length === 3)).toBe(true);
    expect(bodiesOf('enriched').filter(([, body]) => !body.endsWith('}')).length).toBe(1);
    expect(whole.results.has(`${org}/final/v2.0-flat/calls/notes.txt`)).toBe(true);
    const analysed = bodiesOf('final/v2.0-flat/calls').length - 1;
    expect(bodiesOf('enriched').length).toBe(analysed + 3);
  });

  it('writes the marker, the configuration and a little of the provider’s metadata', async () => {
    const marker = JSON.parse(whole.results.get(markerKey) ?? '');
    expect(marker).toMatchObject({ synthetic: true, seed: 1, lastDay: '2026-04-01' });
    const config = await bodies(whole.stores.config);
    for (const { org } of tenants) {
      for (const name of ['qa-config.json', 'ai-config.json', 'report-config.json'])
        expect(JSON.parse(config.get(`${org}/${name}`) ?? '')).toBeTypeOf('object');
    }
    expect(config.has(`${first}/logo.svg`)).toBe(true);
    expect((await bodies(whole.stores.input)).size).toBeGreaterThan(4);
  });

  it('has the configured metadata in the v1.0 records', async () => {
    const config = await bodies(whole.stores.config);
    for (const { org } of tenants) {
      const { metadata } = JSON.parse(config.get(`${org}/report-config.json`) ?? '') as {
        metadata: Record<string, string>;
      };
      const { id } = calls(org).find(({ call }) => call.start_timestamp) ?? { id: '' };
      const record = JSON.parse(whole.results.get(`${org}/final/v1.0/${id}.json`) ?? '');
      for (const path of Object.values(metadata)) {
        const value = path.split('.').reduce((inner, key) => inner?.[key], record.raw.metadata);
        expect(value, path).not.toBeUndefined();
      }
    }
  });

  it('takes the number of days and calls it is given', async () => {
    const progress: number[] = [];
    const { result } = await written({ days: 5, callsPerDay: [100, 100], progress: (done) => progress.push(done) });
    // From Saturday 28 March: three working days of 100 and two days of 35 to 50.
    expect(result.tenants[0]?.calls).toBeGreaterThanOrEqual(370);
    expect(result.tenants[0]?.calls).toBeLessThanOrEqual(400);
    expect(progress.at(-1)).toBe(result.tenants.reduce((sum, { calls }) => sum + calls, 0));
  });

  it('refuses a store with somebody else’s data', async () => {
    const stores = newStores();
    await stores.results.put('org_real/enriched/a.json', '{}');
    await expect(writeDemoData(stores, { now })).rejects.toThrow(
      'already holds "org_real", which the demo did not write',
    );
    expect((await bodies(stores.results)).size).toBe(1);
  });
});

describe('demoTenants', () => {
  it('names who can sign in: somebody in both organizations, somebody in none', () => {
    expect(demoTenants.map(({ org }) => org)).toEqual([first, second]);
    for (const { org } of demoTenants) expect(org).toMatch(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/);
    expect(demoPeople.map(({ orgs }) => orgs.length).toSorted()).toEqual([0, 1, 1, 2]);
  });

  it('gives valid JSON to whoever decodes it', () => {
    for (const { files } of tenants)
      for (const { name, body } of files)
        if (name.endsWith('.json')) expect(() => JSON.parse(decodeText(Buffer.from(body)))).not.toThrow();
  });
});
