import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isLong } from '../fixtures/long.ts';
import { everything } from '../fixtures/world.ts';
import { fileStore } from '../store/file.ts';
import { type DigestKind, KINDS } from '../tenants/digest-config.ts';
import { RECIPIENTS, runOnce } from './fixtures/crash-run.ts';
import { FAULTS, type Fault, startSesDouble } from './fixtures/ses-double.ts';
import { AMBIGUOUS_POINTS, POINTS, type Point } from './ledger/deliver.ts';

const RUN = fileURLToPath(new URL('./fixtures/crash-run.ts', import.meta.url));
const NOW = '2025-12-10T07:00:00.000Z';
/** After the lease of what a dead run had claimed. */
const LATER = new Date('2025-12-10T08:00:00Z');
/** Faults after which nobody knows. */
const AMBIGUOUS_FAULTS: readonly (Fault | 'none')[] = ['accept then reset', 'accept then 500', 'accept then hang'];

beforeAll(() => {
  process.env.AWS_ACCESS_KEY_ID = 'test';
  process.env.AWS_SECRET_ACCESS_KEY = 'test';
});
const folder = mkdtempSync(join(tmpdir(), 'crash-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What never answers is waited for so long; all else as long as in use, as a busy machine may take its time. */
const HANGS_MS = 3000;
const serviceAt = (endpoint: string, fault: Fault | 'none') =>
  `ses:eu-central-1?configuration-set=digests&endpoint=${endpoint}${fault === 'accept then hang' ? `&timeout=${HANGS_MS}` : ''}`;

/** Which runs come after the one that died. */
const RERUNS = {
  'the same runner': (url: string, service: string, kind: DigestKind) =>
    runOnce(url, service, LATER, kind).then((all) => [all]),
  'a fresh runner': async (url: string, service: string, kind: DigestKind) => {
    const moved = `${url}-moved`;
    cpSync(url.slice('file:'.length), moved.slice('file:'.length), { recursive: true });
    return [await runOnce(moved, service, LATER, kind)];
  },
  'four at once': (url: string, service: string, kind: DigestKind) =>
    Promise.all(Array.from({ length: 4 }, () => runOnce(url, service, LATER, kind))),
} as const;

/** @returns the signal that ended the run, null where it ended by itself */
const dyingRun = (url: string, service: string, at: Point, kind: DigestKind): Promise<NodeJS.Signals | null> =>
  new Promise((ended, failed) => {
    const child = spawn(process.execPath, [RUN, 'run', url, service, at, NOW, kind], { stdio: 'ignore' });
    child.once('error', failed).once('exit', (_code, signal) => ended(signal));
  });

function expected(at: Point, fault: Fault | 'none'): 'sent' | 'unknown' | 'failed' {
  if (AMBIGUOUS_POINTS.includes(at) || AMBIGUOUS_FAULTS.includes(fault)) return 'unknown';
  return fault === 'refuse' ? 'failed' : 'sent';
}

const ALL_FAULTS = ['none', ...FAULTS] as const;

/**
 * Of each fault and point one of the three reruns and of the kinds of digest in turn, so that each rerun meets each kind; all of them in
 * `npm run soak -- long`.
 */
function rerunsAt(fault: (typeof ALL_FAULTS)[number], at: Point) {
  const all = Object.entries(RERUNS).flatMap(([name, rerun]) => KINDS.map((kind) => [name, kind, rerun] as const));
  const turn = ALL_FAULTS.indexOf(fault) * POINTS.length + POINTS.indexOf(at);
  return isLong ? all : all.filter((_, i) => i === (turn * 4) % all.length);
}

describe.each(ALL_FAULTS)('a run that is killed, with the fault “%s”', (fault) => {
  describe.each(POINTS)('at “%s”', (at) => {
    it.each(rerunsAt(fault, at))('sends nothing twice when %s goes on, %s', async (name, kind, rerun) => {
      const double = await startSesDouble();
      const url = `file:${join(folder, `${fault}-${at}-${name}-${kind}`.replaceAll(' ', '-'))}`;
      if (fault !== 'none') double.faults.set('b@example.com', fault);
      const service = serviceAt(double.endpoint, fault);
      expect(await dyingRun(url, service, at, kind)).toBe('SIGKILL');
      const runs = await rerun(url, service, kind);
      const to = (address: string) => double.accepted.filter(({ destinations }) => destinations[0] === address).length;
      await double.close();

      const last = await settledStates(name === 'a fresh runner' ? `${url}-moved` : url, kind);
      const state = expected(at, fault);
      expect([to('a@example.com'), to('c@example.com')]).toEqual([1, 1]);
      expect(to('b@example.com')).toBeLessThanOrEqual(1);
      if (state === 'sent') expect(to('b@example.com')).toBe(1);
      if (state === 'failed') expect(to('b@example.com')).toBe(0);
      expect(last['b@example.com']).toBe(state);
      // Some run tells of it, so that the command ends with a status that is not 0.
      const told = runs.flat().some((delivery) => delivery.state === 'unknown' || delivery.state === 'failed');
      expect(told).toBe(state !== 'sent');
    });
  });
});

/** How each digest stands in the ledger, a claim that is older than its lease being unknown. */
async function settledStates(url: string, kind: DigestKind): Promise<{ [address: string]: string }> {
  const { keyOf } = await import('./fixtures/crash-run.ts');
  const { readRecord, standing } = await import('./ledger/ledger.ts');
  const store = fileStore(url);
  const states: { [address: string]: string } = {};
  for (const address of RECIPIENTS)
    states[address] = standing((await readRecord(store, keyOf(address, kind)))?.record, LATER);
  const frozen = [...(await everything(store)).keys()].filter((key) => key.startsWith('mail/frozen/'));
  expect(frozen.length).toBeLessThanOrEqual(1);
  return states;
}
