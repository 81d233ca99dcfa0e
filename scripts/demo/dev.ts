// `npm run dev`: Astro's dev server on the pages of the demo's first tenant; templates, styles and charts show as they are edited.
import { spawn } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PageView } from '#shared/view.ts';
import { buildSite } from '../../generator/build.ts';
import { consoleLog, printError } from '../../generator/lib/console.ts';
import { problemsOf } from '../../generator/lib/errors.ts';
import { say } from '../../generator/lib/printable.ts';
import { openRenderer, type Renderer } from '../../generator/render/renderer.ts';
import { codeVersion, ROOT } from '../../generator/render/version.ts';
import { memoryStore } from '../../generator/store/memory.ts';
import { openStore } from '../../generator/store/open.ts';
import { demoTenants } from './data/tenants.ts';
import { writeDemoData } from './data/write.ts';
import { readOptions, requirePorts } from './options.ts';

const HELP = `npm run dev: opens Astro's dev server on pages of the demo's first organization.

  -- --port N  its port, else that of CCI_PORT, else 4321
  -- --help    shows this, and does nothing else
`;
const { port } = readOptions(HELP);
try {
  await requirePorts('npm run dev', [port]);
} catch (error) {
  for (const problem of problemsOf(error)) printError(problem);
  process.exit(2);
}

const FOLDER = join(ROOT, '.demo');
/** Enough calls to fill every page, few enough to start at once. */
const CALL_PAGES = 50;
const VIEWS = join(FOLDER, 'views');
const open = (name: string) => openStore(pathToFileURL(join(FOLDER, name)).href);
const stores = { results: open('results'), config: open('config'), input: open('input') };
const log = consoleLog();

await log.step(say`generate demo data`, (progress) => writeDemoData(stores, { now: new Date(), progress }));
await rm(VIEWS, { recursive: true, force: true });
let calls = 0;
const renderer = await openRenderer();

async function keepView(view: PageView): Promise<void> {
  if (view.kind === 'call' && ++calls > CALL_PAGES) return;
  const path = join(VIEWS, ...view.path.split('/'), 'view.json');
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, JSON.stringify(view));
}

/** Astro's dev server renders: here only the view models are wanted. */
const keepViews: Renderer = {
  ...renderer,
  render: (view) => keepView(view).then(() => ''),
  renderAll: (views) => Promise.all(views.map((view) => keepView(view).then(() => new Uint8Array()))),
  csp: () => '',
};

await buildSite(
  {
    ...stores,
    reports: memoryStore(),
    renderer: keepViews,
    log,
    now: () => new Date(),
    codeVersion: codeVersion(),
  },
  demoTenants[0]?.org ?? '',
);
spawn(process.execPath, [join(ROOT, 'node_modules/astro/bin/astro.mjs'), 'dev', '--port', `${port}`], {
  stdio: 'inherit',
  env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' },
}).on('exit', (status) => process.exit(status ?? 1));
