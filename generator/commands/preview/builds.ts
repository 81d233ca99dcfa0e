import { messageOf } from '../../lib/errors.ts';

/** Why something is built: because the page templates have changed, or anything else. */
export type Cause = 'templates' | 'other';

interface Builds extends AsyncDisposable {
  /** Asks for a build: one at a time, and one more where something has changed meanwhile. */
  ask(cause: Cause): void;
  /** Ends when nothing is asked for any more. */
  idle(): Promise<void>;
}

/** How a build ended: with another site than before, with the same, or not at all. */
export type BuildEnd = { kind: 'published' | 'same' } | { kind: 'failed'; text: string };

/**
 * Builds one after the other. A build that fails leaves the site as it was, and the next change is built all the same.
 * @param build makes the site; a cause that came twice is built once
 * @param told hears how each ended
 */
export function openBuilds(build: (cause: Cause) => Promise<BuildEnd>, told: (end: BuildEnd) => void): Builds {
  let asked: Cause | undefined;
  let running: Promise<void> | undefined;
  let isOver = false;
  const work = async () => {
    while (asked !== undefined && !isOver) {
      const cause = asked;
      asked = undefined;
      const end = await build(cause).catch((error: unknown): BuildEnd => ({ kind: 'failed', text: messageOf(error) }));
      if (!isOver) told(end);
    }
    running = undefined;
  };
  return {
    ask(cause) {
      asked = asked === 'templates' ? asked : cause;
      running ??= work();
    },
    idle: async () => running,
    async [Symbol.asyncDispose]() {
      isOver = true;
      await running;
    },
  };
}
