import * as Plot from '@observablehq/plot';
import { document } from '#shared/charts/document';

/**
 * Draws a chart, on the server and in a browser alike. Plot's own style element is taken out (a strict policy forbids it),
 * its rules are in `site/styles/marks.css`. Options must not use `style` or `mixBlendMode`, which become style attributes.
 * A chart is hidden from assistive technology, and its links from the keyboard: what it says stands beside it in words, and
 * its table has the same links.
 */
export function plot(options: Plot.PlotOptions): Element {
  const node = Plot.plot({ ...options, className: 'plot', document });
  for (const style of Array.from(node.querySelectorAll('style'))) style.remove();
  for (const group of Array.from(node.querySelectorAll('g[aria-label]'))) group.removeAttribute('aria-label');
  for (const link of Array.from(node.querySelectorAll('a'))) link.setAttribute('tabindex', '-1');
  node.setAttribute('aria-hidden', 'true');
  return node;
}
