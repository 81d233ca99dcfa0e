import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CallPage } from '#shared/view.ts';
import { writeHugoContent } from './hugo.ts';
import { frame } from './literal.ts';
import { type Measured, measured } from './measured.ts';
import { newestHugo } from './newest-hugo.ts';
import { copyWithNewestAstro, install, installedVersion } from './newest-packages.ts';

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

const ELEVENTY = '@11ty/eleventy';
const HERE = fileURLToPath(new URL('./', import.meta.url));

/** The limit, or the product's own templates in batches. */
export const own = ({ views }: Bench, who: 'literal' | 'astro', threads: number): Generator => ({
  name: `${who === 'literal' ? 'limit: template literals by hand' : 'ours: Astro bundle, many pages per request'}`,
  threads,
  group: who === 'literal' ? 'limit' : 'ours',
  run: (out) => measured(process.execPath, [join(HERE, 'write-pages.ts'), who, String(threads), views, out]),
});

/**
 * The same components, built by the newest Astro itself, once a number of pages that it makes at once. It works in the scratch
 * folder: it moves files from there to the output, which must be on the same disk.
 * @returns why it is not measured, where it cannot be
 */
export function astroBuilds({ folder, views }: Bench, concurrencies: readonly number[]): Generator[] | string {
  const home = join(folder, 'astro');
  const problem = copyWithNewestAstro(home);
  if (problem !== undefined) return `Astro’s own build is not measured: ${problem}`;
  const version = installedVersion(home, 'astro');
  const program = join(home, 'node_modules/astro/bin/astro.mjs');
  return concurrencies.map((concurrency) => ({
    name: `astro build, ${version}, concurrency ${concurrency}`,
    group: 'astro',
    run: (out) =>
      measured(process.execPath, [program, 'build', '--config', 'scripts/bench/render/astro/astro.config.mjs'], {
        cwd: home,
        env: {
          NODE_ENV: 'production',
          ASTRO_TELEMETRY_DISABLED: '1',
          CCI_BENCH_FOLDER: home,
          CCI_BENCH_OUT: out,
          CCI_BENCH_VIEWS: views,
          CCI_BENCH_CONCURRENCY: String(concurrency),
        },
      }),
  }));
}

/** The newest one. @returns why it is not measured, where it cannot be */
export function eleventy({ folder, views }: Bench): Generator | string {
  const home = join(folder, 'eleventy');
  cpSync(join(HERE, 'eleventy'), join(home, 'in'), { recursive: true });
  const problem = install(home, { [ELEVENTY]: 'latest' });
  if (problem !== undefined) return `Eleventy is not measured: ${problem}`;
  return {
    name: `Eleventy ${installedVersion(home, ELEVENTY)}, template literals`,
    group: 'eleventy',
    run: (out) =>
      measured(process.execPath, ['node_modules/@11ty/eleventy/cmd.cjs', '--input=in', `--output=${out}`, '--quiet'], {
        cwd: home,
        env: { NODE_ENV: 'production', CCI_BENCH_CODE: HERE, CCI_BENCH_VIEWS: views },
      }),
  };
}

/** As new as can be had here. @returns why it is not measured, where there is none */
export function hugo({ folder }: Bench, views: readonly CallPage[]): Generator | string {
  const found = newestHugo(folder);
  if (typeof found === 'string') return found;
  const { command, env, version } = found;
  const home = join(folder, 'hugo');
  cpSync(join(HERE, 'hugo'), home, { recursive: true });
  mkdirSync(join(home, 'content'), { recursive: true });
  writeHugoContent(join(home, 'content/calls'), views);
  const { head, shapes } = frame();
  writeFileSync(join(home, 'layouts/partials/frame.html'), `${head} ${shapes}`);
  return {
    name: `Hugo ${version}, figures and quotes worked out for it`,
    group: 'hugo',
    run: (out) => measured(command, ['--source', home, '--destination', out, '--quiet'], { env }),
  };
}
