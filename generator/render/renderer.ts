import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { CallPage, PageView } from '#shared/view.ts';
import { encodeText } from '../lib/bytes.ts';
import { keepCompiled } from '../lib/command-line/compile-cache.mjs';
import { splitAtMarks } from './split-batch.ts';
import { ROOT, templateVersion } from './version.ts';

/** Turns view models into pages with the built Astro bundle, for any number of organizations. */
export interface Renderer {
  /** Pages of another version are rendered again. */
  version: string;
  /** Whether a thread can open it for itself, by its version. */
  inThreads?: true;
  /** The page's HTML. @throws where the template fails. */
  render(view: PageView): Promise<string>;
  /**
   * Any number of call pages for less than one at a time: in the same order, each the same text as alone, in UTF-8. Of calls
   * only: what Astro adds to a page by itself, such as a script, it adds once an answer. All are held in memory.
   * @throws where a template fails.
   */
  renderAll(views: readonly CallPage[]): Promise<Uint8Array[]>;
  /** Content-Security-Policy of every page; known once a page has been rendered. */
  csp(): string;
  /** Hashed scripts, styles and fonts: name below `assets/` → bytes. */
  assets(): Promise<Map<string, Uint8Array>>;
}

interface AstroApp {
  render(request: Request, options: { locals: object }): Promise<Response>;
}

/** What Astro puts before a page; within one answer it does so once only. */
const DOCTYPE = '<!DOCTYPE html>';
/** Pages in one request. More cost memory and gain nothing. */
const TOGETHER = 20;
/** Where `astro build` puts the bundle. */
const BUNDLE = join(ROOT, '.build', 'report');

const ENTRY = join(BUNDLE, 'server', 'entry.mjs');

interface RendererOptions {
  /** Markup between pages that are rendered together. Nobody outside can know it; pages that had it all the same would be rendered one by one. */
  mark?: string;
  /** That of the bundle, where another thread has worked it out; by default from all its sources. */
  version?: string;
}

/**
 * The bundle is loaded with the first page: that takes longer than a whole build in which nothing has changed.
 * @throws where the bundle has not been built, or not of these sources.
 */
export async function openRenderer({
  mark = `<!--${randomBytes(16).toString('hex')}-->`,
  version = bundledVersion(),
}: RendererOptions = {}): Promise<Renderer> {
  let loaded: Promise<AstroApp> | undefined;
  let csp: string | undefined;

  /** @param route says nothing of a page but which file of `pages/` makes it: any page, or many calls' */
  async function answer(route: '/' | '/many-calls/', locals: object): Promise<Response> {
    loaded ??= loadBundle();
    const response = await (await loaded).render(new Request(`http://report.invalid${route}`), { locals });
    // A template that throws does not reject: it answers 500.
    if (response.status !== 500) csp ??= response.headers.get('content-security-policy') ?? undefined;
    return response;
  }

  async function render(view: PageView): Promise<string> {
    const response = await answer('/', { view });
    if (response.status !== (view.kind === 'not-found' ? 404 : 200))
      throw new Error(`failed page: ${view.path} answered ${response.status}`);
    return response.text();
  }

  /** So the page that fails is named, and none can be taken for two. */
  async function oneByOne(views: readonly PageView[]): Promise<Uint8Array[]> {
    const pages: Uint8Array[] = [];
    for (const view of views) pages.push(encodeText(await render(view)));
    return pages;
  }

  /** Undefined where a template fails, or the mark is in a page. */
  async function together(views: readonly CallPage[]): Promise<Uint8Array[] | undefined> {
    try {
      const response = await answer('/many-calls/', { batch: { views, before: `${mark}${DOCTYPE}` } });
      const bytes = Buffer.from(await response.arrayBuffer());
      return response.status === 200 ? splitAtMarks(bytes, mark, views.length) : undefined;
    } catch {
      return undefined;
    }
  }

  return {
    version,
    inThreads: true,
    render,
    async renderAll(views) {
      const pages: Uint8Array[] = [];
      for (let from = 0; from < views.length; from += TOGETHER) {
        const some = views.slice(from, from + TOGETHER);
        pages.push(...((await together(some)) ?? (await oneByOne(some))));
        // What a request leaves behind is let go only when others have had their turn.
        await setImmediate();
      }
      return pages;
    },
    csp() {
      if (csp === undefined) throw new Error('missing policy: no page has been rendered');
      return csp;
    },
    assets: bundledAssets,
  };
}

/** The bundle's hashed scripts, styles and fonts, of whatever version it is: name → bytes. @throws where it has not been built */
export async function bundledAssets(): Promise<Map<string, Uint8Array>> {
  const folder = join(BUNDLE, 'client', 'assets');
  const names = await readdir(folder);
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const)));
}

function bundledVersion(): string {
  if (!existsSync(ENTRY)) throw new Error(`missing bundle: ${ENTRY}; run npm run reports once, which builds it`);
  const version = templateVersion();
  if (readFileSync(join(BUNDLE, '.sources'), 'utf8') !== version)
    throw new Error('stale bundle: the templates have changed since it was built; run node scripts/build.ts');
  return version;
}

/** The bundle's own code, in this thread. @throws where it has not been built */
export async function loadBundle(): Promise<AstroApp> {
  // React and Astro choose their code by it at import; a bundle for production fails under anything else.
  process.env.NODE_ENV = 'production';
  keepCompiled();
  const { createApp } = (await import(pathToFileURL(ENTRY).href)) as { createApp(options: object): AstroApp };
  return createApp({ streaming: false });
}
