import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import pMap from 'p-map';
import { type Day, daysTo } from '../../demo/data/calendar.ts';
import { energy } from '../../demo/data/energy.ts';
import { line } from '../../demo/data/files.ts';
import { oddOf } from '../../demo/data/odd.ts';
import { callsOf, planDay } from '../../demo/data/plan.ts';
import { random } from '../../demo/data/random.ts';
import { objectsOf, type Put } from '../../demo/data/records.ts';
import { type Utterance, words } from '../../demo/data/transcript.ts';

export const ORG = energy.org;

/** How many calls, and over how many days. */
export interface Size {
  calls: number;
  days: number;
}

/** What was written. */
interface Written {
  calls: number;
  /** Names of the files of calls of the last three days, in order. */
  late: string[];
}

const RECORDS = `${ORG}/final/v2.0-flat/calls/`;
const LAST_DAYS = 3;
const LAST_DAY = '2026-11-21';
const SEED = 1;
/** Files written at once. */
const AT_ONCE = 16;
/** The demo's calls take two minutes; those of a call centre are three to five times as long. */
const TRANSCRIPT_BYTES = [10_000, 20_000] as const;
/** Calls whose words lengthen those of others. */
const POOL = 64;

interface Enriched {
  transcript: Utterance[];
  analysis_features: { utterance_count: number; word_count: number };
}

/**
 * Write about so many calls of the demo's first tenant as files, laid out as the pipeline lays them out, and none held: each
 * with a transcript of 10 to 20 KB. Plain files without waiting for the disk: what writes them is not measured.
 * @param folder of the stores "results" and "config"
 */
export async function writeCalls(folder: string, { calls, days }: Size, say: (text: string) => void): Promise<Written> {
  const all = daysTo(LAST_DAY, days, energy.timeZone);
  const lastDays = new Set(all.slice(-LAST_DAYS));
  const late: string[] = [];
  const perDay = perWorkingDay(calls, all);
  const pool = talkOf(all[0] as Day, perDay).slice(0, POOL);
  const made = new Set<string>();
  const put = async (store: string, { key, body }: Put): Promise<void> => {
    const path = join(folder, store, key);
    const parent = dirname(path);
    if (!made.has(parent)) await mkdir(parent, { recursive: true });
    made.add(parent);
    await writeFile(path, body);
  };
  for (const { name, body } of energy.files)
    await put('config', { key: `${ORG}/${name}`, body: name === 'report-config.json' ? forBoth(body) : body });
  let done = 0;
  await pMap(
    plansOf(all, perDay),
    async (plan) => {
      const odd = oddOf(plan.day, plan.index, plan.calls, 0);
      const { results } = objectsOf(plan, odd);
      for (const object of odd === undefined ? lengthened(results, pool, done) : results) await put('results', object);
      if (lastDays.has(plan.day))
        late.push(...results.filter(({ key }) => key.startsWith(RECORDS)).map(({ key }) => basename(key)));
      if (++done % Math.ceil(calls / 10) === 0) say(`wrote ${done} of about ${calls} calls`);
    },
    { concurrency: AT_ONCE },
  );
  return { calls: done, late: late.sort() };
}

/** Analyse some calls again, evenly chosen: other bytes under the same key. @param among names of the files of these; without it, of all */
export async function changeCalls(folder: string, count: number, round: number, among?: readonly string[]) {
  const calls = join(folder, 'results', RECORDS);
  const names = among ?? (await readdir(calls)).filter((name) => name.endsWith('.jsonl')).sort();
  const step = Math.max(1, Math.floor(names.length / count));
  for (let i = 0; i < Math.min(count, names.length); i++) {
    const path = join(calls, names[i * step + (round % step)] as string);
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace(/"summary": \["/, `"summary": ["Heard again ${round}. `));
  }
}

function* plansOf(days: readonly Day[], perDay: number) {
  for (const day of days) yield* planDay(energy, SEED, day, callsOf(energy, SEED, day, [perDay, perDay]));
}

/** At weekends there are about 0.43 as many. */
function perWorkingDay(calls: number, days: readonly Day[]): number {
  const weights = days.reduce((sum, { weekday }) => sum + (weekday <= 5 ? 1 : 0.43), 0);
  return Math.max(1, Math.round(calls / weights));
}

const talkOf = (day: Day, perDay: number): Utterance[][] =>
  planDay(energy, SEED, day, Math.max(POOL, perDay)).map(
    (plan) => enrichedOf(objectsOf(plan, undefined).results).transcript,
  );

const enrichedOf = ([enriched]: readonly Put[]): Enriched => JSON.parse(String(enriched?.body)) as Enriched;

/** The call with what others said after it, until it is as long as it should be; its other objects as they are. */
function lengthened(objects: readonly Put[], pool: readonly Utterance[][], nth: number): Put[] {
  const [first, ...rest] = objects;
  if (!first) return [];
  const enriched = enrichedOf(objects);
  const draw = random(SEED, first.key, 'length');
  const wanted = draw.int(...TRANSCRIPT_BYTES);
  const transcript = [...enriched.transcript];
  let bytes = String(first.body).length;
  for (let i = nth; bytes < wanted; i++) {
    const after = (transcript.at(-1)?.end_time ?? 0) + 1;
    for (const turn of pool[i % pool.length] ?? []) {
      transcript.push({ ...turn, start_time: after + turn.start_time, end_time: after + turn.end_time });
      bytes += JSON.stringify(turn).length;
    }
  }
  const features = {
    utterance_count: transcript.length,
    word_count: transcript.reduce((n, { text }) => n + words(text), 0),
  };
  const analysis_features = { ...enriched.analysis_features, ...features };
  return [{ key: first.key, body: line({ ...enriched, transcript, analysis_features }) }, ...rest];
}

/** Without what the older version does not know. Neither sends anything. */
function forBoth(body: string): string {
  const { targets: _targets, views: _views, digest: _digest, phrases: _phrases, ...known } = JSON.parse(body);
  return JSON.stringify(known);
}
