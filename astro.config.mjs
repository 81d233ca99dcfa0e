import { fileURLToPath } from 'node:url';
import node from '@astrojs/node';
import react from '@astrojs/react';
import clerk from '@clerk/astro';
import { defineConfig } from 'astro/config';
import { bundle } from './site/report/adapter/bundle.mjs';
import { devView } from './site/report/dev/dev-view.mjs';

/** The one policy of every report page; it arrives as a header of each response (see docs/design.md, decision 15). */
const csp = {
  algorithm: 'SHA-256',
  directives: [
    "default-src 'none'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ],
};

/** The oldest browsers that pages are made for; the README names them, and `site/report/engines.test.ts` looks whether it holds. */
const OLDEST = ['chrome111', 'edge111', 'firefox115', 'safari16.4'];

const shared = {
  compressHTML: true,
  devToolbar: { enabled: false },
  image: { service: { entrypoint: 'astro/assets/services/noop' } },
  output: 'server',
};

const sites = {
  /** Report pages: a bundle that the generator imports and renders with, once per template version. */
  report: () => ({
    ...shared,
    srcDir: './site/report',
    publicDir: './site/report/public',
    outDir: './.build/report',
    cacheDir: './.cache/report',
    trailingSlash: 'always',
    adapter: bundle(),
    integrations: [react(), devView({ views: here('.demo/views'), charts: here('generator/shared/charts') })],
    build: { assets: 'assets', inlineStylesheets: 'never' },
    security: { checkOrigin: false, csp },
    vite: {
      cacheDir: './.cache/vite-report',
      build: { assetsInlineLimit: 0, target: OLDEST, cssTarget: OLDEST },
      // Scripts of pages that are rendered many at once; as modules they may load a part of themselves later.
      worker: { format: 'es' },
      resolve: {
        alias: {
          'd3-geo': here('generator/shared/charts/no-maps.ts'),
          // As Plot's own files call them.
          './marks/tip.js': here('generator/shared/charts/no-extras.ts'),
          './legends/ramp.js': here('generator/shared/charts/no-extras.ts'),
          './legends/swatches.js': here('generator/shared/charts/no-extras.ts'),
        },
      },
    },
  }),
  /** The server that lets people in. */
  gate: () => ({
    ...shared,
    srcDir: './site/gate',
    publicDir: './site/gate/public',
    outDir: './.build/gate',
    cacheDir: './.cache/gate',
    adapter: node({ mode: 'middleware' }),
    session: false,
    // Clerk's scripts come from its servers when a page is opened; without versions the newest there would run.
    integrations: [
      clerk({
        telemetry: { disabled: true },
        __internal_clerkJSVersion: '6.40.0',
        __internal_clerkUIVersion: '1.36.0',
      }),
    ],
    build: { assets: '_gate', inlineStylesheets: 'never' },
    vite: {
      cacheDir: './.cache/vite-gate',
      // What scripts are made for is Clerk's to say.
      build: { assetsInlineLimit: 0, cssTarget: OLDEST },
    },
  }),
};

const name = process.env.CCI_SITE ?? 'report';
if (!Object.hasOwn(sites, name)) {
  throw new Error(
    `CCI_SITE is "${name}", and there is no such site. Set it to one of: ${Object.keys(sites).join(', ')}.`,
  );
}

export default defineConfig(sites[name]());

function here(path) {
  return fileURLToPath(new URL(path, import.meta.url));
}
