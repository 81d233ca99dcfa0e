import { say } from '../../lib/printable.ts';
import { counted, elapsed } from '../../lib/words.ts';
import { readIngest } from '../../pipeline/ingest/watermark.ts';
import { readWaiting, type Waiting } from '../../source/waiting.ts';
import type { Store } from '../../store/store.ts';
import { readPipelineConfig } from '../pipeline/read-config.ts';
import { type Finding, ok, warning, wrong } from './finding.ts';

const HOUR_MS = 3_600_000;
/** A pipeline lists its recordings every quarter of an hour, or once a day on one machine. */
const LATEST_LISTING_MS = 26 * HOUR_MS;
/** Behind by more, it stands still: some recording cannot be had. */
const LATEST_WATERMARK_MS = 48 * HOUR_MS;
/** So long a call may wait, also for the next day's budget. */
const LONGEST_WAIT_MS = 26 * HOUR_MS;

/** One organization's pipeline of this program: is it configured rightly, does it run, and what has it not done? */
export async function checkPipeline(
  { results, config }: { results: Store; config: Store },
  org: string,
  now: Date,
): Promise<Finding[]> {
  // A wrong file is told of by whoever catches it.
  await readPipelineConfig(config, org);
  const { listed, watermark } = await readIngest(results, org);
  if (listed === undefined)
    return [
      warning(
        'pipeline',
        say`It has a pipeline-config.json, and its pipeline has never listed its recordings to the end. Run pipeline run --org ${org}.`,
        org,
      ),
    ];
  const age = now.getTime() - Date.parse(listed);
  const behind = watermark && 'time' in watermark ? now.getTime() - Date.parse(watermark.time) : 0;
  const findings =
    age > LATEST_LISTING_MS
      ? [
          warning(
            'pipeline',
            say`It listed its recordings last ${elapsed(age)} ago. See whether its schedule runs, and pipeline status --org ${org}.`,
            org,
          ),
        ]
      : behind > LATEST_WATERMARK_MS
        ? [
            warning(
              'pipeline',
              say`Its watermark stands still since ${elapsed(behind)}: a recording cannot be had from its provider. pipeline status --org ${org} says why.`,
              org,
            ),
          ]
        : [ok('pipeline', say`It listed its recordings ${elapsed(age)} ago.`, org)];
  return [...findings, ...notDone(org, await readWaiting(results, org), now)];
}

function notDone(org: string, waiting: Waiting | undefined, now: Date): Finding[] {
  if (!waiting) return [];
  if (waiting.isUnread)
    return [
      wrong(
        'pipeline: calls',
        say`What it wrote about calls that are not done cannot be read. Its next run writes it anew.`,
        org,
      ),
    ];
  const late = waiting.calls.filter(
    ({ state, since }) =>
      state === 'waiting' && since !== undefined && now.getTime() - Date.parse(since) > LONGEST_WAIT_MS,
  ).length;
  const told = [
    ...(waiting.dead > 0
      ? [
          warning(
            'pipeline: calls',
            say`${counted(waiting.dead, 'call')} ${waiting.dead === 1 ? 'is' : 'are'} put aside. pipeline status --org ${org} says why; pipeline replay tries one again.`,
            org,
          ),
        ]
      : []),
    ...(late > 0
      ? [
          warning(
            'pipeline: calls',
            say`${counted(late, 'call')} ${late === 1 ? 'has' : 'have'} waited for more than a day. pipeline status --org ${org} says for what.`,
            org,
          ),
        ]
      : []),
  ];
  return told.length > 0
    ? told
    : [ok('pipeline: calls', say`${counted(waiting.waiting, 'call')} in work, and none is put aside.`, org)];
}
