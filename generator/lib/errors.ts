import { type Printable, say } from './printable.ts';

/** A mistake in the call, the settings or a configuration: shown without a stack. `cli.ts` turns it into exit status 2. */
export class UserError extends Error {
  /** Full sentences: what happened, why, what to do. */
  readonly problems: Printable[];

  constructor(problems: Printable[], options?: ErrorOptions) {
    super(problems.join('\n'), options);
    this.problems = problems;
  }
}

/** A store, a disk or a service fails, and no setting is wrong: shown without a stack. `cli.ts` turns it into exit status 1. */
export class Unavailable extends UserError {}

/** Something in the reports store is not as it was written. A build heals it by making everything again. */
export class Damaged extends Error {}

/** Input is not what a run has counted: it changed meanwhile, or nobody told of it. A build looks at everything again. */
export class Moved extends Unavailable {}

/** To be given to `catch`, where what is damaged counts as what is not there. */
export function undefinedIfDamaged(error: unknown): undefined {
  if (!(error instanceof Damaged)) throw error;
}

/** The message of anything thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Where anything was thrown, a line each; the first is its message. */
export const stackOf = (error: unknown): Printable[] => {
  const { message, stack = '' } = error instanceof Error ? error : { message: String(error) };
  const at = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return [say`${message}`, ...at.map((line) => say`${line}`)];
};

/** What anything thrown says, as sentences to print. */
export function problemsOf(error: unknown): Printable[] {
  if (error instanceof UserError) return error.problems;
  if (error instanceof Damaged)
    return [
      say`${messageOf(error)}. The reports store has lost or changed it. Build this organization again: build --org ID --force.`,
    ];
  return [say`${messageOf(error)}`];
}
