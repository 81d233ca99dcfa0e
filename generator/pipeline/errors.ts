import { UserError } from '../lib/errors.ts';
import type { Printable } from '../lib/printable.ts';

/**
 * What to do about a failure of an engine, a provider or an object.
 * - `retry`: it may go well later (throttled, unreachable, a 5xx): the call waits, and nothing is lost.
 * - `configuration`: no call of this organization can go well before somebody changes something: the organization stops.
 * - `poison`: this call can never go well as it is (no sound, damaged): it is put aside as dead, with the reason.
 */
export type FailureKind = 'retry' | 'configuration' | 'poison';

/** The one error of providers, engines and stages. Its sentences say what happened, why, and what to do; they hold no secret and nothing that a caller said. */
export class PipelineError extends UserError {
  readonly kind: FailureKind;
  /** Not to be tried before, in milliseconds from now, where the service said so. */
  readonly waitMs?: number;

  constructor(kind: FailureKind, problems: Printable[], options: ErrorOptions & { waitMs?: number } = {}) {
    super(problems, options);
    this.kind = kind;
    this.waitMs = options.waitMs;
  }
}
