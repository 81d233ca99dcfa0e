import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'astro/config';

// The product's own components on a static route, built by plain `astro build`. No policy: here it would be a <meta> a page.
const folder = process.env.CCI_BENCH_FOLDER ?? '';

export default defineConfig({
  root: folder,
  srcDir: fileURLToPath(new URL('./', import.meta.url)),
  publicDir: join(folder, 'public'),
  outDir: process.env.CCI_BENCH_OUT,
  cacheDir: join(folder, 'astro-cache'),
  output: 'static',
  compressHTML: true,
  devToolbar: { enabled: false },
  image: { service: { entrypoint: 'astro/assets/services/noop' } },
  build: { format: 'file', inlineStylesheets: 'never', concurrency: Number(process.env.CCI_BENCH_CONCURRENCY ?? 1) },
  vite: { cacheDir: join(folder, 'vite-cache'), build: { assetsInlineLimit: 0 } },
});
