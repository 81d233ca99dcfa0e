import { decodeText } from '../../lib/bytes.ts';
import { PreconditionFailed } from '../../store/store.ts';
import { groupKey } from '../keys.ts';
import { isOwn } from '../outputs/parties.ts';
import type { Recording } from '../ports.ts';
import { groupHash } from '../remove.ts';
import type { World } from '../world.ts';

/** After its newest leg has ended, a group is taken once so long has passed: legs of one call end at different times. */
const SETTLE_MS = 10 * 60_000;

/** Whether more legs of a call may still come. */
export function isUnsettled(legs: readonly Recording[], now: Date): boolean {
  const ends = legs.map(({ started, ended }) => Date.parse(ended ?? started ?? '')).filter(Number.isFinite);
  return ends.some((end) => now.getTime() - end < SETTLE_MS);
}

/**
 * The leg that stands for the call: the one that was taken before; else that of the agent who started it, else the longest.
 * Of two runs at once both take the same one.
 */
export async function chosenLeg(world: World, legs: readonly Recording[]): Promise<Recording | undefined> {
  const { org, stores } = world;
  const best = bestLeg(world, legs);
  if (best?.group === undefined) return best;
  const key = groupKey(org, groupHash(best.group));
  const known = await stores.results.get(key);
  if (known) return legs.find(({ id }) => id === decodeText(known.body));
  try {
    await stores.results.put(key, best.id, { ifNoneMatch: '*' });
    return best;
  } catch (error) {
    if (!(error instanceof PreconditionFailed)) throw error;
    const other = await stores.results.get(key);
    return legs.find(({ id }) => other && id === decodeText(other.body));
  }
}

function bestLeg({ config, agentDomains }: World, legs: readonly Recording[]): Recording | undefined {
  const own = { agentDomains, agentNumbers: config.agentNumbers };
  const started = legs.filter(({ from, agent }) => isOwn(from, own) || (agent !== undefined && agent === from));
  return (started.length > 0 ? started : legs).toSorted(
    (a, b) => lengthOf(b) - lengthOf(a) || (a.id < b.id ? -1 : 1),
  )[0];
}

/** Seconds, else bytes, which are few beside them only where nobody gives times. */
const lengthOf = ({ started, ended, bytes = 0 }: Recording): number => {
  const seconds = (Date.parse(ended ?? '') - Date.parse(started ?? '')) / 1000;
  return Number.isFinite(seconds) ? seconds : bytes / 1e9;
};
