// `npm run bench gate`: the gate beside nginx and a bare server of Node's on the same page; its memory, slow clients, and where its time goes.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { goalsOf, type Row } from './gate/goals.ts';
import { headsOf, kindsOf } from './gate/kinds.ts';
import { load } from './gate/load.ts';
import { cellsOf, type Measured, measure, thousands } from './gate/measure.ts';
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
/** Seconds on end in which the gate does next to nothing; on a busy machine one may only mean that others had their turn. */
const QUIET = 5;
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
  const long = stack.use(await gateContender(settings, etag, false));
  await warm(long, long.heads.identity);
  const rows = await kindsAt(gate, others[0] as Contender, long);
  const slow = await withSlowClients(gate);
  const memory = await memoryOf(gate);
  const errors = [...sideBySide, ...rows].reduce((sum, { measured }) => sum + measured.errors, 0);
  const goals: Goal[] = [
    ...goalsOf(rows),
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
    method: `One page of 30 KB, ${SECONDS} s per cell, one after the other; the gate is \`serve\` in one process, with a session of version 2. One Node process on the same processors makes the load and limits what nginx and the bare server can show, so CPU per request is the better measure; nginx has one worker, and these two check nothing.${hasNginx ? '' : ' **nginx was not installed and is left out.**'} The second table is in times of the CPU that the bare server takes for its page on as many connections; each session that is seen for the first time is another person’s. Of ${thousands(SLOW)} slow clients (${thousands(slow.open)} were open) half never end their header and half do not read a file of 6 MB; the gate then held ${slow.memory.toFixed(0)} MB.`,
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
      {
        head: ['the gate', 'connections', 'requests a second', 'p99 ms', 'CPU ms per request', 'times the bare page'],
        rows: rows.map(({ kind, connections, measured, times }) => [
          kind,
          String(connections),
          ...cellsOf(measured),
          times.toFixed(1),
        ]),
      },
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

/** Each kind of request at 20 and 200 connections, and a page by the long way. */
async function kindsAt(gate: Contender, bare: Contender, long: Contender): Promise<Row[]> {
  const rows: Row[] = [];
  for (const connections of [20, 200]) {
    const options = { connections, seconds: SECONDS };
    const reference = (await measure(bare, { head: bare.heads.identity, ...options })).cpu;
    const add = (kind: string, measured: Measured) =>
      rows.push({ kind, connections, measured, times: measured.cpu / reference });
    for (const kind of kindsOf(gate, SESSION)) {
      const { name, status, requests } = kind;
      const head = await headsOf(kind, requests ?? 1);
      add(name, await measure(gate, { head, status, ...options, ...(requests !== undefined && { requests }) }));
    }
    for (const status of [304, 200] as const)
      add(
        `${status === 304 ? '304' : 'a page'}, through Astro and Clerk’s SDK`,
        await measure(long, { head: long.heads[status === 304 ? 304 : 'identity'], status, ...options }),
      );
  }
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

/** What the clients asked for is on its way, as far as they take it. At most two minutes, where others use the machine too. */
async function untilQuiet(pid: number): Promise<void> {
  let quiet = 0;
  for (let tries = 0; tries < 120 && quiet < QUIET; tries++) {
    const before = cpuSeconds(pid);
    await new Promise((done) => setTimeout(done, 1000));
    quiet = cpuSeconds(pid) - before > 0.1 ? 0 : quiet + 1;
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
