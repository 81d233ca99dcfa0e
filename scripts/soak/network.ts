import type { S3Options } from '../../generator/store/s3-wire.ts';
import type { Weather } from '../../generator/store/testing/faulty-network.ts';
import { runThrough } from '../../generator/testing/network-runs.ts';
import { type Check, must } from './lib/check.ts';
import { sizeOf } from './lib/sizes.ts';

interface Case {
  name: string;
  weather: Weather;
  options?: S3Options;
  /** Every tenant must get its new site. */
  all?: true;
}

/** What is silent is given up sooner than in earnest. */
const IDLE: S3Options = { idleMs: 2_000 };
const CASES: Case[] = [
  { name: '1 % of requests fail', weather: { percent: 1 }, options: IDLE, all: true },
  { name: '5 % fail', weather: { percent: 5 }, options: IDLE, all: true },
  { name: '5 % fail, 20 ms away', weather: { percent: 5, delayMs: 20 }, options: IDLE, all: true },
  { name: '5 % fail, 50 KB/s', weather: { percent: 5, bytesPerSecond: 50_000 }, options: IDLE, all: true },
  { name: '20 % fail', weather: { percent: 20 }, options: IDLE },
  { name: '20 % fail, two tries', weather: { percent: 20 }, options: { ...IDLE, attempts: 2 } },
  { name: '30 % fail, three tries', weather: { percent: 30 }, options: { ...IDLE, attempts: 3 } },
  {
    name: 'nothing comes through',
    weather: { percent: 100, faults: ['silent'] },
    options: { idleMs: 200, attempts: 2 },
  },
  { name: 'slower than is of use', weather: { bytesPerSecond: 200 }, options: { longestMs: 2_000, attempts: 2 } },
];
const TENANTS = 4;

export const check: Check = {
  does: 'the real client of S3 over a network that loses, cuts, delays and swallows requests (CCI_SEEDS of each kind, 3)',
  async run({ say }) {
    const seeds = sizeOf('CCI_SEEDS', 3);
    let failed = 0;
    for (const { name, weather, options = {}, all } of CASES) {
      let [published, requests, usual] = [0, 0, 0];
      const happened = new Map<string, number>();
      for (let seed = 1; seed <= seeds; seed++) {
        const run = await runThrough({ ...weather, seed }, TENANTS, options).catch((error: unknown) => {
          say(`${name}, seed ${seed}: ${String(error)}`);
          failed++;
        });
        if (!run) continue;
        published += run.published;
        requests += run.requests;
        usual += run.usual;
        for (const [fault, n] of run.happened) happened.set(fault, (happened.get(fault) ?? 0) + n);
      }
      const faults = [...happened].map(([fault, n]) => `${n} ${fault}`).join(', ') || 'none';
      say(
        `${name}: ${published} of ${TENANTS * seeds} tenants published, the others kept their old site whole; ` +
          `${requests} requests where ${usual} are usual; faults: ${faults}`,
      );
      if (all && published < TENANTS * seeds) failed++;
      // No request is tried more often than the client is told to.
      if (requests > usual * (options.attempts ?? 8)) failed++;
    }
    must(failed === 0, `${failed} failures, see above`);
  },
};
