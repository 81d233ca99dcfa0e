import { spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PageView } from '#shared/view.ts';
import { buildSite } from '../../../generator/build.ts';
import { sha256 } from '../../../generator/lib/bytes.ts';
import { silentLog } from '../../../generator/lib/console.ts';
import { openRenderer } from '../../../generator/render/renderer.ts';
import { codeVersion, ROOT } from '../../../generator/render/version.ts';
import { fileStore } from '../../../generator/store/file.ts';
import { memoryStore } from '../../../generator/store/memory.ts';
import { ORG } from './calls.ts';

/** Seconds of Astro's own incremental build of the call pages alone, from view models that lie ready. */
export interface AstroBuilds {
  pages: number;
  first: number;
  /** Each with as many pages changed, and only those rendered. */
  changed: number[];
}

/**
 * @param folder of the stores "results" and "config"
 * @throws where Astro renders other pages than those that changed
 */
export async function measureAstro(folder: string, changed: number, rounds: number): Promise<AstroBuilds> {
  const ids = await writeViews(folder);
  const first = build(folder, ids.length);
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const step = Math.floor(ids.length / changed);
    await touch(folder, new Set(Array.from({ length: changed }, (_, i) => ids[i * step + round] ?? '')), round);
    times.push(build(folder, changed));
  }
  return { pages: ids.length, first, changed: times };
}

const viewsOf = (folder: string): string => join(folder, 'views');

/** The view models of all call pages as files, and the keys of what is in them. @returns call ids */
async function writeViews(folder: string): Promise<string[]> {
  await mkdir(viewsOf(folder), { recursive: true });
  const keys: [id: string, key: string][] = [];
  const keep = async (view: PageView): Promise<string> => {
    if (view.kind !== 'call') return '';
    const text = JSON.stringify(view);
    const id = decodeURIComponent(view.path.split('/')[2] ?? '');
    keys.push([id, sha256(text)]);
    await writeFile(join(viewsOf(folder), `${id}.json`), text);
    return '';
  };
  const store = (name: string) => fileStore(pathToFileURL(join(folder, name)).href);
  const keepAll = (views: readonly PageView[]) =>
    Promise.all(views.map((view) => keep(view).then(() => new Uint8Array())));
  const renderer = { ...(await openRenderer()), render: keep, renderAll: keepAll, csp: () => '' };
  const world = { results: store('results'), config: store('config'), reports: memoryStore(), renderer };
  await buildSite({ ...world, log: silentLog, now: () => new Date(), codeVersion: codeVersion() }, ORG);
  if (keys.length === 0) throw new Error('missing views: the build made no page of a call');
  await writeFile(join(viewsOf(folder), 'keys.json'), JSON.stringify(keys));
  return keys.map(([id]) => id);
}

async function touch(folder: string, ids: ReadonlySet<string>, round: number): Promise<void> {
  for (const id of ids) {
    const path = join(viewsOf(folder), `${id}.json`);
    const view = JSON.parse(await readFile(path, 'utf8')) as PageView;
    await writeFile(path, JSON.stringify({ ...view, title: `${view.title}, heard again ${round}` }));
  }
  const path = join(viewsOf(folder), 'keys.json');
  const keys = JSON.parse(await readFile(path, 'utf8')) as [string, string][];
  await writeFile(path, JSON.stringify(keys.map(([id, key]) => [id, ids.has(id) ? `${key} ${round}` : key])));
}

function build(folder: string, expected: number): number {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(ROOT, 'scripts/bench/build/astro/build.ts'), folder],
    {
      encoding: 'utf8',
      env: {
        ...process.env,
        CCI_VIEWS: viewsOf(folder),
        NODE_ENV: 'production',
        ASTRO_TELEMETRY_DISABLED: '1',
        ASTRO_KEY: Buffer.alloc(32).toString('base64'),
      },
    },
  );
  const seconds = (performance.now() - started) / 1000;
  if (status !== 0) throw new Error(`Astro's build ended with ${status}: ${stdout}${stderr}`);
  const rendered = Number(stdout.trim().split('\n').at(-1));
  if (rendered !== expected) throw new Error(`Astro rendered ${rendered} pages where ${expected} had changed`);
  return seconds;
}
