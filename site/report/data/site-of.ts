import type { SiteData } from '#shared/figures/site-data.ts';
import type { Fetch } from './fetch-cache.ts';

/** What a browser needs of the site beside its days and calls. */
export const siteOf = (fetch: Fetch): Promise<SiteData> => fetch<SiteData>('/data/site.json');
