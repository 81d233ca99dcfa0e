import { linkMark } from '../lib/link-mark.ts';

/** Makes every address that a digest holds; null where the reader gets no links. */
export type Links = (path: string, day?: string) => string | null;

/**
 * Links of one recipient's digest.
 * @param siteUrl address of the report sites; undefined: no links
 * @param member whether the recipient can sign in; others get no links
 * @returns from a site path and perhaps the day to show, to an address below `siteUrl`
 */
export function linksOf(siteUrl: string | undefined, org: string, member: boolean): Links {
  if (siteUrl === undefined || !member) return () => null;
  const { origin } = new URL(siteUrl);
  return (path, day) => {
    const url = new URL(path, origin);
    if (url.origin !== origin || !/^https?:$/.test(url.protocol))
      throw new Error(`foreign link: ${JSON.stringify(path)}`);
    if (day !== undefined) {
      url.searchParams.set('from', day);
      url.searchParams.set('to', day);
    }
    url.searchParams.set('o', linkMark(org));
    return url.href;
  };
}
