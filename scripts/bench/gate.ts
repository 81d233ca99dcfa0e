// `npm run bench gate`: the gate beside nginx and a bare server of Node's on the same page; its memory, slow clients, and where its time goes.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copySources } from '../mutants/copy.ts';
import { load } from './gate/load.ts';
import { MEMO } from './gate/memo.ts';
import {
  type Case,
  type Contender,
  gateContender,
  headOf,
  otherContenders,
  SESSION,
  writePage,
} from './gate/servers.ts';
import { startSlowClients } from './gate/slow.ts';
import { cpuSeconds, residentMb } from './gate/usage.ts';
import { type Bench, type Goal, machine } from './report.ts';

const CASES: Case[] = ['identity', 'brotli', '304'];
const CONNECTIONS = [1, 20, 200];
const SECONDS = Number(process.env.CCI_SECONDS ?? 3);
const REQUESTS = Number(process.env.CCI_REQUESTS ?? 100_000);
const SLOW = 2000;
/** Milliseconds of CPU per request, 20 connections. */
const CPU_GOAL = 2;
/** The same for whoever has no session: anybody can ask that often. */
const NOBODY_GOAL = 0.1;
const NOBODY = 'front alone, without a session: 401';

interface Measured {
  rate: number;
  p50: number;
  p99: number;
  /** ms per request. */
  cpu: number;
  errors: number;
}

/** Some load, and what the server's process took for it. */
async function measure(
  { port, pid }: Pick<Contender, 'port' | 'pid'>,
  options: Omit<Parameters<typeof load>[1], 'status'> & { status?: number },
): Promise<Measured> {
  const before = cpuSeconds(pid);
  const { requests, seconds, p50, p99, errors } = await load(port, { status: 200, ...options });
  return { rate: requests / seconds, p50, p99, cpu: ((cpuSeconds(pid) - before) / requests) * 1000, errors };
}

const warm = (server: Contender, head: string) =>
  load(server.port, { head, status: 200, connections: 20, seconds: SECONDS / 2 });

