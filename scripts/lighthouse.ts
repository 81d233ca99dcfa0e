import { chromium } from '@playwright/test';
import lighthouse, { desktopConfig } from 'lighthouse';
import { launchOptions } from './browser.ts';
import { freePort } from './demo/identity/free-port.ts';

export type Category = 'performance' | 'accessibility' | 'best-practices';

export interface Audited {
  /** 0 to 100, of the categories that were asked for. */
  scores: { [category in Category]?: number };
  /** Audits that count and were not passed in full. */
  faults: string[];
}

export interface Auditor extends AsyncDisposable {
  /** Look at a page, on an emulated phone or a desk. @throws where there is no result */
  audit(url: string, device: 'phone' | 'desk', categories: readonly Category[]): Promise<Audited>;
}

/** A whole Chromium of its own, as people have, which Lighthouse drives by a port. @throws where there is no Chromium */
export async function openAuditor(): Promise<Auditor> {
  const port = await freePort();
  const { args, ...options } = launchOptions({ whole: true });
  const browser = await chromium.launch({ ...options, args: [...args, `--remote-debugging-port=${port}`] });
  return {
    async audit(url, device, categories) {
      const flags = {
        port,
        logLevel: 'silent' as const,
        onlyCategories: [...categories],
        // For people who read its report.
        disableFullPageScreenshot: true,
      };
      const look = () => lighthouse(url, flags, device === 'desk' ? desktopConfig : undefined);
      let found = await look();
      // On a busy machine a trace may come to nothing; that says so, and is no score.
      for (let again = 0; again < 2 && found?.lhr.runtimeError; again++) found = await look();
      if (!found || found.lhr.runtimeError)
        throw new Error(`no result of Lighthouse for ${url}: ${found?.lhr.runtimeError?.message ?? 'it gave none'}`);
      const { lhr } = found;
      const counted = categories.flatMap((category) => lhr.categories[category]?.auditRefs ?? []);
      return {
        scores: Object.fromEntries(
          categories.map((category) => [category, Math.round((lhr.categories[category]?.score ?? 0) * 100)]),
        ),
        faults: counted
          .filter(({ id, weight }) => weight > 0 && (lhr.audits[id]?.score ?? 1) < 1)
          .map(({ id }) => `${id}: ${lhr.audits[id]?.title}`),
      };
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
}
