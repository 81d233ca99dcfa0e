import { openStop } from '../../lib/command-line/stop.ts';
import { say } from '../../lib/printable.ts';
import { counted } from '../../lib/words.ts';
import { reanalyse as judgeAgain } from '../../pipeline/again/reanalyse.ts';
import { writeWaiting } from '../../pipeline/waiting.ts';
import type { Settings } from '../../settings.ts';
import { type Answer, clock, logOf } from '../command.ts';
import { oneOrg } from '../tenant/one-org.ts';
import { withStores } from './local-stores.ts';
import { openWorld } from './open-world.ts';
import { costText, priced } from './prices.ts';
import { openStores } from './run-all.ts';

/** `pipeline reanalyse`: after a change of rules, prompt or model, the calls that were judged by others, newest first. No sound is transcribed again. */
export async function reanalyse(given: Settings): Promise<Answer> {
  const { settings } = withStores(given);
  const org = oneOrg(settings, 'pipeline reanalyse');
  const log = logOf(settings, say`${org}  `);
  using stop = openStop((text) => log.say(text, 'problem'));
  const world = await openWorld(await openStores(settings), org, { now: clock(settings), log, env: process.env });
  const isDry = settings.dryRun === 'true';
  const limit = settings.limit === undefined ? undefined : Number(settings.limit);
  const { found, chosen, calls, paid } = await log.step(
    say`judge again`,
    () => judgeAgain(world, { isDry, ...(limit !== undefined && { limit }) }, stop.abort),
    (each) => say`${each.calls.done} of ${each.chosen.length}`,
  );
  const of = { org, found, chosen: chosen.length };
  if (isDry) {
    const sum = (name: 'tokens' | 'units') => chosen.reduce((all, each) => all + each[name], 0);
    const cost = costText(priced(world.config, { minutes: 0, tokens: sum('tokens'), units: sum('units') }));
    return {
      json: { ...of, cost, dryRun: true },
      text: [
        say`${org}: ${counted(chosen.length, 'call')} would be judged again, about ${cost}; nothing was done. ${found - chosen.length} would be left.`,
      ],
      failed: false,
    };
  }
  await writeWaiting(world);
  const signal = stop.signal();
  const cost = costText(priced(world.config, paid));
  return {
    json: { ...of, ...calls, paid, cost, ...(signal && { stopped: signal }) },
    text: [
      say`${org}: ${counted(calls.done, 'call')} judged again, ${calls.waiting} waiting, ${calls.dead} put aside; ${cost}. ${found - calls.done} left that were judged by another configuration.`,
      ...(signal ? [say`Stopped by ${signal}. Run it again to go on.`] : []),
    ],
    failed: calls.dead > 0,
    ...(signal && { signal }),
  };
}
