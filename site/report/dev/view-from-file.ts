import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MiddlewareHandler } from 'astro';
import type { PageView } from '#shared/view.ts';

/** Puts the view model of the requested path into the page's locals; used by `astro dev` alone. */
export const onRequest: MiddlewareHandler = async ({ url, locals }, next) => {
  const views = process.env.CCI_DEV_VIEWS;
  if (views && url.pathname.endsWith('/') && !url.pathname.includes('..')) {
    const view = await readView(join(views, url.pathname, 'view.json'));
    if (view) locals.view = view;
  }
  return next();
};

async function readView(file: string): Promise<PageView | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as PageView;
  } catch {
    return undefined;
  }
}
