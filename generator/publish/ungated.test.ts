import { describe, expect, test } from 'vitest';
import { build, memoryWorld, pageText, putCall } from '../fixtures/world.ts';
import { openRenderer } from '../render/renderer.ts';
import { readManifest, readPointer } from './read.ts';
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

  test('it says nothing of a recording, which only a gate can open', async () => {
    const world = memoryWorld({ renderer: await openRenderer() });
    const call = { audio_uri: 's3://input/org_1/audio/c1.mp3' };
    for (const [org, playback] of [
      ['org_1', true],
      ['org_2', false],
    ] as const) {
      await world.config.put(`${org}/report-config.json`, JSON.stringify({ name: 'One', playback }));
      await putCall(world.results, org, { id: 'c1', call });
      await build(world, org);
    }
    const [heard, silent] = await Promise.all(
      ['org_1', 'org_2'].map((org) => pageText(world.reports, org, '/calls/c1/')),
    );
    expect(heard).toMatch(/<div class="listen">.*href="\/calls\/c1\/audio"/s);
    expect(heard).toContain(' data-time="0.5 4"');
    expect(ungated(String(heard)).replaceAll(/\s+/g, '')).toBe(ungated(String(silent)).replaceAll(/\s+/g, ''));
    const { pointer } = (await readPointer(world.reports, 'org_1')) ?? expect.fail();
    const { files } = await readManifest(world.reports, 'org_1', pointer);
    expect((await files.get('/calls/c1/'))?.recording).toBe('c1');
  });

  test('it is otherwise as it was, whatever somebody said in it', () => {
    const said = '<p>data-site="ab12cd34" &lt;body hidden&gt;</p>';
    expect(ungated(`<!DOCTYPE html><html lang="en"><body>${said}</body></html>`)).toContain(said);
  });
});
