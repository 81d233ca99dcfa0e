import { describe, expect, test } from 'vitest';
import { build, memoryWorld, pageText, putCall } from '../fixtures/world.ts';
import { openRenderer } from '../render/renderer.ts';
import { ungated } from './ungated.ts';

describe('a page for a host without a gate', () => {
  test('it is shown, and asks for nothing that only a gate has', async () => {
    const world = memoryWorld({ renderer: await openRenderer() });
    await putCall(world.results, 'org_1', { id: 'c1' });
    await build(world, 'org_1');
    for (const path of ['/', '/calls/', '/calls/c1/', '/404.html']) {
      const html = await pageText(world.reports, 'org_1', path);
      expect(html).toMatch(/<html[^>]* data-site="[0-9a-f]{8}"/);
      expect(html).toContain('<body hidden>');
      const plain = ungated(html);
      for (const mark of ['data-site', '/session.css', '<body hidden']) expect(plain).not.toContain(mark);
      expect(html.length - plain.length).toBeLessThan(120);
    }
  });

  test('it is otherwise as it was, whatever somebody said in it', () => {
    const said = '<p>data-site="ab12cd34" &lt;body hidden&gt;</p>';
    expect(ungated(`<!DOCTYPE html><html lang="en"><body>${said}</body></html>`)).toContain(said);
  });
});
