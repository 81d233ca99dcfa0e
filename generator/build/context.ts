import type { Arrivals } from '../days/standstill.ts';
import type { Log } from '../lib/console.ts';
import type { Pool } from '../lib/pool.ts';
import type { WriteGuard } from '../publish/guard.ts';
import type { OrganizationStatus, Trouble } from '../publish/status.ts';
import type { Renderer } from '../render/renderer.ts';
import type { MissingColumn, SheetColumns } from '../report/sheet-columns.ts';
import type { UnknownRule } from '../report/unknown-rules.ts';
import type { ChangeFeed, Listening } from '../source/feed/change-feed.ts';
import type { ConditionalWrites } from '../store/probe.ts';
import type { Store } from '../store/store.ts';
import type { TenantConfig } from '../tenants/config.ts';

/** What is known of an organization's last run. */
type LastRun = Pick<OrganizationStatus, 'listedAt' | 'generation'>;

/** What looking at one organization needs of the world. */
export interface LookContext {
  results: Store;
  config: Store;
  reports: Store;
  log: Log;
  /** Shared by the builds of one run; absent: one of its own. */
  guard?: WriteGuard;
  /** The clock, for what is said about the build; nothing of it is in any page. */
  now: () => Date;
  maskingKey?: string;
  /** Of the code that runs; state of another version is not used. */
  codeVersion: string;
  /** Build everything again from the input. */
  force?: boolean;
  /** Look at every byte that is read of the build before, because something of it has turned out to be damaged. */
  closely?: boolean;
  /** Publish also where more than half of the site's calls would go: only where somebody has said so. */
  acceptLoss?: boolean;
  /** Publish even where nothing has changed, because somebody erases a call. */
  erasing?: {
    /** Paths that its page has or had: what is lost with it is no loss. */
    paths: readonly string[];
    /** No older build may show it again. */
    dropOlder: boolean;
  };
  /** Most older builds that are kept where nothing was deleted; 7 by default. */
  keepBuilds?: number;
  /** A time that the reports store's clock has reached, in milliseconds since the epoch, where one is known. */
  storeTime?: number;
  /** The change feed, and how each organization stood after its last run; absent: everything is listed each time. */
  feed?: Listening & Pick<ChangeFeed, 'url'> & { lastOf(org: string): LastRun | undefined };
}

/** What a build of one organization needs of the world. */
export interface BuildContext extends LookContext {
  renderer: Renderer;
  /** Reads many calls, and makes their pages; absent: this thread does. */
  pool?: Pool;
}

export interface BuildResult {
  /** When the last listing of everything began: what the site covers. */
  listedAt: string;
  published: boolean;
  generation: number;
  publishedAt: string;
  calls: number;
  refused: number;
  /** What is wrong with much of the input. */
  troubles: Trouble[];
  /** When calls came last; absent where no call has a start. */
  arrivals?: Arrivals;
  /** Of sheets; only of a build that published. */
  unreadColumns?: SheetColumns[];
  missingColumns?: MissingColumn[];
  /** Only where there are some. */
  unknownRules?: UnknownRule[];
  /** Calls that wait in the pipeline, and dead ones; absent where it says nothing of them. */
  unfinished?: { waiting: number; dead: number };
  /** Calls read in this run, and calls of the site before that are gone. */
  read: number;
  deleted: number;
  /** Pages and files made in this run. */
  rendered: number;
  /** Objects of the site before that were missing or damaged, and have been made again. */
  repaired: number;
}

/** One organization's run as the steps know it that make nothing. */
export interface LookRun extends LookContext {
  org: string;
  /** ISO 8601. */
  listedAt: string;
  tenant: TenantConfig;
  logo?: Uint8Array;
  /** What the state of this build will belong to. */
  fingerprint: string;
  /** Asks what the reports store keeps of conditional writes: only where a write is about to rely on it. @param generation of this run */
  probe: (generation: number) => Promise<ConditionalWrites>;
}

/** One organization's build, as each of its steps knows it. */
export interface Run extends BuildContext, LookRun {}
