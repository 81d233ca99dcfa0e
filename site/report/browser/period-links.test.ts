import { expect, test } from 'vitest';
import { withPeriod } from './period-links.ts';

const SEARCH = '?qa=failed&from=2026-03-01&sort=score&to=2026-03-07&o=3fa9c01b';

test.each([
  ['/', '/?from=2026-03-01&to=2026-03-07'],
  ['/agents/', '/agents/?from=2026-03-01&to=2026-03-07'],
  ['/agents/ann@agents.example/', '/agents/ann@agents.example/?from=2026-03-01&to=2026-03-07'],
  ['/about/#attention', '/about/?from=2026-03-01&to=2026-03-07#attention'],
  ['/calls/', '/calls/?from=2026-03-01&to=2026-03-07'],
  ['/qa/?team=R%26D', '/qa/?from=2026-03-01&to=2026-03-07&team=R%26D'],
  // They show no days, but lead on to pages that do.
  ['/calls/c01/#q-1', '/calls/c01/?from=2026-03-01&to=2026-03-07&alone#q-1'],
  // Their days are their own.
  ['/calls/?from=2026-01-01&to=2026-01-02', '/calls/?from=2026-01-01&to=2026-01-02'],
  // So is their list.
  ['/calls/c01/?qa=failed#q-1', '/calls/c01/?qa=failed#q-1'],
  // No pages with a period.
  ['/data/site.json', '/data/site.json'],
  ['/sign-out', '/sign-out'],
  ['//agents/', '//agents/'],
])('a link to %s leads to the days of the address: %s', (href, expected) => {
  expect(withPeriod(href, SEARCH)).toBe(expected);
  expect(withPeriod(href, '')).toBe(href);
});

test.each([
  ['/', '/?from=2026-03-01&team=R%26D'],
  ['/calls/', '/calls/?from=2026-03-01&team=R%26D'],
  ['/topics/', '/topics/?from=2026-03-01&team=R%26D'],
  ['/qa/?team=North', '/qa/?from=2026-03-01&team=North'],
  // They cannot show a team alone.
  ['/about/', '/about/?from=2026-03-01'],
  ['/teams/North/', '/teams/North/?from=2026-03-01'],
  ['/agents/ann/', '/agents/ann/?from=2026-03-01'],
])('a link to %s keeps the team of the address where the page can: %s', (href, expected) => {
  expect(withPeriod(href, '?team=R%26D&from=2026-03-01')).toBe(expected);
});
