import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PageView } from '../report/view.ts';
import { ROOT, templateVersion } from './version.ts';

/** Turns view models into pages with the built Astro bundle, for any number of organizations. */
export interface Renderer {
  /** Pages of another version are rendered again. */
  version: string;
  /** The page's HTML. @throws where the template fails. */
  render(view: PageView): Promise<string>;
  /** Content-Security-Policy of every page; known once a page has been rendered. */
  csp(): string;
  /** Hashed scripts, styles and fonts: name below `assets/` → bytes. */
  assets(): Promise<Map<string, Uint8Array>>;
}

interface AstroApp {
  render(request: Request, options: { locals: object }): Promise<Response>;
}

/** Where `astro build` puts the bundle. */
const BUNDLE = join(ROOT, '.build', 'report');

/** @throws where the bundle has not been built. */
export async function openRenderer(): Promise<Renderer> {
  const entry = join(BUNDLE, 'server', 'entry.mjs');
  if (!existsSync(entry)) throw new Error(`missing bundle: ${entry}; run npm run reports once, which builds it`);
  // React and Astro choose their code by it at import; a bundle for production fails under anything else.
  process.env.NODE_ENV = 'production';
  const { createApp } = (await import(pathToFileURL(entry).href)) as { createApp(options: object): AstroApp };
  const app = createApp({ streaming: false });
  let csp: string | undefined;
  return {
    version: templateVersion(),
    async render(view) {
      // One route renders every page by its view: the address in the request says nothing.
      const response = await app.render(new Request('http://report.invalid/'), { locals: { view } });
      // A template that throws does not reject: it answers 500.
      if (response.status !== (view.kind === 'not-found' ? 404 : 200))
        throw new Error(`failed page: ${view.path} answered ${response.status}`);
      csp ??= response.headers.get('content-security-policy') ?? undefined;
      return response.text();
    },
    csp() {
      if (csp === undefined) throw new Error('missing policy: no page has been rendered');
      return csp;
    },
    async assets() {
      const folder = join(BUNDLE, 'client', 'assets');
      const names = await readdir(folder);
      return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const)));
    },
  };
}
