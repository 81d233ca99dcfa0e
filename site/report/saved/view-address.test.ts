import { describe, expect, it } from 'vitest';
import type { SiteData } from '#shared/figures/site-data.ts';
import { viewAddress } from './view-address.ts';
import { isViewHref } from './view-href.ts';

const SITE = {
  agents: { 'ann@agents.example': { name: 'Ann' } },
  teams: [{ name: 'South', href: '/teams/South/', members: 2 }],
  rules: { 'opening/greeting': { name: 'Greeting' } },
  dimensions: [
    { id: 'topic', name: 'Topic', values: ['High bill'] },
    { id: 'field.Queue', name: 'Queue', values: ['Returns'] },
  ],
} as unknown as SiteData;

const at = (path: string, query: string) => viewAddress(path, query, SITE);

describe('the address of a view that a reader saves', () => {
  it.each([
    ['/', '?from=2026-03-01&to=2026-03-07'],
    ['/', '?team=South'],
    ['/qa/', '?from=2026-03-01&to=2026-03-07&team=South'],
    ['/agents/', '?sort=-qa-passed'],
    ['/topics/', '?from=2026-03-01&to=2026-03-01'],
    ['/calls/', '?from=2026-03-01&agent=ann%40agents.example&qa=failed&rule=opening%2Fgreeting&score=-60'],
    ['/calls/', '?critical=1&grade=D&topic=High+bill&field.Queue=Returns&sort=-length'],
    ['/calls/', '?agent='],
    ['/calls/', '?sort=score'],
  ])('has what was chosen: %s%s', (path, query) => {
    expect(at(path, query)).toEqual({ href: `${path}${query}` });
    expect(isViewHref(`${path}${query}`)).toBe(true);
  });

  it('has nothing beside it: no mark of a link, no keys that no page reads, no order that is none', () => {
    expect(at('/calls/', '?o=12345678&qa=failed&utm_source=ann%40home.example&sort=nonsense')).toEqual({
      href: '/calls/?qa=failed',
    });
    expect(at('/', '?qa=failed&team=South&sort=01632+960001')).toEqual({ href: '/?team=South' });
  });

  it.each(['?text=refund', '?party=%2B441632960001', '?qa=failed&text=refund'])(
    'is refused where it says what was looked for, or who called: %s',
    (query) => {
      for (const path of ['/calls/', '/'])
        expect(at(path, query)).toEqual({ refused: expect.stringContaining('caller’s number') });
      expect(isViewHref(`/calls/${query}`)).toBe(false);
    },
  );

  it.each([
    'agent=%2B441632960001',
    'team=North',
    'rule=none',
    'grade=01632960001',
    'topic=a+caller',
    'field.Queue=x',
    'field.Name=x',
  ])('is refused with a value that the site does not have, which may be anything: %s', (query) => {
    expect(at('/calls/', `?${query}`)).toEqual({ refused: expect.stringContaining('does not have') });
  });

  it.each([
    ['/', ''],
    ['/calls/', '?o=12345678'],
    ['/agents/ann@agents.example/', '?from=2026-03-01&to=2026-03-07'],
    ['/about/', '?from=2026-03-01&to=2026-03-07'],
  ])('is none where nothing was chosen, or on other pages: %s%s', (path, query) => {
    expect(at(path, query)).toEqual({ refused: expect.any(String) });
  });

  it.each([
    '//evil.example/?qa=failed',
    'https://evil.example/?qa=failed',
    'javascript:alert(1)?qa=failed',
    '/calls/?qa=failed#t-1',
    '/calls/../sign-out?qa=failed',
    '/sign-out?qa=failed',
    '/calls/?a=b?c=d',
    '/calls/?',
    '/calls/',
    '',
  ])('is not read back where it leads elsewhere: %s', (href) => {
    expect(isViewHref(href)).toBe(false);
  });
});
