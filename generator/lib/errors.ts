/** A mistake in the call, the settings or a configuration: shown without a stack. `cli.ts` turns it into exit status 2. */
export class UserError extends Error {
  /** Full sentences: what happened, why, what to do. */
  readonly problems: string[];

  constructor(problems: string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/** Something in the reports store is not as it was written. A build heals it by making everything again. */
export class Damaged extends Error {}

/** The message of anything thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
