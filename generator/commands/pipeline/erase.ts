import { say } from '../../lib/printable.ts';
import { counted } from '../../lib/words.ts';
import { erase as eraseCall } from '../../pipeline/again/erase.ts';
import { need, type Settings } from '../../settings.ts';
import { type Answer, clock, logOf } from '../command.ts';
import { oneOrg } from '../tenant/one-org.ts';
import { storeFlags, withStores } from './local-stores.ts';
import { openWorld } from './open-world.ts';
import { openStores } from './run-all.ts';

/** `pipeline erase`: all that the pipeline keeps of one call, once its provider no longer lists it. No hash of it is kept. */
export async function erase(given: Settings): Promise<Answer> {
  const { settings, isLocal } = withStores(given);
  const org = oneOrg(settings, 'pipeline erase');
  const { call } = need(settings, 'call');
  const log = logOf(settings, say`${org}  `);
  const stores = await openStores(settings);
  const world = await openWorld(stores, org, { now: clock(settings), log, env: process.env });
  const keys = await log.step(
    say`erase`,
    () => eraseCall(world, call, new AbortController().signal),
    (removed) => counted(removed.length, 'object'),
  );
  const isThere = keys.length > 0;
  const isVersioned = [stores.input, stores.results].some(({ url }) => url.startsWith('s3:'));
  return {
    json: { org, state: isThere ? 'erased' : 'nothing', removed: keys.length },
    text: isThere
      ? [
          say`${org}: the call is erased from the pipeline; ${counted(keys.length, 'object')} removed, and no hash of it is kept.`,
          ...(isVersioned
            ? [say`${org}: if a bucket keeps versions, or is copied, older versions still hold the call.`]
            : []),
          say`${org}: its site still shows it: run erase --org ${org} with the same --call${storeFlags(settings, isLocal)}.`,
        ]
      : [say`${org}: the pipeline keeps nothing of such a call: it is erased, or was never there.`],
    failed: false,
  };
}
