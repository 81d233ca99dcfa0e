import { readFileSync } from 'node:fs';
import type { Day } from '../data/calendar.ts';
import { daysTo } from '../data/calendar.ts';
import { energy } from '../data/energy.ts';
import { type Plan, planDay } from '../data/plan.ts';
import { objectsOf, type Put } from '../data/records.ts';
import type { Utterance } from '../data/transcript.ts';

/** A call that can be heard: what was said on a day long ago, since a voice cannot be changed by the date. */
export interface Recorded {
  name: string; // e.g., "meter"
  seed: number;
  index: number;
}

/** When they were spoken. */
const DAY = '2026-03-30';
const CALLS = 40;
export const RECORDED: readonly Recorded[] = [
  { name: 'moved-appointment', seed: 34, index: 9 },
  { name: 'smart-meter', seed: 59, index: 19 },
  { name: 'call-back', seed: 23, index: 9 },
];

/** What `make.ts` has written beside each sound. */
export interface Sound {
  seconds: number;
  transcript: Utterance[];
}

const fileOf = (name: string, ending: string) => new URL(`${name}.${ending}`, import.meta.url);

/** The call before anybody speaks. */
export function recordedPlan({ seed, index }: Recorded): Plan {
  const [day] = daysTo(DAY, 1, energy.timeZone);
  const plan = day && planDay(energy, seed, day, CALLS)[index];
  if (!plan) throw new Error(`no call ${index} of the demo on ${DAY}`);
  return plan;
}

export const soundOf = ({ name }: Recorded): Sound => JSON.parse(readFileSync(fileOf(name, 'json'), 'utf8')) as Sound;

/** What these calls leave in the buckets if they are made on another day; their recordings are still kept. */
export const recordedObjects = (day: Day): { results: Put[]; input: Put[] }[] =>
  RECORDED.map((recorded) => {
    const { results, input, id } = objectsOf(recordedPlan(recorded), undefined, { ...soundOf(recorded), day });
    const sound = { key: `${energy.org}/audio/${id}.mp3`, body: readFileSync(fileOf(recorded.name, 'mp3')) };
    return { results, input: [...input, sound] };
  });
