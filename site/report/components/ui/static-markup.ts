import { createElement, type FunctionComponent } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';

/** Markup that is kept of one component; past that its keeping starts anew. */
const MOST = 200;
const kept = new WeakMap<FunctionComponent<never>, Map<string, string>>();

/**
 * A component as plain markup, escaped by React. A part whose props are all text (an icon, a heading) comes on thousands of pages:
 * its markup is kept, since React takes some ten times longer to start than to write it.
 */
export function staticMarkup<P extends object>(of: FunctionComponent<P>, props: P): string {
  if (!Object.values(props).every((value) => typeof value === 'string')) return render(of, props);
  const own = kept.get(of) ?? new Map<string, string>();
  if (own.size >= MOST) own.clear();
  kept.set(of, own);
  const key = JSON.stringify(props);
  const html = own.get(key) ?? render(of, props);
  own.set(key, html);
  return html;
}

const render = <P extends object>(of: FunctionComponent<P>, props: P): string =>
  renderToStaticMarkup(createElement(of, props));
