import { type Printable, printable, say } from '../../lib/printable.ts';
import { counted } from '../../lib/words.ts';
import type { RunOutcome } from '../../pipeline/world.ts';

/** How one organization's pipeline fared in a run. */
export type PipelineOutcome = { org: string; result: RunOutcome } | { org: string; problems: Printable[] };

/** Calls that are not done, by state, stage and reason; no call is named. */
export interface Group {
  state: 'waiting' | 'dead';
  stage: string;
  reason: Printable;
  calls: number;
}

/** Reasons that are said one by one; the others are counted. */
const MOST_GROUPS = 20;

/** @param notDone with the dead ones first */
export function groupsOf(notDone: readonly { state: Group['state']; stage: string; reason: string }[]): Group[] {
  const groups = new Map<string, Group>();
  for (const { state, stage, reason } of notDone) {
    const key = JSON.stringify([state, stage, reason]);
    const known = groups.get(key);
    if (known) known.calls++;
    else groups.set(key, { state, stage, reason: printable(reason), calls: 1 });
  }
  return [...groups.values()];
}

/** Groups as lines. */
export function groupLines(org: string, groups: readonly Group[]): Printable[] {
  const lines = groups
    .slice(0, MOST_GROUPS)
    .map(
      ({ state, stage, reason, calls }) =>
        say`${org}: ${counted(calls, 'call')} ${stateWords(state, calls)} at ${stage}: ${reason}`,
    );
  const more = groups.length - lines.length;
  const has = (wanted: Group['state']) => groups.some(({ state }) => state === wanted);
  return [
    ...lines,
    ...(more > 0 ? [say`${org}: and ${counted(more, 'other reason')}.`] : []),
    ...(has('waiting')
      ? [
          say`${org}: the next runs go on with what waits. After a server has been started, pipeline replay --org ${org} goes on at once.`,
        ]
      : []),
    ...(has('dead')
      ? [say`${org}: once the cause is mended, pipeline replay --org ${org} tries again what is put aside.`]
      : []),
  ];
}

const stateWords = (state: Group['state'], calls: number): string =>
  state === 'dead' ? `${calls === 1 ? 'is' : 'are'} put aside` : calls === 1 ? 'waits' : 'wait';

/** How a run went, in sentences without the name of any call. */
export function outcomeLines(outcome: PipelineOutcome): Printable[] {
  const { org } = outcome;
  if ('problems' in outcome) return outcome.problems.map((problem) => say`${org}: pipeline failed: ${problem}`);
  const { ingest, calls, paid, stopped = [], notDone } = outcome.result;
  const { listed, taken, changed, legs, meetings, refused, growing, failed, problem = [] } = ingest;
  const left = [
    ...(legs > 0 ? [counted(legs, 'other leg')] : []),
    ...(meetings > 0 ? [say`${counted(meetings, 'meeting')} left out`] : []),
    ...(refused > 0 ? [say`${refused} without a usable id`] : []),
    ...(growing > 0 ? [say`${growing} still being written, and left to the next run`] : []),
    ...(failed > 0 ? [say`${failed} to be had later`] : []),
  ];
  const spent = [
    ...(paid.minutes > 0 ? [say`${Math.round(paid.minutes * 10) / 10} minutes transcribed`] : []),
    ...(paid.tokens > 0 ? [counted(paid.tokens, 'token')] : []),
    ...(paid.units > 0 ? [say`${counted(paid.units, 'unit')} of sentiment`] : []),
  ];
  const parts = [
    say`${calls.done} done`,
    ...(calls.waiting > 0 ? [say`${calls.waiting} to go on with`] : []),
    ...(calls.dead > 0 ? [say`${calls.dead} put aside`] : []),
  ];
  const worked =
    calls.seen === 0 ? say`nothing to work on` : say`${counted(calls.seen, 'call')} worked on: ${parts.join(', ')}`;
  return [
    say`${org}: ${counted(listed, 'recording')} listed, ${taken} new${left.length > 0 ? say` (${left.join(', ')})` : ''}; ${worked}${spent.length > 0 ? say`; ${spent.join(', ')}` : ''}.`,
    ...(changed > 0 ? [changedLine(org, changed)] : []),
    ...groupLines(org, groupsOf(notDone)),
    ...problem.map((each) => say`${org}: the recordings could not be listed: ${each}`),
    ...stopped.map((each) => say`${org}: stopped: ${each}`),
  ];
}

const changedLine = (org: string, changed: number): Printable =>
  say`${org}: ${counted(changed, 'recording')} ${changed === 1 ? 'has' : 'have'} another size than when taken: replaced, or not whole then. The call stays as it was; pipeline replay --org ${org} --call ID --from ingest takes it again. The id of a call is on its page.`;

/** Whether somebody has to see to it: what waits goes on by itself. */
export const hasFailed = (outcome: PipelineOutcome): boolean =>
  'problems' in outcome || outcome.result.stopped !== undefined || outcome.result.ingest.problem !== undefined;

/** For `--json`: no call is named. */
export function outcomeJson(outcome: PipelineOutcome): object {
  if ('problems' in outcome) return outcome;
  const { org, notDone, ...rest } = outcome.result;
  return { org, ...rest, notDone: groupsOf(notDone) };
}
