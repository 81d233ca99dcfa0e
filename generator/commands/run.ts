import { openStop } from '../lib/command-line/stop.ts';
import { say } from '../lib/printable.ts';
import { need, type Settings } from '../settings.ts';
import { buildSites } from './build.ts';
import { type Answer, logOf } from './command.ts';
import { digestsDue } from './digest/digest.ts';
import { requireNotices, seenByAll, withNotices } from './notices.ts';
import { pipelinesOfRun } from './pipeline/with-run.ts';

/** `run`: the pipeline where one is configured, build, then digest. */
export async function run(settings: Settings): Promise<Answer> {
  // What the digest cannot do without is said before anything is built.
  need(settings, 'results', 'config', 'reports', ...(settings.dryRun ? [] : (['mailUrl', 'mailFrom'] as const)));
  requireNotices(settings);
  using stop = openStop((text) => logOf(settings).say(text, 'problem'));
  const worked = (await pipelinesOfRun(settings, stop.abort)) ?? { json: {}, text: [], failed: false };
  const { seen, ...after } = await buildSites(settings, stop);
  const built = {
    ...after,
    json: { ...worked.json, ...after.json },
    text: [...worked.text, ...after.text],
    failed: worked.failed || after.failed,
  };
  const signal = stop.signal();
  if (signal) {
    const unsent = say`Stopped by ${signal}: no digest was sent. The next run sends what is due then.`;
    return { ...built, json: { ...built.json, stopped: signal }, text: [...built.text, unsent], signal };
  }
  const sent = await digestsDue(settings, stop).catch(async (error: unknown) => {
    // What the build has found is told all the same.
    await withNotices(settings, { ...built, seen });
    throw error;
  });
  return await withNotices(settings, {
    json: { ...built.json, ...sent.json },
    text: [...built.text, ...sent.text],
    failed: built.failed || sent.failed,
    ...(sent.signal && { signal: sent.signal }),
    seen: seenByAll(seen, sent.seen),
  });
}
