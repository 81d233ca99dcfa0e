import { decodeText } from '../../lib/bytes.ts';
import { memoryStore } from '../../store/memory.ts';
import { PreconditionFailed, type Store } from '../../store/store.ts';
import { everything } from '../../store/testing/watched.ts';
import { advance } from '../advance.ts';
import { replay } from '../again/replay.ts';
import { statusOf } from '../again/status.ts';
import type { EvaluationAnswer } from '../answers.ts';
import { STAGES } from '../record.ts';
import { runOrganization } from '../run.ts';
import { NOTHING_SPENT } from '../spent.ts';
import { type Around, steppedStore } from './stepped.ts';
import { START, spoken, type TestWorld, testWorld } from './world.ts';

const CALLS = ['a', 'b'];
const SIGNAL = new AbortController().signal;
const HOUR = 60 * 60_000;

/** What one schedule came to. */
export interface Walked {
  crashes: number;
  replays: number;
  pauses: number;
  /** `engine call` → how often it was asked. */
  asked: Map<string, number>;
  /** What is wrong: none where all is well. */
  wrong: string[];
}

/** A process of a schedule: it dies at one of its calls, before or after that is done. */
interface Process {
  calls: number;
  dies: number;
  when: 'before' | 'after';
  isDead: boolean;
}

class Died extends Error {}

/** Numbers from 0 to 1, the same of the same seed. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Two processes at once, in an order of their calls of stores and engines that the seed decides. Each makes runs, and works on single calls
 * as events tell it to: some twice, in any order, some never. Some die in the middle. Then the weather clears, and runs go on to the end.
 */
export async function walkSchedule(seed: number): Promise<Walked> {
  const random = randomOf(seed);
  const isMoody = random() < 0.5;
  const has = CALLS.map((id) => spoken(id));
  const stores = { input: memoryStore(), results: memoryStore() };
  const [clock, asked, waiting] = [{ time: START }, [] as string[], [] as (() => void)[]];
  const turn = () => new Promise<void>((go) => void waiting.push(go));
  const walked = { crashes: 0, replays: 0, pauses: 0 };
  const isSlow = random() < 0.3;

  async function live(): Promise<void> {
    for (let life = 0; life < 3; life++) {
      const own: Process = {
        calls: 0,
        dies: random() < 0.6 ? 1 + Math.floor(random() * 90) : Number.POSITIVE_INFINITY,
        when: random() < 0.5 ? 'before' : 'after',
        isDead: false,
      };
      const step = stepsOf(own, turn);
      const world = testWorld({
        has,
        clock,
        asked,
        isMoody,
        isSlow,
        around: step,
        stores: { input: steppedStore(stores.input, step), results: steppedStore(stores.results, step) },
      });
      try {
        for (let action = 0; action < 4; action++) {
          const replays = await act(world, random);
          walked.replays += replays;
        }
      } catch (error) {
        if (!own.isDead) throw error;
        walked.crashes++;
      }
      if (random() > 0.1) continue;
      // Whoever stands still for so long counts as dead to the others.
      clock.time += 20 * 60_000;
      walked.pauses++;
    }
  }

  let isOver = false;
  const work = Promise.all([live(), live()]).finally(() => {
    isOver = true;
  });
  work.catch(() => {});
  while (!isOver) {
    await new Promise((next) => setImmediate(next));
    const [go] = waiting.splice(Math.floor(random() * waiting.length), 1);
    go?.();
  }
  await work;

  const calm = testWorld({ has, clock, asked, isMoody, stores });
  for (let run = 0; run < 4; run++) {
    // A run of another day looks through all objects.
    clock.time += run === 2 ? 24 * HOUR : HOUR;
    await runOrganization(calm, SIGNAL);
  }
  const counted = new Map<string, number>();
  for (const what of asked) counted.set(what, (counted.get(what) ?? 0) + 1);
  return { ...walked, asked: counted, wrong: await wrongIn(calm, counted, walked, isMoody) };
}

/** @returns replays */
async function act(world: TestWorld, random: () => number): Promise<number> {
  const call = CALLS[Math.floor(random() * CALLS.length)] ?? '';
  const kind = random();
  if (kind < 0.45) await runOrganization(world, SIGNAL);
  else if (kind < 0.95)
    await advance(world, call, SIGNAL, { ...NOTHING_SPENT }, STAGES[1 + Math.floor(random() * 3)] ?? 'analyse');
  else if (await replay(world, call, 'analyse').catch(ignoreRaces)) return 1;
  return 0;
}

