import { beforeAll, expect, test } from 'vitest';
import { openRenderer, type Renderer } from '../../../generator/render/renderer.ts';
import { tenants } from '../../../site/report/fixtures/tenants.ts';
import { literalRenderer } from './literal.ts';
import { shownText } from './text.ts';

let renderer: Renderer;
beforeAll(async () => {
  renderer = await openRenderer();
});

const calls = tenants.flatMap(({ name, pages }) =>
  pages.flatMap((view) => (view.kind === 'call' ? [[name, view.path, view] as const] : [])),
);

test.each(calls)('the limit shows the page that the templates show, tenant %s, %s', async (_tenant, _path, view) => {
  expect(shownText(literalRenderer()(view))).toBe(shownText(await renderer.render(view)));
});

test('it reads what a page shows, whatever stands for its characters', () => {
  const html =
    '<html><head><title>no</title></head><body><p>a <b>b</b>,\n &amp;&#38;&#x26; &lt;i&gt;</p> “<i>c</i>”</body>';
  expect(shownText(html)).toBe('a b, &&& <i> “c”');
});
