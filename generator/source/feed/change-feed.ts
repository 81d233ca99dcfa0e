import type { Log } from '../../lib/console.ts';

/**
 * A change feed says which keys of the results to look at, and nothing more: what is there is asked of the store of the results. What
 * it has lost, or tells late, twice or wrongly, costs time alone.
 */
export interface ChangeFeed {
  /** Where it is, for messages. */
  readonly url: string;
  /** What one run hears. Nothing is asked of the feed yet. @param log for what is of no single organization */
  listen(orgs: Organizations, log: Pick<Log, 'say'>): Listening;
}

/** Ids of the organizations that a run builds, and of all that there are. */
export interface Organizations {
  ours: readonly string[];
  all: readonly string[];
}

/** The feed as one run hears it. */
export interface Listening {
  /** Called before anything of the organization is looked at. @throws where the feed cannot be read */
  about(org: string): Promise<Told>;
  /** The end of the run: what nobody has used is left for the next one. */
  end(): Promise<void>;
}

/** What a feed tells of one organization. */
interface Told {
  /** The calls of which something may have changed; undefined where only a listing can tell. */
  calls(): Promise<ReadonlySet<string> | undefined>;
  /** A run that used it has published, or has found that nothing has changed: it is not told again. */
  used(): Promise<void>;
}