function ignoreRaces(error: unknown): undefined {
  if (!(error instanceof PreconditionFailed)) throw error;
}

async function wrongIn(
  world: TestWorld,
  asked: ReadonlyMap<string, number>,
  { crashes, replays, pauses }: { crashes: number; replays: number; pauses: number },
  isMoody: boolean,
): Promise<string[]> {
  const wrong: string[] = [];
  const { seen, done, waiting, dead, lost, calls } = await statusOf(world);
  if (done !== CALLS.length || seen !== done + waiting + dead + lost)
    wrong.push(
      `of ${CALLS.length} calls ${done} are done, ${waiting} wait, ${dead} are dead: ${JSON.stringify(calls)}`,
    );
  for (const [what, times] of asked)
    if (times > 1 + crashes + pauses + (what.startsWith('evaluate') ? replays : 0))
      wrong.push(`${what}: ${times} times`);
  if (wrong.length > 0) return wrong;
  for (const call of CALLS) wrong.push(...(await mixtureIn(world.stores.results, call)));
  if (isMoody || replays > 0) return wrong;
  const [is, should] = [await plainOf(world.stores.results), await calmWorld()];
  for (const key of new Set([...is.keys(), ...should.keys()]))
    if (is.get(key) !== should.get(key))
      wrong.push(`${key} differs: ${difference(is.get(key) ?? '', should.get(key) ?? '')}`);
  return wrong;
}

/** Where two texts begin to differ. */
function difference(is: string, should: string): string {
  const at = [...is].findIndex((letter, i) => letter !== should[i]);
  return `…${is.slice(at, at + 60)}… instead of …${should.slice(at, at + 60)}…`;
}

/** Objects of one call that are made of different answers. */
async function mixtureIn(results: Store, call: string): Promise<string[]> {
  const read = async (key: string) => JSON.parse(decodeText((await results.get(`acme/${key}`))?.body ?? EMPTY));
  const { made } = await read(`pipeline/calls/${call}.json`);
  const answer: EvaluationAnswer = await read(`pipeline/answers/${call}/${made?.analyse}.json`);
  const line = await read(`final/v2.0-flat/calls/${call}.jsonl`);
  const v1 = await read(`final/v1.0/${call}.json`);
  const qa = decodeText((await results.get(`acme/final/v2.0-flat/qa/${call}.jsonl`))?.body ?? EMPTY);
  const summary = answer.evaluation?.insights.summary;
  const scores = qa
    .trim()
    .split('\n')
    .map((row) => JSON.parse(row).overall_score);
  const isOne =
    line.summary === summary &&
    v1.ai_insights.summary === summary &&
    scores.every((each) => each === line.overall_score);
  return isOne ? [] : [`${call} is made of more than one answer`];
}
const EMPTY = new TextEncoder().encode('{}');

/** What the report reads, without the times at which it was made. */
export async function plainOf(results: Store): Promise<Map<string, string>> {
  const objects = new Map<string, string>();
  for (const [key, body] of await everything(results))
    if (/^[^/]+\/(?:enriched|final|raw)\//.test(key))
      objects.set(
        key,
        decodeText(body).replaceAll(/"(?:processing_timestamp|transcribe|enrich|analyse)":"[^"]*"/g, '""'),
      );
  return objects;
}

let calm: Promise<Map<string, string>> | undefined;
function calmWorld(): Promise<Map<string, string>> {
  calm ??= (async () => {
    const world = testWorld({ has: CALLS.map((id) => spoken(id)) });
    await runOrganization(world, SIGNAL);
    return plainOf(world.stores.results);
  })();
  return calm;
}

function stepsOf(own: Process, turn: () => Promise<void>): Around {
  const die = (): never => {
    own.isDead = true;
    throw new Died('killed');
  };
  return async (work) => {
    if (own.isDead) throw new Died('killed');
    const call = ++own.calls;
    await turn();
    if (own.isDead || (call === own.dies && own.when === 'before')) die();
    const value = await work();
    if (own.isDead || call === own.dies) die();
    return value;
  };
}
