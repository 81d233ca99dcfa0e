import type { OrganizationId } from '../../site/gate/auth/tenant.ts';
import { openSites } from '../../site/gate/content/sites.ts';
import { putCall, tenant } from '../fixtures/world.ts';
import { sha256 } from '../lib/bytes.ts';
import { numberOf } from '../publish/manifest.ts';
import { readPointer } from '../publish/read.ts';
import { rollBack } from '../publish/rollback.ts';
import { memoryStore } from '../store/memory.ts';
import type { Store } from '../store/store.ts';
import { ORG, runAll } from './publish-faults.ts';
import { readWholeSite, type Site } from './whole-site.ts';

const BUILDS = 8;
const READERS = 8;
/** Between two rollbacks: fewer than a view takes. */
const TURNS = 30;

/**
 * Go back and forth between kept builds while people read: each opens a page, and then asks for the rest of its build.
 * @returns views: a page with all that belongs to it
 * @throws where a view has a byte of another build, or somebody is told of an error
 */
export async function rollBackUnderLoad(rollbacks: number): Promise<{ views: number; builds: number }> {
  const world = await tenant([]);
  const reports = memoryStore();
  const sites = new Map<string, Site>();
  const numbers: number[] = [];
  for (let n = 1; n <= BUILDS; n++) {
    await putCall(world.results, ORG, { id: `c${n}` });
    await runAll(world, reports);
    const pointer = (await readPointer(reports, ORG))?.pointer;
    const site = await readWholeSite(reports, ORG);
    if (!pointer || !site) throw new Error('nothing was published');
    sites.set(pointer.manifest.replace(/^builds\/|\.json$/g, ''), site);
    numbers.push(numberOf(pointer));
  }
  const gate = openSites(withTurns(reports), { recheckMs: 0 });
  const org = ORG as OrganizationId;
  let working = true;
  let views = 0;
  const seen = new Set<string>();

  async function view(): Promise<void> {
    const page = await gate.find(org, '/');
    if (typeof page === 'string') throw new Error(`the front page: ${page}`);
    const site = sites.get(page.build);
    if (!site) throw new Error(`there is no build ${page.build}`);
    for (const [path, hash] of site) {
      const found = await gate.find(org, path, page.build);
      if (typeof found === 'string') throw new Error(`${path} of build ${page.build}: ${found}`);
      const bytes = await gate.read(org, found.file, 'identity');
      if (found.build !== page.build || sha256(bytes) !== hash) throw new Error(`${path}: of another build`);
    }
    seen.add(page.build);
    views++;
  }
  const readers = Array.from({ length: READERS }, async () => {
    while (working) await view();
  });
  const keeps = async () => ({ createOnly: true, compareAndSwap: true });
  const goBackAndForth = async () => {
    for (let i = 0; i < rollbacks; i++) {
      // Never the one that is current, and each in turn.
      const to = numbers[(i * 3) % BUILDS];
      await rollBack(withTurns(reports), ORG, to, new Date(i).toISOString(), keeps);
      for (let turn = 0; turn < TURNS; turn++) await new Promise((next) => setImmediate(next));
    }
    working = false;
  };
  await Promise.all([goBackAndForth(), ...readers]);
  return { views, builds: seen.size };
}

/** Others have their turn at each call. */
function withTurns(store: Store): Store {
  const turn = () => new Promise((next) => setImmediate(next));
  return {
    ...store,
    async get(key, options) {
      await turn();
      return store.get(key, options);
    },
    async put(key, body, options) {
      await turn();
      return store.put(key, body, options);
    },
  };
}
