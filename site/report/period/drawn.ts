import type { ReactElement } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';

/** Drawn aside and put in whole: React never meets markup that it has not made, or that somebody has sorted since. */
export function drawn(body: ReactElement): Iterable<Node> {
  const aside = document.createElement('div');
  const errors: unknown[] = [];
  // Without this React reports an error, leaves nothing and goes on.
  const root = createRoot(aside, { onUncaughtError: (error) => errors.push(error) });
  flushSync(() => root.render(body));
  if (errors.length > 0) throw errors[0];
  return aside.childNodes;
}
