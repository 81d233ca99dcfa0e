/** Two engines, one truth: the fold in TypeScript and DuckDB over the same day files agree on every cell of every cube. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cell, type Counts, type Cube, emptyCounts } from '#shared/counts/cube.ts';
import { DEMO_ORGS, demoWorld } from '../fixtures/demo-world.ts';
import { isLong } from '../fixtures/long.ts';
import { bucketsOf, type ExpectedTenant } from '../fixtures/tenants.ts';
import { build, CONFIG, memoryWorld, pageJson, putCall, putSheet, rule } from '../fixtures/world.ts';
import { decodeText, decompress } from '../lib/bytes.ts';
import { ruleId } from '../normalize/rules.ts';
import { readPointer } from '../publish/read.ts';
import type { Store } from '../store/store.ts';
import { readCounts } from './months.ts';
import type { State } from './state.ts';
import { stateReader } from './state-files.ts';

const SQL = readFileSync(new URL('./oracle.sql', import.meta.url), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'cci-oracle-'));
let duckdb: DuckDBConnection;
beforeAll(async () => {
  const options = { autoinstall_known_extensions: 'false', autoload_known_extensions: 'false', threads: '2' };
  duckdb = await (await DuckDBInstance.create(':memory:', options)).connect();
  await duckdb.run("SET TimeZone = 'UTC'");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
const listed = (texts: string[]) => `[${texts.map(quoted).join(', ')}]::VARCHAR[]`;
const rowsOf = async (table: string) => (await duckdb.runAndReadAll(`FROM ${table}`)).getRowObjectsJS();

/** The cubes as DuckDB counts them: day → agent → cell. */
async function countedBySql(reports: Store, org: string, days: State['days'], zone: string, critical: string[]) {
  const files: string[] = [];
  for (const [name, { blob }] of Object.entries(days)) {
    const file = join(folder, `${name}.ndjson.gz`);
    writeFileSync(file, (await reports.get(`${org}/${blob}`))?.body ?? '');
    files.push(file);
  }
  await duckdb.run(
    `SET VARIABLE files = ${listed(files)}; SET VARIABLE zone = ${quoted(zone)}; SET VARIABLE critical = ${listed(critical)}`,
  );
  await duckdb.run(SQL);
  const cells = new Map<string, Cell>();
  for (const { day, agent, ...counts } of await rowsOf('counts')) {
    const numbers = Object.fromEntries(Object.entries(counts).map(([name, value]) => [name, Number(value)]));
    cells.set(`${day} ${agent}`, {
      counts: {
        ...emptyCounts(),
        ...(numbers as unknown as Counts),
        grades: {},
        scores: {},
        failedScores: {},
        hours: {},
      },
      rules: {},
    });
  }
  for (const { day, agent, grade, calls } of await rowsOf('grades')) {
    (cells.get(`${day} ${agent}`) as Cell).counts.grades[String(grade)] = Number(calls);
  }
  for (const { day, agent, tens, calls, failed } of await rowsOf('scores')) {
    const { counts } = cells.get(`${day} ${agent}`) as Cell;
    counts.scores[String(tens)] = Number(calls);
    if (Number(failed) > 0) counts.failedScores[String(tens)] = Number(failed);
  }
  for (const { day, agent, hour, calls } of await rowsOf('hours')) {
    (cells.get(`${day} ${agent}`) as Cell).counts.hours[String(hour)] = Number(calls);
  }
  for (const { day, agent, rule: name, evaluated, passed } of await rowsOf('rules')) {
    (cells.get(`${day} ${agent}`) as Cell).rules[String(name)] = {
      evaluated: Number(evaluated),
      passed: Number(passed),
    };
  }
  const moved = await duckdb.runAndReadAll('SELECT day, own_day FROM calls WHERE day <> own_day');
  return { cells, movedDays: moved.getRowObjectsJS() };
}

const cellsOf = (cubes: [string, Cube][]): Map<string, Cell> =>
  new Map(
    cubes.flatMap(([day, { agents }]) =>
      Object.entries(agents).map(([agent, cell]) => [`${day} ${agent}`, cell] as const),
    ),
  );

/** Build one organization and have both engines count it. @returns cells compared */
async function agree(
  world: ReturnType<typeof memoryWorld>,
  org: string,
  zone: string,
  critical: string[],
): Promise<number> {
  await build(world, org);
  return agreeOn(world.reports, org, zone, critical);
}

/** Have both engines count a site that is there. @returns cells compared */
async function agreeOn(reports: Store, org: string, zone: string, critical: string[]): Promise<number> {
  const current = await readPointer(reports, org);
  const object = await reports.get(`${org}/${current?.pointer.state.blob}`);
  const state = JSON.parse(decodeText(await decompress(object?.body ?? new Uint8Array()))) as State;
  const sql = await countedBySql(reports, org, state.days, zone, critical.map(ruleId));
  const { cubes } = await readCounts(stateReader(reports, org), state.months);
  const own = cellsOf([...cubes]);
  expect(sql.movedDays).toEqual([]);
  const sorted = (cells: Map<string, Cell>) =>
    JSON.parse(JSON.stringify(Object.fromEntries([...cells].sort(([a], [b]) => (a < b ? -1 : 1)))));
  expect(sorted(own)).toEqual(sorted(sql.cells));
  return own.size;
}

