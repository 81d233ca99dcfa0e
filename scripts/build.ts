// Builds what the generator and the gate load: the two Astro bundles and the mail template. Only what has changed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, sourceHash, TEMPLATE } from '../generator/render/version.ts';

interface Product {
  name: string;
  /** What it is made from. */
  sources: string[];
  /** The packages that make it, or stay in it; by default what the project depends on at run time. */
  packages?: string[];
  make: (folder: string) => Promise<void>;
}

const COMMON = ['generator/shared', 'site/styles', 'astro.config.mjs', 'scripts/build.ts'];
const PRODUCTS: Product[] = [
  { name: 'report', sources: TEMPLATE, make: () => astro('report') },
  {
    name: 'gate',
    sources: [
      ...COMMON,
      'site/gate',
      'generator/store',
      'generator/publish',
      'generator/lib',
      'generator/source/layout.ts',
      'generator/settings.ts',
      'generator/settings',
      'generator/digest/mail/mail-url.ts',
      'generator/digest/recipients',
    ],
    make: () => astro('gate'),
  },
  {
    name: 'mail',
    sources: ['templates', 'scripts/build.ts'],
    packages: ['mjml'],
    make: async (folder) => (await import('../templates/compile.ts')).compileTemplates(folder),
  },
];

/** Astro writes a random key into each bundle unless one is given; nothing here uses it. */
const ASTRO_KEY = Buffer.alloc(32).toString('base64');

/** Run `astro build` for one of the two sites; its output is shown only where it fails. */
async function astro(site: string): Promise<void> {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(ROOT, 'node_modules/astro/bin/astro.mjs'), 'build'],
    {
      cwd: ROOT,
      encoding: 'utf8',
      env: { ...process.env, CCI_SITE: site, NODE_ENV: 'production', ASTRO_TELEMETRY_DISABLED: '1', ASTRO_KEY },
    },
  );
  if (status !== 0) throw new Error(`astro build of site/${site} failed:\n${stdout}${stderr}`);
}

for (const { name, sources, packages, make } of PRODUCTS) {
  const folder = join(ROOT, '.build', name);
  const stamp = join(folder, '.sources');
  const wanted = sourceHash(sources, packages);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) continue;
  const started = performance.now();
  rmSync(stamp, { force: true });
  mkdirSync(folder, { recursive: true });
  try {
    await make(folder);
  } catch (error) {
    process.stderr.write(`build ${name} → failed\n${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
  process.stderr.write(`build ${name} → done in ${Math.round(performance.now() - started)} ms\n`);
}
