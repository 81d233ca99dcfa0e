import domino from '@mixmark-io/domino';
import { expect, test } from 'vitest';
import { caseBuckets } from '../../generator/fixtures/tenants.ts';
import { build, memoryWorld, pageText, publishedCalls } from '../../generator/fixtures/world.ts';
import { openRenderer } from '../../generator/render/renderer.ts';

test('a rule without a verdict is drawn as neither passed nor failed, wherever its call is shown', async () => {
  const world = memoryWorld({ ...caseBuckets('not-evaluated-marked-passed'), renderer: await openRenderer() });
  await build(world, 'acme');
  const page = domino.createDocument(await pageText(world.reports, 'acme', '/calls/c1/'));
  const textOf = (element: Element | null) => element?.textContent?.replace(/\s+/g, ' ').trim();
  const all = (selector: string) => Array.from(page.querySelectorAll(selector));

  expect(all('.rail ol > li .nowrap').map(textOf)).toEqual(['Pass, 90.0 × 1', 'Not evaluated']);
  expect(all('.turn .margin li').map(textOf)).toEqual(['Pass: Branded greeting', 'Not evaluated: Identity verified']);
  expect(all('.turn .margin use').map((use) => use.getAttribute('href'))).toEqual(['#s-pass', '#s-none']);
  expect(all('.turn mark').map((mark) => mark.className)).toEqual(['passed', 'none']);
  expect(all('.lanes use').map((use) => use.getAttribute('href'))).toEqual(['#s-pass', '#s-none']);
  expect(textOf(page.querySelector('.verdict'))).toContain('Critical rules Identity verified: not evaluated');

  expect((await publishedCalls(world.reports, 'acme', '2026-03-30')).map(({ rules }) => rules)).toEqual([
    { 'branded greeting': true },
  ]);
  const agent = domino.createDocument(await pageText(world.reports, 'acme', '/agents/ann@agents.example/'));
  expect(agent.body.textContent).not.toMatch(/Identity verified/);
});
