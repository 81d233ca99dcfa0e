import { print } from '../../generator/lib/console.ts';
import { UserError } from '../../generator/lib/errors.ts';
import { jsonLine, type Printable } from '../../generator/lib/printable.ts';
import { need, type Settings } from '../../generator/settings.ts';
import { openStore } from '../../generator/store/open.ts';
import { type Audit, openAudit } from './audit.ts';
import { instanceKeys } from './auth/jwt-keys.ts';
import { countedStore } from './content/counted-store.ts';
import { openFreshness } from './content/freshness.ts';
import { openRecordings, type Recordings } from './content/recordings.ts';
import { openSites } from './content/sites.ts';
import { STORE_MS, withTimeLimit } from './content/time-limit.ts';
import type { AccessLine } from './context.ts';
import { loadHandler } from './front/bundle.ts';
import { type Gate, type GateOptions, startGate } from './front/front.ts';
import type { Meter } from './meter.ts';
import { openMetrics } from './metrics.ts';
import { serveMetrics } from './metrics-server.ts';
import { type GateSettings, gateSettings } from './settings.ts';
import { unsubscribePages } from './unsubscribe.ts';

/** People wait for the store's answers: an S3 that hangs is given up sooner than a build would, which has all night. */
const STORE = { attempts: 3, connectMs: 3_000, idleMs: 5_000, longestMs: 30_000 };
/** Nobody waits for the trail. */
const AUDIT_MS = 30_000;

export interface ServedGate extends Gate {
  /** Where its metrics are, if anywhere. */
  metricsUrl?: string; // e.g., "http://127.0.0.1:9464/metrics"
}

/**
 * Let people in to the published sites: what `npm run reports -- serve` does.
 * @param log takes one line for each request; by default they go to standard output as JSON
 * @throws {UserError} with every reason not to start, at once
 */
export async function serve(
  settings: Settings,
  log: (line: AccessLine) => void = toOutput,
  how: Pick<GateOptions, 'short'> = {},
): Promise<ServedGate> {
  const meter = settings.metricsPort === undefined ? undefined : await openMetrics();
  const { audit, ...options } = await prepare(settings, meter);
  const metrics = meter && (await serveMetrics(meter, Number(settings.metricsPort)));
  try {
    const gate = await startGate({ ...options, ...how, audit, log });
    return {
      ...gate,
      ...(metrics && { metricsUrl: metrics.url }),
      async close(graceMs) {
        await gate.close(graceMs);
        await metrics?.close();
        await audit?.close();
      },
    };
  } catch (error) {
    await metrics?.close();
    throw error;
  }
}

/**
 * Everything that a gate needs to start, however it is reached.
 * @param meter counts what it does
 * @throws {UserError} with every reason not to, at once
 */
export async function prepare(settings: Settings, meter?: Meter): Promise<GateOptions & { audit?: Audit }> {
  const problems: Printable[] = [];
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
  const given = collect(() => gateSettings(settings, { production: true }));
  if (reports === undefined || given === undefined) throw new UserError(problems);
  const checked = given.jwtKeys.length > 0 ? given : await withKeysOfClerk(settings, given);
  const store = countedStore(openStore(reports, STORE), 'reports', meter);
  const keys = [settings.unsubscribeKey, settings.unsubscribeKeyPrevious].filter((key) => key !== undefined);
  return {
    handler: await loadHandler(),
    sites: openSites(store, { meter }),
    freshness: openFreshness(store),
    ...(meter && { meter }),
    ...(settings.input !== undefined && {
      recordings: recordingsAt(settings.input, settings.recordings === 'stream', meter),
    }),
    settings: checked,
    ...(keys.length > 0 && { unsubscribe: unsubscribePages({ reports: store, keys }) }),
    ...(settings.audit && { audit: openAudit(withTimeLimit(store, () => AUDIT_MS)) }),
  };
}

/** In development mode the public key need not be set. @throws {UserError} where Clerk does not give it, or it is none */
async function withKeysOfClerk(settings: Settings, given: GateSettings): Promise<GateSettings> {
  const [jwtKey, jwtKeyPrevious] = await instanceKeys(given);
  return gateSettings({ ...settings, jwtKey, ...(jwtKeyPrevious && { jwtKeyPrevious }) }, { production: true });
}

function recordingsAt(url: string, stream: boolean, meter: Meter | undefined): Recordings {
  const store = countedStore(openStore(url, STORE), 'recordings', meter);
  const recordings = openRecordings(
    withTimeLimit(store, () => STORE_MS),
    { stream },
  );
  // The first page of a call should not wait for it.
  void recordings.origin();
  return recordings;
}

/** A line of the access log on standard output. */
export const toOutput = (line: AccessLine): void => print(jsonLine(line));
