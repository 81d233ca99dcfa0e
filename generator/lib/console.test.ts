import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { terminal } from '../testing/terminal.ts';
import { consoleLog, quietLog, runMeter } from './console.ts';
import { say } from './printable.ts';

beforeEach(() => {
  vi.useFakeTimers();
  for (const name of ['NO_COLOR', 'FORCE_COLOR', 'NODE_DISABLE_COLORS', 'TERM']) vi.stubEnv(name, undefined);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

/** A step that goes on until it is told to end. */
function open(log: ReturnType<typeof consoleLog>, name: string, unit?: 'calls') {
  let progress: (done: number, total: number) => void = () => {};
  let end: () => void = () => {};
  const step = log.step(
    say`${name}`,
    (given) => {
      progress = given;
      return new Promise<void>((done) => {
        end = done;
      });
    },
    undefined,
    unit,
  );
  return {
    progress: (done: number, total: number) => progress(done, total),
    async end() {
      end();
      await step;
    },
  };
}

const plain = (lines: string[]) => lines.map((line) => line.replace(/\d+ ms/, 'N ms'));

it('shows a run and each running organization in a line of its own, and what is done above them', async () => {
  const { stream, lines } = terminal({ columns: 60, rows: 0 });
  const meter = runMeter(stream, () => Date.now());
  meter.begin(4);
  const [one, two] = [meter.logFor('org_1'), meter.logFor('org_2')];
  const [first, second] = [open(one, 'read calls', 'calls'), open(two, 'read calls', 'calls')];
  first.progress(50, 100);
  second.progress(0, 2000);
  vi.advanceTimersByTime(10_000);
  expect(lines()).toEqual([
    '0 of 4 organizations, 5 calls/s, about 3 min left',
    'org_1  read calls ████████████░░░░░░░░░░░░ 50/100',
    'org_2  read calls ░░░░░░░░░░░░░░░░░░░░░░░░ 0/2000',
  ]);
  await first.end();
  one.say(say`nothing has changed`);
  meter.done('org_1');
  second.progress(1000, 2000);
  vi.advanceTimersByTime(100);
  expect(plain(lines())).toEqual([
    'org_1  read calls → done in N ms',
    'org_1  nothing has changed',
    '1 of 4 organizations, 100 calls/s, about 25 s left',
    'org_2  read calls ████████████░░░░░░░░░░░░ 1000/2000',
  ]);
  await second.end();
  meter.end();
  expect(plain(lines()).slice(2)).toEqual(['org_2  read calls → done in N ms']);
});

it('fits any width, whatever is written and however the terminal is made narrower', () => {
  const { stream, lines } = terminal({ columns: 40 });
  const log = consoleLog(say`org_2abcdefghijklmnopqrstuvwxyzABCDEFGH  `, stream);
  const step = open(log, 'read calls');
  for (let done = 1; done <= 5; done++) {
    step.progress(done * 1000, 100_000);
    vi.advanceTimersByTime(100);
    expect(lines()).toEqual([`org_2abcdefghi…  read calls ${done * 1000}/100000`]);
  }
  stream.columns = 12;
  step.progress(6000, 100_000);
  vi.advanceTimersByTime(100);
  expect(lines()).toEqual([' 6000/1000…']);
  expect(lines()[0]).toHaveLength(11);
});

it('draws ten times a second at most, and only what has changed', () => {
  const { stream, writes } = terminal({ columns: 80 });
  const step = open(consoleLog(say``, stream), 'read calls');
  for (let ms = 0; ms < 1000; ms++) {
    step.progress(ms, 1000);
    vi.advanceTimersByTime(1);
  }
  expect(writes()).toBe(10);
  vi.advanceTimersByTime(10_000);
  expect(writes()).toBe(10);
  step.progress(1000, 1000);
  vi.advanceTimersByTime(10_000);
  expect(writes()).toBe(11);
});

it.each([
  ['no terminal', { isTTY: false }, undefined],
  ['one that cannot move its cursor', { isTTY: true, columns: 80, getColorDepth: () => 1 }, 'dumb'],
])('writes the lines that stay, and nothing else, where there is %s', async (_, kind, term) => {
  vi.stubEnv('TERM', term);
  const stream = Object.assign(new PassThrough(), kind) as unknown as NodeJS.WriteStream;
  const meter = runMeter(stream, () => Date.now());
  meter.begin(1);
  const step = open(meter.logFor('org_1'), 'read calls', 'calls');
  step.progress(1, 2);
  vi.advanceTimersByTime(1000);
  await step.end();
  meter.done('org_1');
  meter.end();
  expect(String(stream.read()).replace(/\d+ ms/, 'N ms')).toBe('org_1  read calls → done in N ms\n');
});

it.each([
  [{}, true],
  [{ NO_COLOR: '1' }, false],
  [{ NO_COLOR: '' }, true],
  [{ TERM: 'dumb' }, false],
  [{ FORCE_COLOR: '0' }, false],
  [{ FORCE_COLOR: '1', TERM: 'dumb' }, true],
])('paints on a terminal as Node does with %j', async (variables, isPainted) => {
  // A CI's runner and some terminals say by variables of their own how many colours they have.
  for (const name of ['CI', 'COLORTERM', 'TEAMCITY_VERSION', 'TERM_PROGRAM', 'TMUX', 'NODE_DISABLE_COLORS'])
    vi.stubEnv(name, undefined);
  // Node's own terminals know how many colours there are; where they cannot be asked, it says so.
  for (const [name, value] of Object.entries({ TERM: 'xterm', ...variables })) vi.stubEnv(name, value);
  const tty = await import('node:tty');
  const stream = Object.assign(new PassThrough(), {
    isTTY: true,
    getColorDepth: (env = process.env) => tty.WriteStream.prototype.getColorDepth.call(stream, env),
  }) as unknown as NodeJS.WriteStream & PassThrough;
  await consoleLog(say``, stream).step(say`count`, async () => {});
  expect(String(stream.read()).includes('\u001b[2m')).toBe(isPainted);
});

it('says problems alone where it is to be quiet', async () => {
  const { stream, lines } = terminal({ columns: 80 });
  const log = quietLog(say`org_1  `, stream);
  log.say(say`nothing has changed`);
  log.say(say`failed: no room`, 'problem');
  await log.step(say`count`, async () => {});
  await log.step(say`count`, () => Promise.reject(new Error('no'))).catch(() => {});
  expect(lines()).toEqual(['org_1  failed: no room']);
});
