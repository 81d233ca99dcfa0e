import { pMapIterable } from 'p-map';
import { shownId } from '#shared/calls/shown-id.ts';
import { UNDATED } from '#shared/counts/fold.ts';
import { CALLS_A_FILE, type FoundCall } from '#shared/search/calls.ts';
import { ROOT_PATH, type SearchRoot, type SearchSegment } from '#shared/search/root.ts';
import type { DayReader } from '../days/files.ts';
import { placed } from '../days/search/day-block.ts';
import { readDayBlock } from '../days/search/index-day.ts';
import type { State } from '../days/state.ts';
import type { StateFiles } from '../days/state-files.ts';
import { decodeText, encodeText, shortHash, squeeze, stableJson, unsqueeze } from '../lib/bytes.ts';
import { callPath } from '../lib/paths.ts';
import type { Draft } from '../publish/draft.ts';
import type { StateAt } from '../publish/manifest.ts';
import type { Report } from '../report/report.ts';
import { mergedEntries } from '../report/search/merged.ts';
import { planSegments, type SegmentPlan } from '../report/search/plan.ts';
import { hasOwnFirsts, JSON_TYPE, pathsOf, type SegmentShape, segmentFiles } from '../report/search/segment-files.ts';
import { weekdayNumber } from '../tenants/spec-parts.ts';

/** What the files that a search looks in are made from. */
interface SearchInput {
  report: Report;
  state: State;
  readDay: DayReader;
  stateFiles: StateFiles;
}

/** Makes a file of the site where its input has changed. */
type Maker = (path: string, type: string, input: string, bytes: () => Promise<Uint8Array>) => Promise<void>;

/** What is remembered of each segment, by name: it follows from the input. */
type Segments = { [name: string]: SegmentShape & { input: string } };

/** Days that are read at once. */
const DAYS_AT_ONCE = 4;

/**
 * Make the files of each segment in which a call has changed; one segment is held at a time.
 * @returns where what is remembered of the segments lies now
 */
export async function makeSearch(
  { report, state, readDay, stateFiles }: SearchInput,
  files: Draft,
  make: Maker,
): Promise<StateAt> {
  const before = state.segments ? segmentsIn(await stateFiles.read(state.segments)) : {};
  const segments: Segments = {};
  const root: SearchRoot = { language: report.config.language, callsAFile: CALLS_A_FILE, segments: [] };
  for (const plan of plansOf(report, state)) {
    const input = inputOf(state, plan);
    const known = Object.hasOwn(before, plan.name) ? before[plan.name] : undefined;
    const shape = known?.input === input && (await isWhole(files, plan.name, known)) ? known : undefined;
    const made = shape ?? { ...(await makeSegment({ report, state, readDay, stateFiles }, plan, input, make)), input };
    if (shape)
      for (const path of pathsOf(plan.name, shape)) await make(path, '', input, () => Promise.reject(new Error(path)));
    segments[plan.name] = made;
    root.segments.push(segmentOf(report, plan, made));
  }
  const bytes = encodeText(stableJson(root));
  await make(ROOT_PATH, JSON_TYPE, shortHash(bytes), async () => bytes);
  return stateFiles.write(squeeze(encodeText(stableJson(segments))), state.segments?.blob);
}

function plansOf(report: Report, state: State): SegmentPlan[] {
  const { window, config, trust } = report;
  const newest = window?.partial?.day ?? window?.to;
  return planSegments(Object.keys(state.days), trust.read, newest, weekdayNumber(config.weekStart));
}

const segmentOf = (report: Report, { name, days }: SegmentPlan, shape: SegmentShape): SearchSegment => ({
  name,
  days: days.map((day) => [day === UNDATED ? null : day, callsOn(report, day)]),
  blocks: shape.firsts.length,
  ...(!hasOwnFirsts(shape) && { firsts: shape.firsts }),
});

const callsOn = ({ sums }: Report, day: string): number => sums.day(day).counts.calls;

const inputOf = ({ fingerprint, days, terms }: State, { name, days: own }: SegmentPlan): string =>
  shortHash([fingerprint, name, ...own.flatMap((day) => [days[day]?.sha256, terms[day]?.sha256])].join('\n'));

/** Whether all files of a segment can be used again: one that cannot is made with the others. */
async function isWhole(files: Draft, name: string, known: Segments[string]): Promise<boolean> {
  for (const path of pathsOf(name, known)) if ((await files.published(path))?.input !== known.input) return false;
  return true;
}

async function makeSegment(
  { state, readDay, stateFiles }: SearchInput,
  { name, days }: SegmentPlan,
  input: string,
  make: Maker,
): Promise<SegmentShape> {
  const calls: FoundCall[] = [];
  const blocks: { block: Uint8Array; calls: number }[] = [];
  const read = async (day: string) =>
    [await readDay(day), await readDayBlock(stateFiles.read, state.terms[day] as StateAt)] as const;
  for await (const [own, block] of pMapIterable(days, read, { concurrency: DAYS_AT_ONCE })) {
    blocks.push({ block, calls: own.length });
    for (const call of placed(own)) calls.push(foundCall(call));
  }
  const made = segmentFiles(name, mergedEntries(blocks), calls);
  for (let next = made.next(); ; next = made.next()) {
    if (next.done) return next.value;
    const { path, type, bytes } = next.value;
    await make(path, type, input, async () => bytes);
  }
}

const foundCall = (call: Parameters<typeof callPath>[0] & Omit<FoundCall, 'path'>): FoundCall => ({
  id: shownId(call),
  path: callPath(call),
  started: call.started,
  agent: call.agent,
});

const segmentsIn = (packed: Uint8Array): Segments => JSON.parse(decodeText(unsqueeze(packed))) as Segments;
