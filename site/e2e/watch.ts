import type { Page } from '@playwright/test';

/** What must never happen on a page of the origin; fills as it happens. A page that is not there is no error of its own. */
export async function watch(page: Page, origin: string): Promise<string[]> {
  const seen: string[] = [];
  const see = (what: string) => seen.push(`${what} on ${page.url()}`);
  page.on('dialog', async (dialog) => {
    see(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  page.on('console', (message) => {
    const isAbsentPage = message.text().startsWith('Failed to load resource') && message.location().url === page.url();
    if (message.type() === 'error' && !isAbsentPage) see(`console: ${message.text()}`);
  });
  page.on('pageerror', ({ message }) => see(`error: ${message}`));
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(`${origin}/`))
      see(`request: ${request.url()}`);
  });
  await page.exposeFunction('tellViolation', (violation: string) => see(`violation: ${violation}`));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
      // @ts-expect-error: exposed above
      window.tellViolation(`${effectiveDirective} ${blockedURI}`);
    });
  });
  return seen;
}
