import { openStop } from '../../lib/command-line/stop.ts';
import type { Progress } from '../../lib/console.ts';
import { UserError } from '../../lib/errors.ts';
import { type Printable, say } from '../../lib/printable.ts';
import { counted } from '../../lib/words.ts';
import { advance } from '../../pipeline/advance.ts';
import { deadCalls, heldBack, replay as openAgain } from '../../pipeline/again/replay.ts';
import type { Stage } from '../../pipeline/record.ts';
import { NOTHING_SPENT } from '../../pipeline/spent.ts';
import { noCalls, tally } from '../../pipeline/tally.ts';
import { writeWaiting } from '../../pipeline/waiting.ts';
import type { StageOutcome } from '../../pipeline/world.ts';
import type { Settings } from '../../settings.ts';
import { type Answer, clock, logOf } from '../command.ts';
import { oneOrg } from '../tenant/one-org.ts';
import { withStores } from './local-stores.ts';
import { openWorld } from './open-world.ts';
import { costText, priced } from './prices.ts';
import { openStores } from './run-all.ts';
import { groupLines, groupsOf } from './tell.ts';

/** `pipeline replay`: one call once more, or all that are put aside or left alone for a while, from the stage where it stopped, or from another. */
export async function replay(given: Settings): Promise<Answer> {
  const { settings } = withStores(given);
  const org = oneOrg(settings, 'pipeline replay');
  const log = logOf(settings, say`${org}  `);
  using stop = openStop((text) => log.say(text, 'problem'));
  const world = await openWorld(await openStores(settings), org, { now: clock(settings), log, env: process.env });
  const calls =
    settings.call === undefined ? [...(await deadCalls(world)), ...(await heldBack(world))] : [settings.call];
  const paid = { ...NOTHING_SPENT };
  const outcomes: StageOutcome[] = [];
  const again = async (progress: Progress) => {
    for (const [i, call] of calls.entries()) {
      if (stop.abort.aborted) break;
      const stage = await openAgain(world, call, settings.fromStage as Stage | undefined);
      if (stage === undefined) throw noCall(org);
      // What has to be had again is had where recordings are listed.
      outcomes.push(stage === 'ingest' ? { state: 'waiting', stage } : await advance(world, call, stop.abort, paid));
      progress(i + 1, calls.length);
    }
  };
  try {
    await log.step(say`replay`, again, () => counted(outcomes.length, 'call'));
  } finally {
    await writeWaiting(world, calls);
  }
  const signal = stop.signal();
  const { seen: _, ...counts } = countsOf(outcomes);
  const cost = costText(priced(world.config, paid));
  return {
    json: { org, calls: calls.length, ...counts, paid, cost, ...(signal && { stopped: signal }) },
    text: [
      ...sentences(org, outcomes, counts, cost),
      ...(signal ? [say`Stopped by ${signal}: ${calls.length - outcomes.length} were not begun.`] : []),
    ],
    failed: counts.dead > 0,
    ...(signal && { signal }),
  };
}

function countsOf(outcomes: readonly StageOutcome[]) {
  const calls = noCalls();
  for (const each of outcomes) tally(calls, each);
  return calls;
}

function sentences(
  org: string,
  outcomes: readonly StageOutcome[],
  counts: { done: number; waiting: number; dead: number },
  cost: string,
): Printable[] {
  if (outcomes.length === 0)
    return [
      say`${org}: no call is put aside or waits for a later time, so there is nothing to replay. Name one with --call.`,
    ];
  const left = outcomes.flatMap(({ state, stage, reason }) =>
    state === 'dead' || state === 'waiting'
      ? [
          {
            state,
            stage,
            reason: reason ?? 'The next pipeline run takes its recording again, where the provider still has it.',
          },
        ]
      : [],
  );
  return [
    say`${org}: of ${counted(outcomes.length, 'call')} ${counts.done} done, ${counts.waiting} waiting, ${counts.dead} put aside; ${cost}.${counts.done > 0 ? ' Build the site to show them.' : ''}`,
    ...groupLines(org, groupsOf(left)),
  ];
}

const noCall = (org: string): UserError =>
  new UserError([
    say`--call: the pipeline of ${org} knows no such call. pipeline status --org ${org} --calls names those that are not done; the ids of the others are on their pages.`,
  ]);
