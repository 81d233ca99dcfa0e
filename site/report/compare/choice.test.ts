import domino from '@mixmark-io/domino';
import { expect, it } from 'vitest';
import type { SiteData } from '#shared/figures/site-data.ts';
import { staticMarkup } from '../components/ui/static-markup.ts';
import Choice from './Choice.tsx';

const agent = (id: string, name: string) => [id, { id, name, href: `/agents/${id}/` }];

it('tells agents of one name by their ids, whether they are chosen or can be', () => {
  const agents = Object.fromEntries([agent('ann', 'Kim'), agent('bob', 'Kim'), agent('cid', 'Cid')]);
  const site = { agents, days: [], site: { locale: 'en-GB' } } as unknown as SiteData;
  const wanted = { agents: ['ann'], period: { from: '2026-03-01', to: '2026-03-07' }, notes: [] };
  const page = domino.createDocument(staticMarkup(Choice, { site, wanted, go: () => {} }));
  const texts = (where: string) => Array.from(page.querySelectorAll(where), ({ textContent }) => textContent);
  expect(texts('.chip a')).toEqual(['Kim (ann)']);
  expect(page.querySelector('.chip .drop')?.getAttribute('aria-label')).toBe('Leave out Kim (ann)');
  expect(texts('option')).toEqual(['Choose an agent', 'Cid', 'Kim (bob)']);
});
