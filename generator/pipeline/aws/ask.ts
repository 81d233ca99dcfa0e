import pLimit from 'p-limit';
import { messageOf, problemsOf } from '../../lib/errors.ts';
import { type Printable, say } from '../../lib/printable.ts';
import { type AwsFailure, type AwsReason, explainedBy } from '../../store/aws-reasons.ts';

/** What was asked for; "none": there is none, "unseen": nobody could tell. */
export type Seen<Found> = Found | 'none' | 'unseen';

/** Whether it is there, and was seen. */
export const isThere = <Found>(seen: Seen<Found>): seen is Found => seen !== 'none' && seen !== 'unseen';

/** What is known of a list: what nobody could tell is not in it. */
export const listed = <Item>(seen: Seen<Item[]>): Item[] => (isThere(seen) ? seen : []);

/** What could not be seen, over all questions. */
export interface Unseen {
  /** Rights that were missing, such as "lambda:GetPolicy", each once. */
  rights: string[];
  /** Why else there was no answer, as sentences, each once. */
  failures: Printable[];
}

/**
 * One question to a service of AWS. It never throws.
 * @param right that it needs, such as "lambda:GetPolicy"
 * @param service as people call it, such as "AWS Lambda"
 */
export type Ask = <Found>(right: string, service: string, work: () => Promise<Found>) => Promise<Seen<Found>>;

/** Few enough that no service is asked faster than it allows. */
const AT_ONCE = 4;

const NONE = /^(?:ResourceNotFound|NotFound$|NoSuchEntity|NoSuchBucket$|QueueDoesNotExist|.*\bNonExistentQueue)/;
const DENIED = /^(?:AccessDenied|NotAuthorized|UnauthorizedOperation|AuthorizationError|OptInRequired|Forbidden$)/;

/** How questions are put, and what of them stayed open. Where already the first one finds no way to AWS, no other is put. */
export function asker(): { ask: Ask; unseen: () => Unseen } {
  const limit = pLimit(AT_ONCE);
  const rights = new Set<string>();
  const failures = new Set<Printable>();
  let [hasAnswered, isOver] = [false, false];
  const ask: Ask = (right, service, work) =>
    limit(async () => {
      if (isOver) return 'unseen';
      try {
        const found = await work();
        hasAnswered = true;
        return found;
      } catch (error) {
        const { name = '', $metadata } = (error ?? {}) as { name?: string; $metadata?: { httpStatusCode?: number } };
        const isNone = NONE.test(name);
        if (isNone || DENIED.test(name)) hasAnswered = true;
        if (isNone) return 'none';
        if (DENIED.test(name) || (name.startsWith('Unknown') && $metadata?.httpStatusCode === 403)) rights.add(right);
        else for (const problem of problemsOf(explained(error, service))) failures.add(problem);
        isOver = !hasAnswered;
        return 'unseen';
      }
    });
  return { ask, unseen: () => ({ rights: [...rights].sort(), failures: [...failures] }) };
}

const REASONS: readonly AwsReason<AwsFailure>[] = [
  {
    codes: ['RegionIsMissing'],
    why: () => say`no region is set`,
    todo: () => say`Set AWS_REGION to the region of the buckets.`,
  },
  {
    codes: ['NoSuchProtocol'],
    why: () => say`what answers in its place does not speak as it does`,
    todo: () => say`Check AWS_ENDPOINT_URL, and the proxy of the network.`,
  },
];

const explained = (error: unknown, service: string): Error =>
  explainedBy(REASONS, named(error), say`${service} could not be looked at`, {
    service,
    what: service,
    endpoint: 'AWS_REGION',
  });

/** Without a region the SDK throws what has no name; of an empty one it says what it says of a wrong one. */
const named = (error: unknown): unknown =>
  /^Region (?:is missing|not accepted: region="")/.test(messageOf(error))
    ? Object.assign(new Error('Region is missing'), { name: 'RegionIsMissing' })
    : error;

/** All pages of a list. @param page asks for one @throws what it throws */
export async function allPages<Item>(
  page: (token: string | undefined) => Promise<{ items: Item[] | undefined; next: string | undefined }>,
): Promise<Item[]> {
  const all: Item[] = [];
  let token: string | undefined;
  for (let at = 0; at < MOST_PAGES; at++) {
    const { items, next } = await page(token);
    all.push(...(items ?? []));
    if (!next) break;
    token = next;
  }
  return all;
}

/** An answer that never ends is none. */
const MOST_PAGES = 50;
