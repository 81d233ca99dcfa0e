/**
 * Whose site this page is of, as the page itself says it; undefined where no gate stands before it: an exported page does not say
 * it. Whether there is a gate is never concluded from what a browser may withhold.
 */
export const pageMark = (): string | undefined => document.documentElement.dataset.site;

/**
 * Name of the build that this page belongs to. The gate says it with the page, as Server-Timing, which some browsers withhold after
 * a redirect, and in `/session.css`, which is asked for beside the page. undefined where neither has come.
 */
export function pageBuild(): string | undefined {
  if (pageMark() === undefined) return undefined;
  const [page] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const told = page?.serverTiming?.find(({ name }) => name === 'build')?.description;
  return told || /[\w-]+/.exec(getComputedStyle(document.documentElement).getPropertyValue('--build'))?.[0];
}
