import { need, type Settings } from '../settings.ts';
import { build } from './build.ts';
import type { Answer } from './command.ts';
import { digest } from './digest/digest.ts';

/** `run`: build, then digest. */
export async function run(settings: Settings): Promise<Answer> {
  // What the digest cannot do without is said before anything is built.
  need(settings, 'results', 'config', 'reports', ...(settings.dryRun ? [] : (['mailUrl', 'mailFrom'] as const)));
  const built = await build(settings);
  const sent = await digest(settings);
  return {
    json: { ...built.json, ...sent.json },
    text: [...built.text, ...sent.text],
    failed: built.failed || sent.failed,
  };
}
