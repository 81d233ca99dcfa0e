// On the process: Astro bundles this module, and whoever starts the build loads it as it is.
const counter = process as typeof process & { pagesRendered?: number };

export function countPage(): void {
  counter.pagesRendered = renderedPages() + 1;
}

export const renderedPages = (): number => counter.pagesRendered ?? 0;
