// `npm run bench pipeline`: calls through all stages beside a bare loop over the same doubles, and what a run over many recordings holds.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { runOrganization } from '../../generator/pipeline/run.ts';
import { spoken, type TestWorld, testWorld } from '../../generator/pipeline/testing/world.ts';
import { ROOT } from '../../generator/render/version.ts';
import { bareLoop } from './pipeline/bare.ts';
import { type Bench, machine, median } from './report.ts';

const CALLS = 1000;
const ROUNDS = Number(process.env.CCI_ROUNDS ?? 3);
/** Recordings that an organization has, and those of them that are new. */
export const [MANY, NEW] = [100_000, 1000];
const [MOST_MB, LEAST_SHARE] = [400, 0.1];

const has = Array.from({ length: CALLS }, (_, i) => spoken(`call-${i}`));
const SIGNAL = new AbortController().signal;

export const bench: Bench = async () => {
  const rates: { ours: number[]; bare: number[] } = { ours: [], bare: [] };
  let paid = 0;
  for (let round = 0; round <= ROUNDS; round++) {
    const [world, other] = [testWorld({ has }), testWorld({ has })];
    const ours = await perSecond(world, () => runOrganization(world, SIGNAL));
    const bare = await perSecond(other, () => bareLoop(other, has, SIGNAL));
    paid = world.asked.length / other.asked.length;
    // The first round warms up.
    if (round === 0) continue;
    rates.ours.push(ours);
    rates.bare.push(bare);
  }
  const share = median(rates.ours.map((rate, i) => rate / (rates.bare[i] ?? Number.NaN)));
  const megabytes = await memoryOf();
  const row = (name: string, found: number[]) => [name, Math.round(median(found)).toLocaleString('en-GB')];
  return {
    title: 'The pipeline: recordings to what the report reads',
    command: 'npm run bench pipeline',
    machine: machine(),
    method: `${CALLS.toLocaleString('en-GB')} recordings with doubles of all engines and stores in memory, medians of ${ROUNDS} rounds side by side. The bare loop asks the same engines and writes the same six objects, one after the other, with no record, claim, budget or stored answer: it can neither be killed nor run twice. Memory is that of a process of its own, whose stores hold ${MANY.toLocaleString('en-GB')} calls, ${NEW.toLocaleString('en-GB')} of them new, and are part of it by their keys alone.`,
    tables: [{ head: ['', 'calls a second'], rows: [row('the pipeline', rates.ours), row('a bare loop', rates.bare)] }],
    goals: [
      {
        what: 'speed, of a bare loop',
        goal: `≥ ${LEAST_SHARE}`,
        measured: share.toFixed(2),
        met: share >= LEAST_SHARE,
      },
      {
        what: 'answers that are paid for, of those of the bare loop',
        goal: '1.00',
        measured: paid.toFixed(2),
        met: paid === 1,
      },
      {
        what: `memory of a run over ${MANY.toLocaleString('en-GB')} recordings`,
        goal: `≤ ${MOST_MB} MB`,
        measured: `${Math.round(megabytes)} MB`,
        met: megabytes <= MOST_MB,
      },
    ],
  };
};

async function perSecond(world: TestWorld, work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  if (world.asked.length < CALLS * 3) throw new Error(`only ${world.asked.length} answers`);
  return CALLS / ((performance.now() - started) / 1000);
}

async function memoryOf(): Promise<number> {
  const child = spawn(process.execPath, [join(ROOT, 'scripts/bench/pipeline/memory.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (text) => {
    said += text;
  });
  await once(child, 'close');
  return Number(said);
}
