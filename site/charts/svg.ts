import domino from '@mixmark-io/domino';
import * as Plot from '@observablehq/plot';

const document = domino.createDocument();

/**
 * Draws a chart on the server. The result has a role and a label that says the finding; Plot's own style element is taken
 * out (a strict policy forbids it), its rules are in `site/styles/marks.css`. Options must not use `style` or
 * `mixBlendMode`, which become style attributes.
 */
export function svg(options: Plot.PlotOptions, label: string): string {
  const node = Plot.plot({ ...options, className: 'plot', document });
  for (const style of Array.from(node.querySelectorAll('style'))) style.remove();
  for (const group of Array.from(node.querySelectorAll('g[aria-label]'))) group.removeAttribute('aria-label');
  node.setAttribute('role', 'img');
  node.setAttribute('aria-label', label);
  return node.outerHTML;
}
