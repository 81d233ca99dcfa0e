/** How it came to be known what a session is. */
type SessionCheck =
  /** Its token had been verified less than a minute before. */
  | 'remembered'
  /** Clerk's SDK has verified its token. */
  | 'verified'
  /** None of the instance's keys has signed it. */
  | 'forged'
  /** Clerk's SDK weighs the whole request, behind Astro. */
  | 'long_way';

export type StoreOperation = 'get' | 'put' | 'list' | 'share';

/** Counts what the gate does. It is told of no organization, no person and no path, so that whoever may read the counts learns of none. */
export interface Meter {
  /**
   * A request has ended.
   * @param status 499: nothing of the answer had left
   * @param seconds from its turn until all of the answer had left
   * @param isRefused turned away for its method or its target, before anything else looked at it
   */
  answered(status: number, seconds: number, isRefused: boolean): void;
  /** What came was no HTTP. */
  unreadable(): void;
  session(check: SessionCheck): void;
  /** Somebody asked which build is an organization's current one. */
  lookedUp(from: 'memory' | 'store'): void;
  /** A request to a store begins. @returns to be called when its answer has come */
  asked(store: 'reports' | 'recordings', operation: StoreOperation): (isError: boolean) => void;
}
