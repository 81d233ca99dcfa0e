import { randomUUID } from 'node:crypto';
import { printError } from '../../generator/lib/console.ts';
import { messageOf } from '../../generator/lib/errors.ts';
import { say } from '../../generator/lib/printable.ts';
import { PreconditionFailed, type Store } from '../../generator/store/store.ts';

/** Somebody was shown the page of a call, or has opened its recording. */
export interface View {
  /** ISO 8601. */
  at: string;
  organization: string;
  user: string;
  /** Who used the user's session, where that was somebody else. */
  actor?: string;
  path: string; // e.g., "/calls/c-1/"
  /** They opened its recording: whether they heard any of it, nobody knows. Absent: they were shown the page. */
  event?: 'recording';
}

/** Keeps who was shown which call, in the reports store and nowhere near any organization's site. */
export interface Audit {
  note(view: View): void;
  /** Write what has been noted, and stop. @throws where the store fails */
  close(): Promise<void>;
  /** Write what has been noted. @throws where the store fails; nothing is lost, and the next call tries again */
  flush(): Promise<void>;
}

const EVERY_MS = 60_000;
/** Where the store fails for long, the oldest are dropped, and it is said how many. */
const MOST = 100_000;

/**
 * One object a process and minute, never written again: `audit/2026-03-31/0530-<process>-<n>.jsonl`, a line a view.
 * @param options.now for the object's name
 */
export function openAudit(store: Store, options: { now?: () => Date; everyMs?: number } = {}): Audit {
  const { now = () => new Date(), everyMs = EVERY_MS } = options;
  const owner = randomUUID();
  let views: View[] = [];
  let written = 0;
  let flushing: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    if (views.length === 0) return;
    const some = views;
    views = [];
    const at = now().toISOString(); // e.g., "2026-03-31T05:30:00.000Z"
    const key = `audit/${at.slice(0, 10)}/${at.slice(11, 16).replace(':', '')}-${owner}-${written++}.jsonl`;
    try {
      await store.put(key, some.map((view) => `${JSON.stringify(view)}\n`).join(''), { ifNoneMatch: '*' });
    } catch (error) {
      // Nobody else has this name: a write whose answer was lost has landed.
      if (error instanceof PreconditionFailed) return;
      const kept = [...some, ...views];
      views = kept.slice(-MOST);
      if (kept.length > MOST) printError(say`gate: audit: ${kept.length - MOST} views could not be recorded`);
      throw error;
    }
  }

  function flush(): Promise<void> {
    flushing = flushing.catch(() => undefined).then(write);
    return flushing;
  }

  const timer = setInterval(() => {
    flush().catch((error: unknown) => printError(say`gate: audit: ${messageOf(error)}`));
  }, everyMs);
  timer.unref();
  return {
    note: (view) => void views.push(view),
    flush,
    close() {
      clearInterval(timer);
      return flush();
    },
  };
}

/** Whether a path is that of a call's page, which is what the trail is about. */
export const isCallPage = (path: string): boolean => /^\/calls\/[^/]+\/?$/.test(path);
