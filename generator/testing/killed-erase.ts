// `erase` of the call of a test's world in a process of its own, which ends itself by SIGKILL at one call of its reports store:
// node killed-erase.ts RESULTS CONFIG REPORTS CALL before|after; CALL is a number, or the key that is written
import { memoryWorld } from '../fixtures/world.ts';
import { silentLog } from '../lib/console.ts';
import { openStore } from '../store/open.ts';
import type { Store } from '../store/store.ts';
import { eraseIt } from './erased-call.ts';
import { faultyStore } from './faulty-store.ts';
import { killMe } from './kill-me.ts';

const [results = '', config = '', reports = '', call = '', when] = process.argv.slice(2);

const plan = new Map([[Number(call), when === 'before' ? 'crash before' : 'crash after'] as const]);

function killedAtKey(store: Store): Store {
  return {
    ...store,
    async put(key, body, options) {
      if (key === call && when === 'before') killMe();
      const etag = await store.put(key, body, options);
      return key === call ? killMe() : etag;
    },
  };
}

const erased = await eraseIt({
  ...memoryWorld({ acceptLoss: false, results: openStore(results), config: openStore(config) }),
  reports: faultyStore(killedAtKey(openStore(reports)), plan, killMe).store,
  logFor: () => silentLog,
});
process.stdout.write(erased.state);
