import { asker, isThere, type Seen, type Unseen } from './ask.ts';
import { type AwsPlace, openClients, regionOf } from './clients.ts';
import { functionOf } from './functions.ts';
import { logOf, namesOf, type PipelineNames } from './names.ts';
import { queueUrlOf } from './queues.ts';
import { ruleOf } from './rules.ts';
import { type BucketSeen, bucketOf, logsOf, roleOf } from './stored.ts';

/** Which names of a pipeline are taken in AWS. */
export interface TakenNames {
  /** Where they were looked for; absent where none is set. */
  region?: string;
  /** Names that are taken, by what has them. */
  taken: PipelineNames;
  /** All names of the stack. */
  all: number;
  /** Names of which nobody could tell. */
  open: number;
  /** Functions are there, and all are of this program. */
  isOurs: boolean;
  /** By the name of each bucket. */
  buckets: Map<string, Seen<BucketSeen>>;
  unseen: Unseen;
}

/**
 * Ask AWS which names of a pipeline's stack are taken, and whether its buckets are there. Nothing is changed, and it never throws.
 * @param name that begins all names but those of buckets
 */
export async function takenNames(name: string, place: AwsPlace, buckets: readonly string[]): Promise<TakenNames> {
  const { ask, unseen } = asker();
  const clients = openClients(place);
  const wanted = namesOf(name);
  try {
    const functions = await Promise.all(wanted.functions.map((each) => functionOf(ask, clients, each)));
    const groups = await logsOf(ask, clients, logOf(`${name}-`));
    const logs = wanted.logs.map((each): Seen<string> => {
      if (!isThere(groups)) return groups;
      return groups.some((group) => group.name === each) ? each : 'none';
    });
    const seen: { [kind in keyof PipelineNames]: Seen<unknown>[] } = {
      functions,
      logs,
      queues: await Promise.all(wanted.queues.map((each) => queueUrlOf(ask, clients, each))),
      rules: await Promise.all(wanted.rules.map((each) => ruleOf(ask, clients, each))),
      roles: await Promise.all(wanted.roles.map((each) => roleOf(ask, clients, each))),
    };
    const kinds = Object.keys(seen) as (keyof PipelineNames)[];
    const found = functions.filter(isThere);
    const which = (kind: keyof PipelineNames, isWanted: (each: Seen<unknown>) => boolean): string[] =>
      wanted[kind].filter((_, i) => isWanted(seen[kind][i]));
    return {
      ...(await regionOf(clients)),
      taken: Object.fromEntries(kinds.map((kind) => [kind, which(kind, isThere)])) as unknown as PipelineNames,
      all: kinds.reduce((sum, kind) => sum + wanted[kind].length, 0),
      open: kinds.reduce((sum, kind) => sum + which(kind, (each) => each === 'unseen').length, 0),
      isOurs: found.length > 0 && found.every(({ isOurs }) => isOurs),
      buckets: new Map(
        await Promise.all(buckets.map(async (each) => [each, await bucketOf(ask, clients, each)] as const)),
      ),
      unseen: unseen(),
    };
  } finally {
    clients.close();
  }
}
