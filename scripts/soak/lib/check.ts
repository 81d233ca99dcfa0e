/** One long check: a file in `scripts/soak/` that exports it as `check`; its name is the file's. */
export interface Check {
  /** What is checked, in a line. */
  does: string;
  /** @throws {SkippedError} where it cannot be run here; anything else where it has failed */
  run(options: CheckOptions): Promise<void>;
}

export interface CheckOptions {
  /** How often what is repeated is repeated. */
  repeat: number;
  /** A line of progress. */
  say(line: string): void;
}

/** The check cannot be run here; the message says why. */
export class SkippedError extends Error {}

/** Until a condition holds. @throws what did not come about within `seconds` */
export async function until<T>(what: string, ask: () => Promise<T | undefined | false>, seconds = 120): Promise<T> {
  for (const end = Date.now() + seconds * 1000; ; ) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`this did not come about in ${seconds} s: ${what}`);
    await new Promise((done) => setTimeout(done, 200));
  }
}

/** @throws unless it holds */
export function must(holds: unknown, what: string): asserts holds {
  if (!holds) throw new Error(what);
}
