import { expect, it } from 'vitest';
import { readSearch, searchAddress } from './search-request.ts';

it('comes back from its address, of which only the fragment says what is searched for', () => {
  const request = {
    text: '"next week" -tax & 50 %',
    filter: { from: '2026-03-01', agent: ['ann@agents.example'], rule: ['says goodbye'], result: 'passed' as const },
    by: 'customer' as const,
  };
  const address = searchAddress(request);
  expect(address).toMatch(/^\/search\/#/);
  expect(readSearch(new URL(address, 'https://reports.example').hash)).toEqual({ ...request, ignored: [] });
  expect(searchAddress({ text: '', filter: {} })).toBe('/search/');
});

it('says what it cannot narrow by', () => {
  expect(readSearch('#q=a&direction=inbound&by=nobody&qa=maybe')).toEqual({
    text: 'a',
    filter: {},
    ignored: ['qa=maybe', 'direction=inbound', 'by=nobody'],
  });
});
