import type { Renderer } from '../../../generator/render/renderer.ts';

/** Pages that say whose they are, so that templates cost nothing. */
export const stubRenderer: Renderer = {
  version: 'stub',
  render: async ({ path }) => `<!doctype html><p>${path}</p>`,
  renderAll: async (views) => views.map(({ path }) => new TextEncoder().encode(`<!doctype html><p>${path}</p>`)),
  csp: () => "default-src 'none'",
  assets: async () => new Map(),
};
