import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../../../../generator/render/version.ts';
import type { Settings } from '../../../../generator/settings.ts';

/** `serve` as it runs in production, in a process that cannot open a connection. */
export interface GateProcess {
  port: number;
  pid: number;
  /** What it tried to reach, and what it said went wrong. */
  seen(): Promise<{ tried: string[]; failures: string[] }>;
  close(): Promise<void>;
}

/**
 * @param how.root folder of the sources, and of the bundle beside them; by default these. `short: false`: every session through Astro; `planted`: of the bugs in
 *   these sources the one that is in effect
 * @throws where it does not start
 */
export async function startGateProcess(
  settings: Settings,
  { root = ROOT, short, planted }: { root?: string; short?: boolean; planted?: string } = {},
): Promise<GateProcess> {
  const child = fork(new URL('site/gate/testing/attack/gate-process.ts', pathToFileURL(`${root}/`)), {
    execArgv: [],
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      NODE_ENV: 'production',
      ...(planted !== undefined && { CCI_PLANTED: planted }),
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const { port, error } = await ask<{ port?: number; error?: string }>(child, {
    start: { port: '0', ...settings },
    short,
  });
  if (port === undefined) {
    child.disconnect();
    throw new Error(`the gate did not start: ${error}`);
  }
  return {
    port,
    pid: child.pid as number,
    seen: () => ask(child, { ask: true }),
    async close() {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

async function ask<Reply>(child: ChildProcess, message: object): Promise<Reply> {
  child.send(message);
  const [reply] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as [unknown];
  if (typeof reply !== 'object' || reply === null) throw new Error(`the gate's process ended with ${reply}`);
  return reply as Reply;
}
