import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second, whatever the kernel's own clock. */
const TICKS = 100;

/** Seconds of processor that a process and its children have taken; not a number where the system does not tell. */
export function cpuSeconds(pid: number): number {
  try {
    const own = fieldsOf(pid);
    return ticksOf(own) / TICKS + childrenOf(pid).reduce((sum, child) => sum + cpuSeconds(child), 0);
  } catch {
    return Number.NaN;
  }
}

/** Resident memory of a process, in MB. */
export function residentMb(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}

// After the name, which may hold anything: state, parent, ..., user and system time as the 12th and 13th.
const fieldsOf = (pid: number): string[] =>
  readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
const ticksOf = (fields: string[]): number => Number(fields[11]) + Number(fields[12]);

const childrenOf = (pid: number): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((each) => {
      try {
        return Number(fieldsOf(each)[1]) === pid;
      } catch {
        return false;
      }
    });
