// `npm run bench fetch`: small objects from a bucket, as a build reads them, beside a bare loop over the SDK.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { ROOT } from '../../generator/render/version.ts';
import { OBJECT_BYTES } from './fetch/objects.ts';
import { AT_ONCE, httpReader, ourReader, type Reader, sdkReader } from './fetch/readers.ts';
import { type Bench, machine, median } from './report.ts';

/** Of three objects each. */
const CALLS = 6_667;
const ROUNDS = Number(process.env.CCI_ROUNDS ?? 3);
const SLICES = 20;
const GOAL = 2;

export const bench: Bench = async () => {
  await using bucket = await openBucket();
  const ids = Array.from({ length: CALLS }, () => randomUUID());
  const [ours, sdk, http] = [ourReader(bucket.port), sdkReader(bucket.port), httpReader(bucket.port)];
  const rates = new Map<Reader, number[]>([ours, sdk, http].map((reader) => [reader, []]));
  for (const reader of rates.keys()) await reader.read(ids.slice(0, CALLS / 5));
  for (let round = 0; round < ROUNDS; round++) {
    const seconds = await readInTurns([...rates.keys()], ids);
    for (const [reader, found] of rates) found.push((CALLS * 3) / (seconds.get(reader) ?? Number.NaN));
  }
  const rateOf = (reader: Reader) => rates.get(reader) ?? [];
  // Of each round by itself: its readers met the same machine.
  const shareOf = (reader: Reader) => median(rateOf(reader).map((rate, i) => rate / (rateOf(sdk)[i] ?? Number.NaN)));
  const rows = [...rates].map(([reader, found]) => [
    reader.name,
    Math.round(median(found)).toLocaleString('en-GB'),
    `${Math.round(Math.min(...found)).toLocaleString('en-GB')} to ${Math.round(Math.max(...found)).toLocaleString('en-GB')}`,
    shareOf(reader).toFixed(2),
  ]);
  return {
    title: 'Reading calls from a bucket',
    command: 'npm run bench fetch',
    machine: machine(),
    method: `${(CALLS * 3).toLocaleString('en-GB')} objects of ${OBJECT_BYTES.toLocaleString('en-GB')} bytes from a server process on loopback, with If-Match, ${AT_ONCE} requests at once; medians of ${ROUNDS} rounds, in each of which the readers took turns ${SLICES} times. Network latency is left out, because it would hide the reader’s own cost.`,
    tables: [{ head: ['reader', 'objects a second', 'least to most', 'of the SDK’s'], rows }],
    goals: [
      {
        what: 'speed of a build’s reading, of a bare loop over the SDK',
        goal: `≥ ${GOAL}`,
        measured: shareOf(ours).toFixed(2),
        met: shareOf(ours) >= GOAL,
      },
    ],
  };
};

/** Slice by slice, each time another reader first: what slows the machine for a moment meets all of them. */
async function readInTurns(readers: readonly Reader[], ids: readonly string[]): Promise<Map<Reader, number>> {
  const seconds = new Map(readers.map((reader) => [reader, 0]));
  for (let slice = 0; slice < SLICES; slice++) {
    const part = ids.slice((slice * ids.length) / SLICES, ((slice + 1) * ids.length) / SLICES);
    const first = slice % readers.length;
    for (const reader of [...readers.slice(first), ...readers.slice(0, first)]) {
      const started = performance.now();
      const objects = await reader.read(part);
      if (objects !== part.length * 3) throw new Error(`${reader.name} got ${objects} of ${part.length * 3} objects`);
      seconds.set(reader, (seconds.get(reader) ?? 0) + (performance.now() - started) / 1000);
    }
  }
  return seconds;
}

async function openBucket(): Promise<{ port: number } & AsyncDisposable> {
  const child = spawn(process.execPath, [join(ROOT, 'scripts/bench/fetch/server.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const [port] = await Promise.race([
    once(child.stdout, 'data'),
    ended.then(() => Promise.reject(new Error('the server of the benchmark ended before it listened'))),
  ]);
  return {
    port: Number(port),
    async [Symbol.asyncDispose]() {
      child.kill();
      await ended;
    },
  };
}
