import { openStop, type Stop, type StopSignal } from '../lib/command-line/stop.ts';
import { runMeter } from '../lib/console.ts';
import { openPool } from '../lib/pool.ts';
import { oneLine, type Printable, say } from '../lib/printable.ts';
import { counted } from '../lib/words.ts';
import { openRenderer } from '../render/renderer.ts';
import { codeVersion } from '../render/version.ts';
import { buildAll, type Outcome } from '../run.ts';
import { need, type Settings } from '../settings.ts';
import { type Answer, clock, logOf, open, openFeed } from './command.ts';
import { type Observed, requireNotices, seenOfBuild, withNotices } from './notices.ts';
import { columnLines, troubleLines } from './troubles.ts';

/** `build`: every site whose input has changed. */
export async function build(settings: Settings): Promise<Answer> {
  requireNotices(settings);
  using stop = openStop((text) => logOf(settings).say(text, 'problem'));
  return await withNotices(settings, await buildSites(settings, stop));
}

/** The same without a notice of it. @param stop whether somebody has stopped the run */
export async function buildSites(settings: Settings, stop: Stop): Promise<Observed> {
  const urls = need(settings, 'results', 'config', 'reports');
  await using pool = openPool(settings.threads === undefined ? undefined : Number(settings.threads));
  const unrecorded: Printable[] = [];
  const meter = settings.quiet === 'true' ? undefined : runMeter();
  const outcomes = await buildAll(
    {
      results: await open(urls.results),
      config: await open(urls.config),
      reports: await open(urls.reports),
      ...(settings.events !== undefined && { events: await openFeed(settings.events) }),
      renderer: await openRenderer(),
      pool,
      codeVersion: codeVersion(),
      now: clock(settings),
      maskingKey: settings.maskingKey,
      ...(settings.runMinutes !== undefined && { longestMinutes: Number(settings.runMinutes) }),
      ...(settings.expectEvery !== undefined && { expectEvery: Number(settings.expectEvery) }),
      byHand: settings.org !== undefined,
      force: settings.force === 'true',
      acceptLoss: settings.acceptLoss === 'true',
      keepBuilds: Number(settings.keep),
      unrecorded: (problems) => unrecorded.push(...problems),
      isStopped: () => stop.signal() !== undefined,
      ...(meter && { meter }),
      logFor: (org) => meter?.logFor(org) ?? logOf(settings, say`${org}  `),
    },
    settings.org ?? settings.shard?.split(' '),
  );
  const ended = outcomes.filter((each) => !isStopped(each));
  const left = outcomes.filter(isStopped).map(({ org }) => org);
  const signal = left.length > 0 ? stop.signal() : undefined;
  return {
    json: { organizations: outcomes, ...(unrecorded.length > 0 && { unrecorded }), ...(signal && { stopped: signal }) },
    text: [
      ...ended.flatMap(lines),
      ...closing(ended),
      ...unrecorded.map((problem) => unrecordedText(urls.reports, problem)),
      ...(signal ? [stoppedText(signal, left, outcomes.length)] : []),
    ],
    failed: unrecorded.length > 0 || ended.some((each) => 'problems' in each),
    ...(signal && { signal }),
    seen: ended.filter((each) => !('gone' in each)).map((each) => seenOfBuild(each, clock(settings)().getTime())),
  };
}

const isStopped = (outcome: Outcome): boolean => 'stopped' in outcome;

/** Organizations that are named; the others are counted. */
const MOST_NAMED = 20;

function stoppedText(signal: StopSignal, left: readonly string[], all: number): Printable {
  const more = left.length > MOST_NAMED ? ` and ${left.length - MOST_NAMED} more` : '';
  return say`Stopped by ${signal}: ${left.length} of ${counted(all, 'organization')} ${left.length === 1 ? 'was' : 'were'} not published: ${left.slice(0, MOST_NAMED)}${more}. What was published of them before stays, whole; nothing is half published. Run build again: what is published already costs little.`;
}

/** How many failed, where any did, and what became of the others. */
function closing(outcomes: readonly Outcome[]): Printable[] {
  const failed = outcomes.filter((each) => 'problems' in each).length;
  if (failed === 0) return [];
  const rest = outcomes.length - failed;
  const others =
    rest === 0 ? say`nothing was published` : say`the other ${rest} ${rest === 1 ? 'is' : 'are'} published`;
  return [say`${failed} of ${counted(outcomes.length, 'organization')} failed; ${others}.`];
}

const unrecordedText = (reports: string, problem: Printable): Printable =>
  oneLine([
    say`status.json of ${reports} was not written, so status and digest know nothing of this run; the lines above are right.`,
    problem,
  ]);

/** How it went, and what is wrong with much of the input. */
const lines = (outcome: Outcome): Printable[] =>
  'problems' in outcome
    ? [sentence(outcome)]
    : [
        sentence(outcome),
        ...troubleLines(outcome.org, outcome.result.troubles),
        ...columnLines(outcome.org, outcome.result),
      ];

function sentence(outcome: Outcome): Printable {
  if ('problems' in outcome) {
    const site = outcome.withoutSite ? 'it has no site yet' : 'its previous site stays';
    return oneLine([say`${outcome.org}: failed; ${site}.`, ...outcome.problems]);
  }
  const { published, generation, calls, refused, read, deleted, repaired } = outcome.result;
  const holds = `build ${generation} with ${calls} ${calls === 1 ? 'call' : 'calls'}`;
  if (!published) return say`${outcome.org}: nothing has changed; ${holds} stays published.`;
  const made = repaired > 0 ? `, damaged objects made again ${repaired}` : '';
  return say`${outcome.org}: published ${holds} (read ${read}, gone ${deleted}, objects refused ${refused}${made}).`;
}
