import { fileURLToPath } from 'node:url';
import node from '@astrojs/node';
import react from '@astrojs/react';
import clerk from '@clerk/astro';
import { defineConfig } from 'astro/config';
import { CLERK_BROWSER } from './site/gate/clerk-versions.mjs';
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

/** Scripts that run before anything of a page is shown are sent as they are written, but for comments and what lines begin with. */
const early = () => ({
  name: 'cci-early-scripts',
  generateBundle(_, bundle) {
    for (const part of Object.values(bundle))
      if (part.originalFileNames?.some((name) => name.includes('report/early/')))
        part.source = `${part.source}`.replace(/^\s*\/\/.*\n|^\s+/gm, '');
  },
});

/**
 * What fetches the parts of a script side by side when one is asked for. Vite's own also waits for style sheets and knows of browsers that
 * pages are not made for, in 700 bytes more of the first script of each page; here all parts are scripts, and there is one style sheet.
 */
const preload = () => ({
  name: 'cci-preload',
  enforce: 'pre',
  load: (id) => (id === '\0vite/preload-helper.js' ? `export const __vitePreload = ${fetchParts};` : undefined),
});

function fetchParts(load, files = []) {
  for (const file of files)
    document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', href: `/${file}` }));
  return load();
}

/** No `.env` gets into a bundle: it holds the settings of whoever runs the product. */
const envDir = false;

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
      envDir,
      cacheDir: './.cache/vite-report',
      build: { assetsInlineLimit: 0, target: OLDEST, cssTarget: OLDEST },
      // Scripts of pages that are rendered many at once; as modules they may load a part of themselves later.
      worker: { format: 'es' },
      plugins: [early(), preload()],
      resolve: {
        alias: {
          // Parts of Plot that no chart here has, as Plot's own files call them.
          './projection.js': here('generator/shared/charts/no-maps.ts'),
          './legends.js': here('generator/shared/charts/no-extras.ts'),
          './marks/tip.js': here('generator/shared/charts/no-extras.ts'),
          './interactions/pointer.js': here('generator/shared/charts/no-extras.ts'),
          './schemes.js': here('generator/shared/charts/no-schemes.ts'),
          './scales/schemes.js': here('generator/shared/charts/no-schemes.ts'),
          './scales/diverging.js': here('generator/shared/charts/no-schemes.ts'),
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
        __internal_clerkJSVersion: CLERK_BROWSER.js,
        __internal_clerkUIVersion: CLERK_BROWSER.ui,
      }),
    ],
    build: { assets: '_gate', inlineStylesheets: 'never' },
    vite: {
      envDir,
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
