import { UserError } from '../lib/errors.ts';
import { say } from '../lib/printable.ts';
import { counted } from '../lib/words.ts';
import { openGuard, probePrefix } from '../publish/guard.ts';
import { numberOf } from '../publish/manifest.ts';
import { rollBack } from '../publish/rollback.ts';
import { Overtaken } from '../publish/switch.ts';
import { need, type Settings } from '../settings.ts';
import { type Answer, clock, logOf, open } from './command.ts';

/** `rollback`: an older build of one organization is current again. */
export async function rollback(settings: Settings): Promise<Answer> {
  const { reports } = need(settings, 'reports');
  const [org, ...more] = settings.org ?? [];
  if (org === undefined || more.length > 0)
    throw new UserError([say`rollback takes exactly one --org ID. Name the organization whose site is to go back.`]);
  const store = await open(reports);
  const guard = openGuard(store);
  const wanted = settings.toBuild === undefined ? undefined : Number(settings.toBuild);
  const at = clock(settings)().toISOString();
  try {
    const keeps = () => guard(probePrefix(org, 0), logOf(settings, say`${org}  `));
    const { from, to } = await rollBack(store, org, wanted, at, keeps);
    const [now, was] = [numberOf(to), numberOf(from)];
    return {
      json: { org, build: now, from: was, calls: to.calls, publishedAt: to.publishedAt },
      text: [
        say`${org}: build ${now} is current again${to.calls === undefined ? '' : ` (${counted(to.calls, 'call')})`}; build ${was} is kept. The gate shows it within seconds.`,
        say`${org}: the next build publishes the input as it is then. Stop the schedule, or correct the input, if that would bring build ${was} back.`,
      ],
      failed: false,
    };
  } catch (error) {
    if (!(error instanceof Overtaken)) throw error;
    throw new UserError([
      say`${error.message}, so nothing was changed. See builds --org ${org}, and run rollback again.`,
    ]);
  }
}
