import type { ReactElement } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import type { SiteData } from '#shared/figures/site-data.ts';
import { findList } from '../call/list/find-list.ts';
import { cachedFetch } from '../data/fetch-cache.ts';
import { calibrationHref, readRequest, requestQuery, sampleRequest } from '../explorer/list-request.ts';
import Calibration from './Calibration.tsx';
import RuleChoice from './RuleChoice.tsx';

/**
 * Put the sheet of the address's rule and days into the page; without a rule all rules to choose from.
 * @throws where the site's data cannot be fetched or the sample cannot be drawn
 */
export async function openCalibration(place: HTMLElement): Promise<void> {
  const fetch = cachedFetch();
  const site = await fetch<SiteData>('/data/site.json');
  const asked = new URLSearchParams(location.search);
  const rule = asked.get('rule');
  const { from = site.window?.from, to = site.window?.to } = readRequest(location.search).filter;
  if (rule === null || !Object.hasOwn(site.rules, rule)) {
    draw(place, <RuleChoice site={site} unknown={rule ?? undefined} days={{ from, to }} />);
    return;
  }
  // The address is the whole sample: whoever gets it draws the same one, whenever that is.
  const address = calibrationHref({ rule, from, to });
  if (address !== location.pathname + location.search) history.replaceState(history.state, '', address);
  const request = sampleRequest({ rule, from, to });
  const calls = await findList(request, site, fetch);
  draw(
    place,
    <Calibration site={site} filter={request.filter} rule={rule} calls={calls} query={requestQuery(request)} />,
  );
}

/** @throws where it cannot be drawn */
function draw(place: HTMLElement, body: ReactElement): void {
  const errors: unknown[] = [];
  // Without this React reports an error, leaves nothing and goes on.
  const root = createRoot(place, { onUncaughtError: (error) => errors.push(error) });
  flushSync(() => root.render(body));
  if (errors.length > 0) throw errors[0];
}
