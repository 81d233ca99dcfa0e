/**
 * Name of the build that this page belongs to. The gate says it with the page, as Server-Timing, the one header of its own page
 * that a script can read; a site without a gate says nothing.
 */
export function pageBuild(): string | undefined {
  const [page] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return page?.serverTiming?.find(({ name }) => name === 'build')?.description;
}
