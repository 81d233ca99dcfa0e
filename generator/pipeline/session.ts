import { randomUUID } from 'node:crypto';
import { type Answer, readAnswer, storeAnswer } from './answers.ts';
import { PipelineError } from './errors.ts';
import type { Transcript } from './outputs/enriched.ts';
import type { TranscribeDocument } from './ports.ts';
import { type CallRecord, type Held, type Stage, writeRecord } from './record.ts';
import { reserve, type Spent, settle } from './spent.ts';
import type { Paid, World } from './world.ts';

/** One call while somebody works on it. */
export interface Session {
  world: World;
  call: string;
  signal: AbortSignal;
  /** What this run has paid so far; added to. */
  paid: Paid;
  held: Required<Held>;
  /** What was read or made on the way, so that the next stage need not read it again. */
  document?: TranscribeDocument;
  transcript?: Transcript;
}

/** Whoever pays for an answer has so long to come back with it. */
const CLAIM_MS = 15 * 60_000;

/** What may end an engine in the middle: nothing, where its answer is paid for whether it comes or not. */
export const endedBy = ({ signal }: Session, { free }: { readonly free?: true }): AbortSignal =>
  free ? signal : new AbortController().signal;

/** Write what has become of the record. @throws {PreconditionFailed} where somebody else was there meanwhile */
export async function save(session: Session, next: CallRecord): Promise<void> {
  const { world, held } = session;
  session.held = await writeRecord(world.stores.results, world.org, held, next);
}

/** Keep the record of a call as it goes on: it is written when the call comes to rest, or before something is paid for. */
export const note = (session: Session, changes: Partial<CallRecord>): void => {
  session.held = { ...session.held, record: { ...session.held.record, ...changes } };
};

/** The record without what holds only while somebody works on the call. */
export function atRest({ claim: _, reason: _reason, notBefore: _before, ...record }: CallRecord): CallRecord {
  return record;
}

/** What an engine is asked for, and what that costs. */
export interface Purchase<Given> {
  stage: Stage;
  engine: { readonly free?: true };
  /** At the most: taken from the budget before. */
  reserved: Partial<Spent>;
  ask(): Promise<Given>;
  /** In the end. */
  costOf(given: Given): Partial<Spent>;
}

/**
 * Ask an engine. Where that costs something, say so in the record before, and take it from the budget.
 * @throws {PreconditionFailed} where somebody else works on the call; {PipelineError} retry, where the budget is used up
 */
export async function bought<Given>(
  session: Session,
  { stage, engine, reserved, ask, costOf }: Purchase<Given>,
): Promise<Given> {
  if (engine.free) return ask();
  const { world, paid } = session;
  await claim(session, stage);
  const taken = { calls: 1, ...reserved };
  await reserve(world, taken);
  const given = await ask().catch(async (error: unknown) => {
    // Whoever refuses gives no answer, and takes no money.
    if (error instanceof PipelineError) await settle(world, less({}, taken));
    throw error;
  });
  const cost = { calls: 1, ...costOf(given) };
  await settle(world, less(cost, taken));
  for (const name of KINDS) paid[name] += cost[name] ?? 0;
  return given;
}

async function claim(session: Session, stage: Stage): Promise<void> {
  const { world, held } = session;
  const until = new Date(world.now().getTime() + CLAIM_MS).toISOString();
  await save(session, { ...held.record, claim: { stage, until, by: randomUUID() } });
}

const KINDS = ['calls', 'minutes', 'tokens', 'units'] as const;

/** What one cost is above another. */
export const less = (cost: Partial<Spent>, other: Partial<Spent>): Spent =>
  Object.fromEntries(KINDS.map((name) => [name, (cost[name] ?? 0) - (other[name] ?? 0)])) as unknown as Spent;

/** The answer of that name, or the one that is got now; whatever lies there in the end counts. */
export async function answered<Kind extends Answer>(
  { world, call }: Session,
  name: string,
  ask: () => Promise<Omit<Kind, 'at'>>,
): Promise<Kind> {
  const { org, stores, now } = world;
  const stored = await readAnswer<Kind>(stores.results, org, call, name);
  if (stored) return stored;
  const given = await ask();
  return storeAnswer(stores.results, org, call, name, { ...given, at: now().toISOString() } as Kind);
}