it('has a pass without a score, and a score that fails by the record’s own word, in the figures that they support', async () => {
  const world = memoryWorld();
  await putSheet(world.results, 'org_1', [
    { call_id: 'a', overall_score: '', qa_overall_pass: 'true', called_party: 'x' },
    { call_id: 'b', overall_score: '90', qa_overall_pass: 'false', called_party: 'x' },
    { call_id: 'c', overall_score: '', called_party: 'x' },
  ]);
  expect(await agree(world, 'org_1', 'UTC', [])).toBe(1);
  const { totals } = await pageJson<{ totals: object }>(world.reports, 'org_1', '/data/overview.json');
  expect(totals).toMatchObject({ qaEvaluated: 2, qaPassed: 1, qaPassRate: 0.5, qaScored: 1, qaAverageScore: 90 });
  expect(totals).toMatchObject({ calls: 3, evaluatedWithoutScore: 1, notEvaluated: 0 });
});

describe('DuckDB and the fold agree', () => {
  it('on the demo’s tenants', async () => {
    const world = await demoWorld();
    const zones = ['Europe/London', 'America/New_York'];
    for (const [i, org] of DEMO_ORGS.entries()) {
      const config = JSON.parse(new TextDecoder().decode((await world.config.get(`${org}/report-config.json`))?.body));
      expect(config.timeZone).toBe(zones[i]);
      expect(await agreeOn(world.reports, org, config.timeZone, config.criticalRules)).toBeGreaterThan(200);
    }
  });

  it('on the tenants with expected figures', async () => {
    const agreeIn = async (org: ExpectedTenant, zone: string, critical: string[]) =>
      agree(memoryWorld(await bucketsOf(org)), org, zone, critical);
    expect(await agreeIn('it-helpdesk', 'UTC', [])).toBeGreaterThan(20);
    expect(await agreeIn('odd-cases', 'Europe/London', ['Identity verified'])).toBeGreaterThan(5);
  });

  const score = fc.integer({ min: 0, max: 10_000 }).map((hundredths) => hundredths / 100);
  const call = fc.record({
    start: fc.option(fc.date({ min: new Date('2018-01-01'), max: new Date('2026-12-31'), noInvalidDate: true })),
    duration: fc.option(fc.integer({ min: 0, max: 5_000_000 }).map((thousandths) => thousandths / 1000)),
    direction: fc.constantFrom('inbound', 'outbound', 'internal', 'unknown'),
    hasHour: fc.boolean(),
    agent: fc.constantFrom('ann', 'bob', 'o’neil', '__proto__', '"x"', 'Ann', ' ANN  Lee', 'ann lee'),
    positive: fc.integer({ min: 0, max: 100 }).map((n) => n / 100),
    label: fc.constantFrom('positive', 'neutral', 'negative', 'mixed', 'odd', null),
    score,
    rules: fc.array(
      fc.record({
        name: fc.constantFrom('A', 'a ', 'B', 'constructor', "it's"),
        pass: fc.constantFrom(true, false, undefined),
        score,
      }),
      { maxLength: 4 },
    ),
    rowsOf: fc.constantFrom('this run', 'another run', 'none'),
    asRow: fc.boolean(),
    ownSentiment: fc.constantFrom('', '-0.25', '0,5'),
    ownPass: fc.constantFrom('', 'true', 'false'),
    hasScore: fc.boolean(),
  });
  type Generated = typeof call extends fc.Arbitrary<infer Each> ? Each : never;
  const rowOf = (each: Generated, id: string) => ({
    call_id: id,
    started_at: (each.hasHour ? each.start?.toISOString() : each.start?.toISOString().slice(0, 10)) ?? '',
    ended_at: '',
    duration_seconds: String(each.duration ?? ''),
    direction: each.direction,
    called_party: `${each.agent}@agents.example`,
    agent_id: each.direction === 'internal' ? each.agent : '',
    sentiment: each.label ?? '',
    sentiment_positive: String(each.positive),
    sentiment_score: each.ownSentiment,
    overall_score: each.hasScore ? String(each.score) : '',
    grade: 'C',
    qa_overall_pass: each.ownPass,
    ...Object.fromEntries(
      [0, 1, 2, 3].flatMap((n) => [
        [`qa_rule_${n}_name`, each.rules[n]?.name ?? ''],
        [`qa_rule_${n}_pass`, String(each.rules[n]?.pass ?? '')],
        [`qa_rule_${n}_score`, String(each.rules[n]?.score ?? '')],
      ]),
    ),
  });

  it.each(['Europe/Madrid', 'America/Sao_Paulo', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Apia', 'UTC'])(
    'on generated calls of both forms, in the days of %s',
    async (timeZone) => {
      await fc.assert(
        fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 30 }), async (calls) => {
          const world = memoryWorld();
          const config = { ...CONFIG, timeZone, criticalRules: ['a'], shortestCallSeconds: 30 };
          await world.config.put('org_1/report-config.json', JSON.stringify(config));
          const rows = calls.flatMap((each, i) => (each.asRow ? [rowOf(each, `c${i}`)] : []));
          await putSheet(world.results, 'org_1', rows);
          for (const [i, each] of calls.entries()) {
            if (each.asRow) continue;
            const qa = each.rules.map((row) =>
              rule(row.name, {
                pass: row.pass,
                score: row.score,
                ...(each.rowsOf === 'another run' && { grade: 'Z' }),
              }),
            );
            await putCall(world.results, 'org_1', {
              id: `c${i}`,
              call: {
                start_timestamp: each.start?.toISOString() ?? null,
                end_timestamp: null,
                duration_seconds: each.duration,
                direction: each.direction,
                to_number: `${each.agent}@agents.example`,
                positive: each.positive,
                overall: each.label,
                overall_score: each.score,
              },
              qa: each.rowsOf === 'none' ? null : qa,
            });
          }
          await agree(world, 'org_1', timeZone, ['a']);
        }),
        { numRuns: Number(process.env.CCI_RUNS ?? (isLong ? 20 : 8)) },
      );
    },
  );
});
