import { type Ask, asker, isThere, listed, type Seen, type Unseen } from './ask.ts';
import { type AwsPlace, type Clients, openClients, regionOf } from './clients.ts';
import { callersOf, concurrencyOf, type FunctionSeen, functionOf, mappingsOf } from './functions.ts';
import { logOf, namesOf, queuesOf } from './names.ts';
import { type QueueSeen, queueIn, queueOf } from './queues.ts';
import { type RuleSeen, rulesTo, schedulesTo } from './rules.ts';
import { type LogSeen, logsOf, secretOf } from './stored.ts';

/** What starts a function. */
interface Starts {
  /** Names of queues whose messages start it, and of those that are switched off. */
  queues: { name: string; arn: string; isOn: boolean }[];
  rules: RuleSeen[];
  /** Services of AWS that may call it, such as "s3.amazonaws.com". */
  callers: string[];
  /** Everything was seen: what is not here does not start it. */
  isWhole: boolean;
}

/** A function that is there. */
export interface FunctionLook extends FunctionSeen {
  /** Calls at once; 0: none may run, undefined: not limited, or not seen. */
  atOnce?: number;
  starts: Starts;
}

/** A queue that is there, with the rules whose events reach it. */
export interface QueueLook extends QueueSeen {
  rules: RuleSeen[];
}

/** What there is of one pipeline in AWS. */
export interface PipelineLook {
  /** Where it was looked for; absent where none is set. */
  region?: string;
  functions: FunctionLook[];
  /** Names of functions that are not there. */
  missing: string[];
  queues: QueueLook[];
  logs: Seen<LogSeen[]>;
  secrets: Map<string, Seen<{ isDeleted: boolean }>>;
  unseen: Unseen;
}

/**
 * Ask AWS what there is of a pipeline, of this program or of another one with the same names. Nothing is changed, and it never throws.
 * Where there is no function, nothing more is asked.
 * @param name that begins all names
 * @param secrets names of secrets that it needs
 */
export async function lookAtPipeline(name: string, place: AwsPlace, secrets: readonly string[]): Promise<PipelineLook> {
  const { ask, unseen } = asker();
  const clients = openClients(place);
  try {
    const where = await regionOf(clients);
    const names = namesOf(name).functions;
    const all = await Promise.all(names.map((each) => functionOf(ask, clients, each)));
    const there = all.filter(isThere);
    const missing = names.filter((_, i) => all[i] === 'none');
    if (missing.length === names.length)
      return { ...where, functions: [], missing, queues: [], logs: 'unseen', secrets: new Map(), unseen: unseen() };
    const functions = await functionLooks(ask, clients, there);
    return {
      ...where,
      functions,
      missing,
      queues: await queueLooks(ask, clients, name, functions),
      logs: await logLooks(ask, clients, name, there),
      secrets: new Map(
        await Promise.all(
          [...new Set(secrets)].map(async (secret) => [secret, await secretOf(ask, clients, secret)] as const),
        ),
      ),
      unseen: unseen(),
    };
  } finally {
    clients.close();
  }
}

async function functionLooks(ask: Ask, clients: Clients, there: readonly FunctionSeen[]): Promise<FunctionLook[]> {
  if (there.length === 0) return [];
  const schedules = await schedulesTo(
    ask,
    clients,
    there.map(({ arn }) => arn),
  );
  return Promise.all(
    there.map(async (each) => {
      const [atOnce, mappings, rules, callers] = await Promise.all([
        concurrencyOf(ask, clients, each.name),
        mappingsOf(ask, clients, each.name),
        rulesTo(ask, clients, each.arn),
        callersOf(ask, clients, each.name),
      ]);
      const due = isThere(schedules) ? (schedules.get(each.arn) ?? []) : [];
      const starts: Starts = {
        queues: listed(mappings).map(({ source, isOn }) => ({ name: queueIn(source), arn: source, isOn })),
        rules: [...listed(rules), ...due],
        callers: listed(callers),
        isWhole: ![schedules, mappings, rules, callers].includes('unseen'),
      };
      return { ...each, ...(typeof atOnce === 'number' && { atOnce }), starts };
    }),
  );
}

/** Those with known names, those that functions hear, and those for what these give up. */
async function queueLooks(
  ask: Ask,
  clients: Clients,
  name: string,
  functions: readonly FunctionLook[],
): Promise<QueueLook[]> {
  const found = new Map<string, QueueSeen>();
  let wanted = [
    ...queuesOf(name),
    ...functions.flatMap(({ starts, dead }) => [
      ...[...starts.queues.map(({ arn }) => arn), ...(dead === undefined ? [] : [dead])]
        .filter((arn) => arn.includes(':sqs:'))
        .map(queueIn),
    ]),
  ];
  const asked = new Set<string>();
  while (wanted.length > 0) {
    const fresh = [...new Set(wanted)].filter((each) => each !== '' && !asked.has(each));
    for (const each of fresh) asked.add(each);
    const seen = await Promise.all(fresh.map((each) => queueOf(ask, clients, each)));
    const there = seen.filter(isThere);
    for (const each of there) found.set(each.name, each);
    wanted = there.flatMap(({ dead }) => (dead === undefined ? [] : [queueIn(dead)]));
  }
  return Promise.all(
    [...found.values()].map(async (queue) => ({ ...queue, rules: listed(await rulesTo(ask, clients, queue.arn)) })),
  );
}

/** The log groups of these functions. */
async function logLooks(
  ask: Ask,
  clients: Clients,
  name: string,
  there: readonly FunctionSeen[],
): Promise<Seen<LogSeen[]>> {
  const prefixes = new Set([logOf(`${name}-`)]);
  for (const { log } of there) if (![...prefixes].some((prefix) => log.startsWith(prefix))) prefixes.add(log);
  const all = await Promise.all([...prefixes].map((prefix) => logsOf(ask, clients, prefix)));
  return all.includes('unseen') ? 'unseen' : all.flatMap(listed);
}
