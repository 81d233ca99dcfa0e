import { type Printable, printable, say } from '../printable.ts';
import { counted } from '../words.ts';
import { cutToWidth, widthOf } from './width.ts';

/** How far a run over several organizations is. */
export interface Run {
  organizations: number;
  done: number;
  /** Of those that are under way, each from 0 to 1. */
  parts: readonly number[];
  /** Since it began, in milliseconds. */
  elapsedMs: number;
  /** Calls that a second goes by, lately. */
  rate: number;
}

/** Sooner nobody can tell how long it takes. */
const TELLS_AFTER = { ms: 5_000, share: 0.02 };

/** The one line of a run: as many words as there is room for. */
export function runLine(run: Run, columns: number): Printable {
  const left = timeLeft(run);
  const rate = run.rate >= 1 ? [say`${Math.round(run.rate)} calls/s`] : [];
  const rest = left === undefined ? [] : [say`about ${left} left`];
  const whole = [say`${run.done} of ${counted(run.organizations, 'organization')}`, ...rate, ...rest].join(', ');
  const short = [`${run.done}/${run.organizations}`, ...rate, ...(left ? [left] : [])].join(', ');
  return printable(cutToWidth(widthOf(whole) <= columns ? whole : short, columns));
}

/** e.g., "40 s", "4 min", "2 h 5 min"; undefined while nobody can tell. */
function timeLeft({ organizations, done, parts, elapsedMs }: Run): string | undefined {
  const share = (done + parts.reduce((sum, part) => sum + part, 0)) / Math.max(1, organizations);
  if (elapsedMs < TELLS_AFTER.ms || share < TELLS_AFTER.share) return undefined;
  const seconds = Math.round((elapsedMs * (1 - share)) / share / 1000);
  const minutes = Math.ceil(seconds / 60);
  if (seconds <= 90) return `${Math.max(5, Math.ceil(seconds / 5) * 5)} s`;
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const BAR_WIDTH = 24;
/** A shorter bar says nothing. */
const LEAST_BAR = 6;

/** Of what a line is about as much stays. */
const LEAST_ABOUT = 6;

/** A step that goes on. */
export interface Step {
  /** Whose it is, such as an organization. */
  about: string;
  name: string; // e.g., "read calls"
  done: number;
  /** 0 while nobody knows. */
  total: number;
}

/** The line of a step: whose it is, which, how far, and a bar where there is room for one. */
export function stepLine({ about, name, done, total }: Step, columns: number): Printable {
  const count = total > 0 ? ` ${done}/${total}` : '';
  const short = cutToWidth(about, Math.max(LEAST_ABOUT, columns - count.length - widthOf(name) - 2));
  const head = cutToWidth(short === '' ? name : `${short}  ${name}`, columns - count.length);
  const room = Math.min(BAR_WIDTH, columns - widthOf(head) - count.length - 1);
  const filled = total > 0 ? Math.round((room * done) / total) : 0;
  const bar = total > 0 && room >= LEAST_BAR ? ` ${'█'.repeat(filled)}${'░'.repeat(room - filled)}` : '';
  return printable(cutToWidth(`${head}${bar}${count}`, columns));
}

/** How many of something go by a second: over the last seconds, or since the beginning where that is less. */
export function openRate(now: () => number, windowMs = 10_000) {
  const begun = now();
  let seen: { at: number; n: number }[] = [];
  let sum = 0;
  return {
    add(n: number): void {
      const at = now();
      const last = seen.at(-1);
      sum += n;
      if (last && at - last.at < 100) last.n += n;
      else seen.push({ at, n });
    },
    perSecond(): number {
      const since = now() - windowMs;
      const old = seen.filter(({ at }) => at < since);
      sum -= old.reduce((all, { n }) => all + n, 0);
      seen = seen.slice(old.length);
      return sum / Math.max(1, Math.min(windowMs, now() - begun) / 1000);
    },
  };
}
