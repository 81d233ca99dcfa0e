import { stableJson } from '../lib/bytes.ts';
import { cutTo, LIMITS } from '../lib/limits.ts';
import type { Store } from '../store/store.ts';
import { type JsonObject, readObject } from './json.ts';

/** A call that the pipeline has not brought to its end. */
export interface WaitingCall {
  /** As the pipeline knows it: nothing of it has been read. */
  call: string;
  stage: string; // e.g., "transcribe"
  /** Dead: the pipeline does not try it again by itself. */
  state: 'waiting' | 'dead';
  reason: string;
  /** ISO 8601 in UTC. */
  since?: string;
}

/** What the pipeline says of calls that are not done; the time at which it was written is left out, so that it changes only where they do. */
export interface Waiting {
  /** All of them, also those that are not named. */
  waiting: number;
  dead: number;
  /** The first thousand: those that are dead, then those that have waited longest. */
  calls: WaitingCall[];
  /** What an engine does → its name. */
  engines: { [task: string]: string }; // e.g., { "transcribe": "sidecar" }
  /** The object is there and could not be read. */
  isUnread?: true;
}

const KEY = 'pipeline/waiting.json';
const MOST_CALLS = 1000;
const MOST_ENGINES = 20;
/** Characters of a reason: a sentence or two. */
const LONGEST_REASON = 1000;

/**
 * `<org>/pipeline/waiting.json`, which only a pipeline of this program writes. What is wrong in it never fails a build.
 * @returns undefined where there is none
 */
export async function readWaiting(results: Store, org: string): Promise<Waiting | undefined> {
  const object = await results.get(`${org}/${KEY}`, { range: { start: 0, end: LIMITS.objectBytes } });
  if (!object) return undefined;
  const read = object.size > object.body.byteLength ? undefined : readObject(object.body);
  return read?.ok && read.value.version === 1 ? waitingOf(read.value) : { ...NONE, isUnread: true };
}

/** Whether a pipeline says the same as before. */
export const sameWaiting = (now: Waiting | undefined, before: Waiting | undefined): boolean =>
  stableJson(now ?? null) === stableJson(before ?? null);

const NONE: Waiting = { waiting: 0, dead: 0, calls: [], engines: {} };

function waitingOf({ waiting, dead, calls: listed, engines }: JsonObject): Waiting {
  const all = (Array.isArray(listed) ? listed : []).flatMap((each: unknown) => callOf(Object(each) as JsonObject));
  const named = (state: WaitingCall['state']) => all.filter((each) => each.state === state).length;
  return {
    waiting: Math.max(countOf(waiting), named('waiting')),
    dead: Math.max(countOf(dead), named('dead')),
    calls: all.sort(order).slice(0, MOST_CALLS),
    engines: Object.fromEntries(
      Object.entries(Object(engines) as JsonObject)
        .flatMap(([task, name]) =>
          typeof name === 'string' ? [[line(task, LIMITS.name), line(name, LIMITS.name)]] : [],
        )
        .slice(0, MOST_ENGINES),
    ) as Waiting['engines'],
  };
}

function callOf({ call, stage, state, reason, since }: JsonObject): WaitingCall[] {
  if (typeof call !== 'string' || call === '' || (state !== 'waiting' && state !== 'dead')) return [];
  const at = typeof since === 'string' ? Date.parse(since) : Number.NaN;
  return [
    {
      call: line(call, LIMITS.name),
      stage: textOf(stage, LIMITS.name),
      state,
      reason: textOf(reason, LONGEST_REASON),
      ...(Number.isFinite(at) && { since: new Date(at).toISOString() }),
    },
  ];
}

const countOf = (value: unknown): number => (Number.isSafeInteger(value) && Number(value) > 0 ? Number(value) : 0);
const textOf = (value: unknown, most: number): string => (typeof value === 'string' ? line(value, most) : '');
const line = (text: string, most: number): string => cutTo(text.toWellFormed().replaceAll(/\s+/g, ' ').trim(), most);

function order(a: WaitingCall, b: WaitingCall): number {
  if (a.state !== b.state) return a.state === 'dead' ? -1 : 1;
  return compare(a.since ?? '', b.since ?? '') || compare(a.call, b.call);
}

const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
