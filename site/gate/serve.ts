import { UserError } from '../../generator/lib/errors.ts';
import { need, type Settings } from '../../generator/settings.ts';
import { openStore } from '../../generator/store/open.ts';
import { loadHandler } from './bundle.ts';
import { type Gate, startGate } from './front.ts';
import type { AccessLine } from './request.ts';
import { gateSettings } from './settings.ts';
import { openSites } from './sites.ts';
import { unsubscribePages } from './unsubscribe.ts';

/**
 * Let people in to the published sites: what `npm run reports -- serve` does.
 * @param log takes one line for each request; by default they go to standard output as JSON
 * @throws {UserError} with every reason not to start, at once
 */
export async function serve(
  settings: Settings,
  log: (line: AccessLine) => void = (line) => process.stdout.write(`${JSON.stringify(line)}\n`),
): Promise<Gate> {
  const problems: string[] = [];
  const collect = <T>(work: () => T): T | undefined => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(...error.problems);
      return undefined;
    }
  };
  const reports = collect(() => need(settings, 'reports').reports);
  const checked = collect(() => gateSettings(settings, { production: true }));
  if (reports === undefined || checked === undefined) throw new UserError(problems);
  const store = openStore(reports);
  const sites = openSites(store);
  const keys = [settings.unsubscribeKey, settings.unsubscribeKeyPrevious].filter((key) => key !== undefined);
  const unsubscribe = keys.length > 0 ? unsubscribePages({ reports: store, keys }) : undefined;
  return startGate({ handler: await loadHandler(), sites, settings: checked, log, unsubscribe });
}
