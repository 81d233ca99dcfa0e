import type { Change } from './changes.ts';

/** One message to the operator, of all changes that a run has found. */
export interface Notice {
  /** 32 hex digits: a receiver knows by it what it has already. */
  id: string;
  /** ISO 8601. */
  at: string;
  changes: readonly Change[];
}

/** A way for notices to leave. */
export interface Channel {
  /**
   * Send once, with no retry of its own.
   * @throws {NotTaken} where it has certainly not arrived; anything else thrown means that nobody knows
   */
  send(notice: Notice): Promise<void>;
}

/** The notice has certainly not arrived. Its message is a clause without its full stop, and names no address. */
export class NotTaken extends Error {}
