import { decodeText, stableJson } from '../lib/bytes.ts';
import type { Refusal } from '../source/refusals.ts';
import type { ConditionalWrites } from '../store/probe.ts';
import { PreconditionFailed, type Store } from '../store/store.ts';
import type { Notices } from './notices.ts';

/**
 * One trouble with the input, summed up: a sheet that is refused or of which the end is lost, rows or objects of which many are, a column of which many
 * cells cannot be read.
 */
export interface Trouble {
  kind: 'sheet' | 'cut' | 'rows' | 'objects' | 'cells' | 'fields';
  /** Sheets, rows, calls or cells in trouble, and of how many. */
  n: number;
  of: number;
  column?: string; // e.g., "started_at"
  /** The first sheet by key, below `<org>/`, and how many there are. */
  sheets?: { first: string; count: number };
  /** Why, or why most. */
  refusal?: Refusal;
}

/** How an organization stands, by its last run. */
export interface OrganizationStatus {
  /** When the last listing that led to a current site began; ISO 8601. A digest needs one after its day's end. */
  listedAt?: string;
  /** When the current build was published. */
  publishedAt?: string;
  generation?: number;
  calls?: number;
  refused?: number;
  /** What is wrong with much of its input, the first twenty. */
  troubles?: Trouble[];
  /** Newest start of a call. */
  lastCallAt?: string;
  /** If no newer call is known by then, the organization stands still; see `days/standstill.ts`. */
  callsExpectedBy?: string;
  /** Calls that wait in the pipeline, and dead ones; absent where it says nothing of them. */
  unfinished?: { waiting: number; dead: number };
  /** When the last run of this organization ended. */
  lastRunAt: string;
  /** By when its next run must have ended. */
  expectedBy?: string;
  /** Why the last run failed; the site is then the one before. */
  problem?: string;
}

/** `status.json` at the root of the reports store: the one object that an idle run writes. */
export interface Status {
  version: 1;
  organizations: { [org: string]: OrganizationStatus };
  /** By when the next run must have ended; ISO 8601. Written at the end of each, but those of an organization that somebody names. */
  expectedBy?: string;
  /** What the operator was last told of; absent where no notice has been sent. */
  notices?: Notices;
}

const STATUS = 'status.json';
const ATTEMPTS = 20;

export async function readStatus(store: Store): Promise<{ status: Status; etag?: string }> {
  const object = await store.get(STATUS);
  const empty: { status: Status } = { status: { version: 1, organizations: {} } };
  if (!object) return empty;
  try {
    const status = JSON.parse(decodeText(object.body)) as Status;
    if (status.version === 1) return { status, etag: object.etag };
  } catch {}
  // Every organization is then built again to be sure, and writes its own line anew.
  return { ...empty, etag: object.etag };
}

/** When `status.json` was written last, by the store's clock, in milliseconds since the epoch; undefined where nothing tells. */
export async function statusTime(store: Store): Promise<number | undefined> {
  for await (const { key, modified } of store.list(STATUS)) if (key === STATUS) return modified;
  return undefined;
}

/**
 * Put the outcome of this run's organizations in, and leave the others as they are.
 * @param root what else is told at the root
 * @param keeps see `changeStatus`
 */
export const mergeStatus = (
  store: Store,
  outcomes: ReadonlyMap<string, OrganizationStatus>,
  keeps: () => Promise<ConditionalWrites>,
  root: Pick<Status, 'expectedBy'> = {},
): Promise<void> =>
  changeStatus(
    store,
    (status) => {
      const organizations = { ...status.organizations };
      for (const [org, outcome] of outcomes) {
        organizations[org] = { ...(outcome.problem ? organizations[org] : {}), ...outcome };
      }
      return { ...status, organizations, ...root };
    },
    keeps,
  );

/**
 * Change `status.json`; tried again, over what is there then, where another run was faster.
 * @param change pure; undefined leaves it as it is
 * @param keeps asked only where the store refuses the write to the last: it may not know the condition at all
 */
export async function changeStatus(
  store: Store,
  change: (status: Status) => Status | undefined,
  keeps: () => Promise<ConditionalWrites>,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const { status, etag } = await readStatus(store);
    const changed = change(status);
    if (changed === undefined) return;
    const body = stableJson(changed);
    try {
      await store.put(STATUS, body, etag === undefined ? { ifNoneMatch: '*' } : { ifMatch: etag });
      return;
    } catch (error) {
      if (error instanceof PreconditionFailed && attempt < ATTEMPTS) continue;
      // What was wrong with the write itself says more than what is wrong with trying one.
      const { createOnly, compareAndSwap } = await keeps().catch(() => {
        throw error;
      });
      if (etag === undefined ? createOnly : compareAndSwap) throw error;
      await store.put(STATUS, body);
      return;
    }
  }
}
