import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CallPage } from '#shared/view.ts';
import { ROOT } from '../../../generator/render/version.ts';
import { writeHugoContent } from './hugo.ts';
import { frame } from './literal.ts';
import { type Measured, measured } from './measured.ts';

/** One way of making the pages. */
export interface Generator {
  name: string; // e.g., "Eleventy 3.1.8, template literals"
  /** Absent: its own affair. */
  threads?: number;
  /** Only the best of a group is measured in more than one round. */
  group: 'limit' | 'ours' | 'astro' | 'eleventy' | 'hugo';
  /** Write `<name>.html` for every view into the folder. */
  run(out: string): Promise<Measured>;
}

/** Where everything of one run of the benchmark lies. */
export interface Bench {
  /** Scratch; removed at the end. */
  folder: string;
  /** Of view files. */
  views: string;
}

const ELEVENTY = '3.1.8';
const HERE = fileURLToPath(new URL('./', import.meta.url));

/** The limit, or the product's own templates in batches. */
export const own = ({ views }: Bench, who: 'literal' | 'astro', threads: number): Generator => ({
  name: `${who === 'literal' ? 'limit: template literals by hand' : 'ours: Astro bundle, many pages per request'}`,
  threads,
  group: who === 'literal' ? 'limit' : 'ours',
  run: (out) => measured(process.execPath, [join(HERE, 'write-pages.ts'), who, String(threads), views, out]),
});

/**
 * The same components, built by Astro itself. It works in the scratch folder: it moves files from there to the output, which
 * must be on the same disk; its bundle finds the packages by a link.
 */
export function astroBuild({ folder, views }: Bench, concurrency: number): Generator {
  const packages = join(folder, 'node_modules');
  if (!existsSync(packages)) symlinkSync(join(ROOT, 'node_modules'), packages, 'dir');
  const config = relative(folder, join(HERE, 'astro/astro.config.mjs'));
  return {
    name: `astro build, concurrency ${concurrency}`,
    group: 'astro',
    run: (out) =>
      measured(process.execPath, [join(ROOT, 'node_modules/astro/bin/astro.mjs'), 'build', '--config', config], {
        cwd: folder,
        env: {
          NODE_ENV: 'production',
          ASTRO_TELEMETRY_DISABLED: '1',
          CCI_BENCH_FOLDER: folder,
          CCI_BENCH_OUT: out,
          CCI_BENCH_VIEWS: views,
          CCI_BENCH_CONCURRENCY: String(concurrency),
        },
      }),
  };
}

/** Installed into the scratch folder: it is no dependency of the project. @returns why it is not measured, where it cannot be */
export function eleventy({ folder, views }: Bench): Generator | string {
  const home = join(folder, 'eleventy');
  cpSync(join(HERE, 'eleventy'), join(home, 'in'), { recursive: true });
  writeFileSync(join(home, 'package.json'), '{"private":true,"type":"module"}');
  const install = ['install', '--no-audit', '--no-fund', '--ignore-scripts', `@11ty/eleventy@${ELEVENTY}`];
  const { status, error, stderr } = spawnSync('npm', install, { cwd: home, encoding: 'utf8' });
  if (status !== 0) return `Eleventy ${ELEVENTY} is not measured: npm could not install it. ${error ?? stderr}`.trim();
  return {
    name: `Eleventy ${ELEVENTY}, template literals`,
    group: 'eleventy',
    run: (out) =>
      measured(process.execPath, ['node_modules/@11ty/eleventy/cmd.cjs', '--input=in', `--output=${out}`, '--quiet'], {
        cwd: home,
        env: { NODE_ENV: 'production', CCI_BENCH_CODE: HERE, CCI_BENCH_VIEWS: views },
      }),
  };
}

/** @returns why it is not measured, where it is not installed */
export function hugo({ folder }: Bench, views: readonly CallPage[]): Generator | string {
  const { status, stdout } = spawnSync('hugo', ['version'], { encoding: 'utf8' });
  if (status !== 0) return 'Hugo is not measured: it is not installed. On Debian: apt-get install hugo.';
  const home = join(folder, 'hugo');
  cpSync(join(HERE, 'hugo'), home, { recursive: true });
  mkdirSync(join(home, 'content'), { recursive: true });
  writeHugoContent(join(home, 'content/calls'), views);
  const { head, shapes } = frame();
  writeFileSync(join(home, 'layouts/partials/frame.html'), `${head} ${shapes}`);
  return {
    name: `Hugo ${/v[\d.]+/.exec(stdout)?.[0].slice(1)}, figures and quotes worked out for it`,
    group: 'hugo',
    run: (out) => measured('hugo', ['--source', home, '--destination', out, '--quiet']),
  };
}
