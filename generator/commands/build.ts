import { openPool } from '../lib/pool.ts';
import { oneLine, type Printable, say } from '../lib/printable.ts';
import { counted } from '../lib/words.ts';
import { openRenderer } from '../render/renderer.ts';
import { codeVersion } from '../render/version.ts';
import { buildAll, type Outcome } from '../run.ts';
import { need, type Settings } from '../settings.ts';
import { type Answer, clock, logOf, open, openFeed } from './command.ts';
import { columnLines, troubleLines } from './troubles.ts';

/** `build`: every site whose input has changed. */
export async function build(settings: Settings): Promise<Answer> {
  const urls = need(settings, 'results', 'config', 'reports');
  await using pool = openPool(settings.threads === undefined ? undefined : Number(settings.threads));
  const unrecorded: Printable[] = [];
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
      force: settings.force === 'true',
      acceptLoss: settings.acceptLoss === 'true',
      keepBuilds: Number(settings.keep),
      unrecorded: (problems) => unrecorded.push(...problems),
      logFor: (org) => logOf(settings, say`${org}  `),
    },
    settings.org ?? settings.shard?.split(' '),
  );
  return {
    json: { organizations: outcomes, ...(unrecorded.length > 0 && { unrecorded }) },
    text: [
      ...outcomes.flatMap(lines),
      ...closing(outcomes),
      ...unrecorded.map((problem) => unrecordedText(urls.reports, problem)),
    ],
    failed: unrecorded.length > 0 || outcomes.some((each) => 'problems' in each),
  };
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
