import type { Message } from './message.ts';

/** A way for mail to leave. */
export interface Transport {
  /**
   * Send once, with no retry of its own.
   * @returns the receipt: what the mail is known by where it went
   * @throws {NotSent} where it certainly did not leave; anything else thrown means that nobody knows
   */
  send(message: Message): Promise<{ id: string }>;
  /** Called once at the end of a run. */
  close(): Promise<void>;
}

/** The mail certainly did not leave: it may be tried again. */
export class NotSent extends Error {
  /** Whether another try in a moment may help. */
  readonly again: boolean;
  /** Whether no other mail would leave either: then nothing further is tried. */
  readonly stop: boolean;

  constructor(message: string, { again = false, stop = false } = {}) {
    super(message);
    this.again = again;
    this.stop = stop;
  }
}

/** The service has refused this mail for good; it did not leave, and trying again would not help. */
export class Refused extends Error {}
