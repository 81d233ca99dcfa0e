// One incremental build by Astro, a process of its own: `node build.ts FOLDER`. It prints how many pages it rendered.
import { join } from 'node:path';
import { build } from 'astro';
import { ROOT } from '../../../../generator/render/version.ts';
import { renderedPages } from './rendered.ts';

const [folder = ''] = process.argv.slice(2);
await build({
  configFile: false,
  logLevel: 'error',
  root: ROOT,
  srcDir: 'scripts/bench/build/astro',
  publicDir: join(folder, 'public'),
  outDir: join(folder, 'out'),
  cacheDir: join(folder, 'cache'),
  compressHTML: true,
  devToolbar: { enabled: false },
  trailingSlash: 'always',
  build: { assets: 'assets', inlineStylesheets: 'never' },
  experimental: { incrementalBuild: true },
  vite: { cacheDir: join(folder, 'vite'), build: { assetsInlineLimit: 0 } },
});
process.stdout.write(`${renderedPages()}\n`);
