import { type CallFilter, callsHref, filterQuery } from '#shared/filter/filter.ts';
import { hearListQuery } from '#shared/filter/hear-list.ts';
import { linkMark } from '../../lib/link-mark.ts';
import { type Subscription, tokenOf } from '../recipients/preferences.ts';
import type { Scope } from '../recipients/scope.ts';

/** Longer addresses, of rules with absurd names, are left out: a mail has no room for them. */
const MAX_LENGTH = 500;

/** Makes every address that a digest holds; null where the reader gets no links. */
export type Links = (path: string) => string | null;
/** The address of a list of calls, of the recipient's scope and some days: the digest's, or those that they are compared with. */
export type CallLinks = (filter: CallFilter) => string | null;
/** The same, of any days. */
export type SpanLinks = (span: { from: string; to: string }, filter: CallFilter) => string | null;

/**
 * Links of one recipient's digest.
 * @param siteUrl address of the report sites; undefined: no links
 * @param member whether the recipient can sign in; others get no links
 * @returns from a site path, which may have a query, to an address below `siteUrl`
 */
export function linksOf(siteUrl: string | undefined, org: string, member: boolean): Links {
  if (siteUrl === undefined || !member) return () => null;
  const { origin } = new URL(siteUrl);
  return (path) => {
    const url = new URL(path, origin);
    if (url.origin !== origin || !/^https?:$/.test(url.protocol))
      throw new Error(`foreign link: ${JSON.stringify(path)}`);
    url.searchParams.set('o', linkMark(org));
    return url.href.length > MAX_LENGTH ? null : url.href;
  };
}

/**
 * Where a digest is ended: by one POST to the gate, else by a mail to a person, else nowhere.
 * @param mail address that takes such requests where no gate does
 */
export function stopOf(
  { siteUrl, unsubscribeKey, unsubscribeMail }: StopSettings,
  subscription: Subscription,
): string | undefined {
  const url = unsubscribeUrlOf(siteUrl, unsubscribeKey, subscription);
  if (url !== undefined || unsubscribeMail === undefined) return url;
  const address = encodeURIComponent(unsubscribeMail).replace('%40', '@');
  return `mailto:${address}?subject=${encodeURIComponent(`Stop the ${subscription.kind} digest of ${subscription.organization}`)}`;
}

export interface StopSettings {
  siteUrl?: string;
  unsubscribeKey?: string;
  unsubscribeMail?: string;
}

/** Undefined where there is no gate to take it, or no key to sign with. */
function unsubscribeUrlOf(
  siteUrl: string | undefined,
  key: string | undefined,
  subscription: Subscription,
): string | undefined {
  if (siteUrl === undefined || key === undefined || new URL(siteUrl).protocol !== 'https:') return undefined;
  return new URL(`/u/${tokenOf(subscription, key)}`, siteUrl).href;
}

/** Links to the calls behind the figures of a scope. */
export const spanLinksOf =
  (links: Links, scope: Scope): SpanLinks =>
  (span, filter) =>
    links(callsHref({ ...span, ...filterOf(scope), ...filter }));

/** Links to calls to hear of a scope and some days, each within the list of all of them; of one whose list has too long an address, to the call alone. */
export const hearLinksOf = (links: Links, scope: Scope, span: { from: string; to: string }): Links => {
  const list = hearListQuery({ ...span, ...filterOf(scope) });
  return (path) => links(`${path}${list}`) ?? links(path);
};

/** Where the button leads: the overview of the digest's days, for a team that of the team alone; for one agent the calls. */
export const openOf = (links: Links, scope: Scope, span: { from: string; to: string }): string | null =>
  scope !== 'all' && 'agent' in scope
    ? spanLinksOf(links, scope)(span, {})
    : links(`/${filterQuery({ ...span, ...filterOf(scope) })}`);

/** Links to the calls behind a figure of some days. */
export const callLinksOf =
  (toSpan: SpanLinks, span: { from: string; to: string }): CallLinks =>
  (filter) =>
    toSpan(span, filter);

/** The calls of a scope. */
export function filterOf(scope: Scope): CallFilter {
  if (scope === 'all') return {};
  return 'team' in scope ? { team: [scope.team] } : { agent: [scope.agent] };
}
