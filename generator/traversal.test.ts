import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { buildSite } from './build.ts';
import { traversalStrings } from './fixtures/traversal.ts';
import { CONFIG, memoryWorld, putCall, putSheet, rule } from './fixtures/world.ts';
import { readManifest, readPointer } from './publish/read.ts';
import { usableId } from './source/layout.ts';
import { fileStore } from './store/file.ts';
import { collect } from './store/ranges.ts';

const IDS = traversalStrings(Number(process.env.CCI_TRAVERSAL ?? 120));

it('keeps every id and name inside of the site, each at a path of its own', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cci-traversal-'));
  try {
    const reports = fileStore(pathToFileURL(join(folder, 'reports')).href);
    const world = memoryWorld({ reports });
    const own = IDS.filter(usableId);
    for (const [i, id] of own.entries())
      if (i % 2 === 0)
        await putCall(world.results, 'org_1', {
          id,
          call: { [id === '__proto__' ? 'proto' : id]: id, to_number: `${id}@agents.example` },
          qa: [rule(id, { category: id })],
          enriched: { transcript: [{ speaker: id, text: id }] },
        });
    await putSheet(
      world.results,
      'org_1',
      IDS.filter((id) => !own.includes(id) || own.indexOf(id) % 2 === 1).map((id) => ({ call_id: id, agent_id: id })),
    );
    await world.config.put('org_1/report-config.json', JSON.stringify({ ...CONFIG, metadata: { '../x': '../../y' } }));
    const built = await buildSite(world, 'org_1');
    const { pointer } = (await readPointer(reports, 'org_1')) ?? { pointer: undefined };
    if (!pointer) throw new Error('unpublished');
    const { files } = await readManifest(reports, 'org_1', pointer);
    const paths = (await collect(files)).map(([path]) => path);
    const calls = paths.filter((path) => path.startsWith('/calls/') && path !== '/calls/');
    // Ids of rows are trimmed, so two of them may be one.
    const distinct = new Set([
      ...own.filter((_, i) => i % 2 === 0),
      ...own.filter((_, i) => i % 2 === 1).map((id) => id.trim()),
    ]);
    expect([built.calls, calls.length]).toEqual([distinct.size, distinct.size]);
    for (const path of paths) expect(path).toMatch(/^(?:\/[A-Za-z0-9_~][A-Za-z0-9_~.@,+=-]*)*\/?$/);
    // What cannot be an id is refused by its name, row by row.
    expect(built.refused).toBe(IDS.length - own.length);
    expect((await readdir(folder)).sort()).toEqual(['reports']);
    expect((await readdir(join(folder, 'reports'))).filter((name) => !name.startsWith('.')).sort()).toEqual(['org_1']);
    expect(Object.keys(Object.prototype)).toEqual([]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