export const bench: Bench = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cci-bench-'));
  try {
    return await report(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

async function report(folder: string): ReturnType<Bench> {
  const { etag, settings } = await writePage(folder);
  await using stack = new AsyncDisposableStack();
  const gate = stack.use(await gateContender(settings, etag));
  const others = await otherContenders(folder, etag);
  for (const other of others) stack.use(other);
  const hasNginx = others.some(({ name }) => name === 'nginx');
  if (!hasNginx)
    process.stderr.write('nginx is not installed: it is LEFT OUT of this run. Debian has it as nginx-light.\n');
  const sideBySide = await compare([gate, ...others]);
  const steps = await stepsOf(gate, settings, etag);
  const nobody = Number(steps.find(([name]) => name === NOBODY)?.at(-1));
  const slow = await withSlowClients(gate);
  const memory = await memoryOf(gate);
  const atTwenty = sideBySide.filter(({ server, connections }) => server === 'gate' && connections === 20);
  const most = Math.max(...atTwenty.map(({ measured }) => measured.cpu));
  const errors = sideBySide.reduce((sum, { measured }) => sum + measured.errors, 0);
  const goals: Goal[] = [
    {
      what: 'CPU per request of the gate, 20 connections, worst case',
      goal: `≤ ${CPU_GOAL} ms`,
      measured: `${most.toFixed(2)} ms`,
      met: most <= CPU_GOAL,
    },
    {
      what: 'CPU per request without a session, beside `/healthz` above',
      goal: `≤ ${NOBODY_GOAL} ms`,
      measured: `${nobody.toFixed(3)} ms`,
      met: nobody <= NOBODY_GOAL,
    },
    { what: 'errors in all of it', goal: '0', measured: String(errors), met: errors === 0 },
    {
      what: `memory after ${thousands(REQUESTS)} requests, of the first tenth`,
      goal: '< 20 MB more',
      measured: `${(memory.after - memory.before).toFixed(0)} MB`,
      met: memory.after - memory.before < 20,
    },
    {
      what: `requests that failed beside ${thousands(SLOW)} slow clients`,
      goal: '0',
      measured: String(slow.beside.errors),
      met: slow.beside.errors === 0,
    },
  ];
  return {
    title: 'The gate',
    command: 'npm run bench gate',
    machine: machine(),
    method: `One page of 30 KB, ${SECONDS} s per cell, one after the other; the gate is \`serve\` in one process, with a session of version 2. One Node process on the same processors makes the load and limits what nginx and the bare server can show, so CPU per request is the better measure; nginx has one worker, and these two check nothing.${hasNginx ? '' : ' **nginx was not installed and is left out.**'} In the second table each line adds to the one above it; the memo is no part of the gate: it remembers verified sessions by their cookies for at most a minute. Of ${thousands(SLOW)} slow clients (${thousands(slow.open)} were open) half never end their header and half do not read a file of 6 MB; the gate then held ${slow.memory.toFixed(0)} MB.`,
    tables: [
      {
        head: ['page', 'connections', 'server', 'requests a second', 'p99 ms', 'CPU ms per request'],
        rows: sideBySide.map(({ name, connections, server, measured }) => [
          name,
          String(connections),
          server,
          ...cellsOf(measured),
        ]),
      },
      { head: ['the gate, 20 connections', 'requests a second', 'p99 ms', 'CPU ms per request'], rows: steps },
      {
        head: ['memory of the gate', 'MB'],
        rows: [
          [`after ${thousands(REQUESTS / 10)} requests`, memory.before.toFixed(0)],
          [`after ${thousands(REQUESTS)} requests`, memory.after.toFixed(0)],
        ],
      },
      {
        head: ['the gate, 20 connections', 'requests a second', 'p99 ms', 'CPU ms per request'],
        rows: [
          ['alone', ...cellsOf(slow.alone)],
          [`beside ${thousands(SLOW)} slow clients`, ...cellsOf(slow.beside)],
        ],
      },
    ],
    goals,
  };
}

async function compare(servers: Contender[]) {
  const rows: { name: Case; connections: number; server: string; measured: Measured }[] = [];
  for (const server of servers) await warm(server, server.heads.identity);
  for (const name of CASES) {
    for (const connections of CONNECTIONS) {
      for (const server of servers) {
        const status = name === '304' ? 304 : 200;
        const measured = await measure(server, { head: server.heads[name], status, connections, seconds: SECONDS });
        rows.push({ name, connections, server: server.name, measured });
      }
    }
  }
  return rows;
}

/** From the front alone to a page, and the same with a memo. */
async function stepsOf(
  gate: Contender,
  settings: Parameters<typeof gateContender>[0],
  etag: string,
): Promise<string[][]> {
  const asked: [name: string, head: string, status: number][] = [
    ['front alone: `/healthz`', headOf('/healthz'), 200],
    [NOBODY, headOf('/'), 401],
    ['front alone, without a session: 303 to the sign-in', headOf('/', 'Sec-Fetch-Dest: document'), 303],
    [
      'and Astro and Clerk, a forged signature: 401',
      headOf('/', ...SESSION.map((line) => line.replace(/.;/, 'A;'))),
      401,
    ],
    ['and a session, nothing sent: 304', gate.heads['304'], 304],
    ['and a page: 30 KB', gate.heads.identity, 200],
  ];
  const rows: string[][] = [];
  for (const [name, head, status] of asked)
    rows.push([name, ...cellsOf(await measure(gate, { head, status, connections: 20, seconds: SECONDS }))]);
  await using copy = await copySources();
  await copy.plant(MEMO);
  await copy.build();
  await using remembering = await gateContender(settings, etag, copy.root);
  await warm(remembering, remembering.heads.identity);
  for (const [name, head, status] of [
    ['with a memo of sessions, nothing sent: 304', gate.heads['304'], 304],
    ['with a memo of sessions, a page', gate.heads.identity, 200],
  ] as const)
    rows.push([name, ...cellsOf(await measure(remembering, { head, status, connections: 20, seconds: SECONDS }))]);
  return rows;
}

async function withSlowClients(gate: Contender) {
  const options = { head: gate.heads.identity, connections: 20, seconds: SECONDS };
  const alone = await measure(gate, options);
  const clients = startSlowClients(gate.port, SLOW, headOf('/large.csv', ...SESSION));
  await untilQuiet(gate.pid);
  const open = clients.open();
  const beside = await measure(gate, options);
  const memory = residentMb(gate.pid);
  clients.close();
  return { alone, beside, open, memory };
}

/** What the clients asked for is on its way, as far as they take it. At most half a minute. */
async function untilQuiet(pid: number): Promise<void> {
  for (let tries = 0; tries < 30; tries++) {
    const before = cpuSeconds(pid);
    await new Promise((done) => setTimeout(done, 1000));
    if (!(cpuSeconds(pid) - before > 0.2)) return;
  }
}

async function memoryOf(gate: Contender): Promise<{ before: number; after: number }> {
  const ask = (requests: number) =>
    load(gate.port, { head: gate.heads.brotli, status: 200, connections: 20, requests });
  await ask(REQUESTS / 10);
  const before = residentMb(gate.pid);
  await ask((REQUESTS * 9) / 10);
  return { before, after: residentMb(gate.pid) };
}

const thousands = (count: number): string => Math.round(count).toLocaleString('en-GB');
const cellsOf = ({ rate, p99, cpu }: Measured): string[] => [thousands(rate), p99.toFixed(1), cpu.toFixed(3)];
