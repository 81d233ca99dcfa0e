import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { putCall } from './fixtures/world.ts';
import { fileStore } from './store/file.ts';
import { cliWorld } from './testing/cli-world.ts';

const { folder, url, here, hereWith } = cliWorld();

describe('what a command does with sites that are there', () => {
  it('loses most calls of no site, named or in a shard, but where the loss is accepted', async () => {
    await putCall(fileStore(url('shrunk')), 'org_1', { id: 'c1' });
    const stores = ['--results', url('shrunk'), '--reports', url('shrunk-reports')];
    expect((await hereWith({ CCI_SHARD: 'org_1' }, 'build', ...stores)).status).toBe(0);
    rmSync(join(folder, 'shrunk'), { recursive: true });
    await putCall(fileStore(url('shrunk')), 'org_2', { id: 'c1' });
    const kept = await hereWith({ CCI_SHARD: 'org_1 org_2' }, 'build', ...stores);
    const loss =
      'The new build would lose 1 of the 1 call that the site shows, more than half, so the site stays as it was';
    expect([kept.status, kept.stdout]).toEqual([1, expect.stringContaining(loss)]);
    expect(kept.stdout).toContain('org_2: published build 1');
    const named = await here('build', '--org', 'org_1', ...stores);
    expect([named.status, named.stdout]).toEqual([1, expect.stringContaining('run build --org org_1 --accept-loss')]);
    expect((await here('tenants', ...stores)).stdout).toContain(
      'org_1: has a site but no input. The site stays as it is until build --org org_1 --accept-loss',
    );
    const emptied = await hereWith({ CCI_SHARD: 'org_1' }, 'build', '--accept-loss', ...stores);
    expect([emptied.status, emptied.stdout]).toEqual([
      0,
      expect.stringMatching(/^org_1: published build 2 with 0 calls \(read 0, gone 1, [^\n]*\n$/),
    ]);
  });

  it('lists the builds of a site, newest first, and goes back to one', async () => {
    await putCall(fileStore(url('more')), 'org_1', { id: 'c1' });
    const stores = ['--results', url('more'), '--reports', url('more-reports')];
    const wanted = ['--org', 'org_1', '--reports', url('more-reports')];
    await here('build', '--now', '2026-04-02T06:00:30Z', ...stores);
    await putCall(fileStore(url('more')), 'org_1', { id: 'c2' });
    await here('build', '--now', '2026-04-03T06:00:30Z', ...stores);
    const back = await here('rollback', '--now', '2026-04-04T06:00:30Z', ...wanted);
    expect([back.status, back.stdout]).toMatchInlineSnapshot(`
      [
        0,
        "org_1: build 1 is current again (1 call); build 2 is kept. The gate shows it within seconds.
      org_1: the next build publishes the input as it is then. Stop the schedule, or correct the input, if that would bring build 2 back.
      ",
      ]
    `);
    expect((await here('builds', '--reports', url('more-reports'))).stdout).toMatchInlineSnapshot(`
      "organization  build  published          calls
      org_1         2      2026-04-03T06:00Z  2
      org_1         1      2026-04-04T06:00Z  1      current
      "
    `);
    expect((await here('build', ...stores)).stdout).toContain('org_1: published build 4 with 2 calls (read 1, gone 0,');
  });

  it('exports a site as files for a static host, and only into an empty folder', async () => {
    await putCall(fileStore(url('results')), 'org_1', { id: 'c1' });
    await here('build');
    const out = join(folder, 'site');
    expect((await here('export', '--org', 'org_1', '--out', out)).status).toBe(0);
    const page = readFileSync(join(out, 'calls', 'c1', 'index.html'), 'utf8');
    expect(page).toContain('my parcel has not come');
    for (const [, asset] of page.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g))
      readFileSync(join(out, asset as string));
    readFileSync(join(out, '404.html'));
    const again = await here('export', '--org', 'org_1', '--out', out);
    expect([again.status, again.stderr]).toEqual([2, expect.stringContaining('is not empty')]);
  });
});
