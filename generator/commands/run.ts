import { say } from '../lib/printable.ts';
import { openStop } from '../lib/stop.ts';
import { need, type Settings } from '../settings.ts';
import { build } from './build.ts';
import { type Answer, logOf } from './command.ts';
import { digest } from './digest/digest.ts';

/** `run`: build, then digest. */
export async function run(settings: Settings): Promise<Answer> {
  // What the digest cannot do without is said before anything is built.
  need(settings, 'results', 'config', 'reports', ...(settings.dryRun ? [] : (['mailUrl', 'mailFrom'] as const)));
  using stop = openStop((text) => logOf(settings).say(text, 'problem'));
  const built = await build(settings, stop);
  const signal = stop.signal();
  if (signal) {
    const unsent = say`Stopped by ${signal}: no digest was sent. The next run sends what is due then.`;
    return { ...built, json: { ...built.json, stopped: signal }, text: [...built.text, unsent], signal };
  }
  const sent = await digest(settings, stop);
  return {
    json: { ...built.json, ...sent.json },
    text: [...built.text, ...sent.text],
    failed: built.failed || sent.failed,
    ...(sent.signal && { signal: sent.signal }),
  };
}
