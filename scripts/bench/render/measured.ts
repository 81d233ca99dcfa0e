import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What one run of a program took, whole process with all its threads. */
export interface Measured {
  seconds: number;
  /** User and system. */
  cpuSeconds: number;
  /** Peak of resident memory. */
  megabytes: number;
  stdout: string;
}

const LOOK_EVERY_MS = 20;
/** Of `utime` and `stime` in `/proc/<pid>/stat`, on every Linux of today. */
const TICKS_PER_SECOND = 100;

/** Run a program to its end and watch it in `/proc`. @throws where it fails, with what it wrote, and where there is no `/proc`. */
export async function measured(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Measured> {
  const started = performance.now();
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (data) => {
    said.stdout += data;
  });
  child.stderr.on('data', (data) => {
    said.stderr += data;
  });
  let seen = { cpuSeconds: 0, megabytes: 0 };
  const timer = setInterval(() => {
    seen = look(child.pid as number) ?? seen;
  }, LOOK_EVERY_MS);
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  }).finally(() => clearInterval(timer));
  const seconds = (performance.now() - started) / 1000;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${said.stdout}${said.stderr}`);
  return { seconds, ...seen, stdout: said.stdout };
}

/** Undefined where the process has just ended. */
function look(pid: number): { cpuSeconds: number; megabytes: number } | undefined {
  try {
    // The second field is the name in brackets and may hold spaces.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    if (peak === undefined) return undefined;
    return { cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND, megabytes: Number(peak) / 1024 };
  } catch (error) {
    if (process.platform !== 'linux') throw error;
    return undefined;
  }
}
