import { consoleLog } from '../lib/console.ts';
import { oneLine, type Printable, say } from '../lib/printable.ts';
import { openPool } from '../render/pool.ts';
import { openRenderer } from '../render/renderer.ts';
import { codeVersion } from '../render/version.ts';
import { buildAll, type Outcome } from '../run.ts';
import { need, type Settings } from '../settings.ts';
import { type Answer, clock, open } from './command.ts';
import { columnLines, troubleLines } from './troubles.ts';

/**
 * `build`: every site whose input has changed. Only a person who names an organization may empty its site: a shard names
 * all of them.
 */
export async function build(settings: Settings): Promise<Answer> {
  const urls = need(settings, 'results', 'config', 'reports');
  await using pool = openPool(settings.threads === undefined ? undefined : Number(settings.threads));
  const outcomes = await buildAll(
    {
      results: await open(urls.results),
      config: await open(urls.config),
      reports: await open(urls.reports),
      renderer: await openRenderer(),
      pool,
      codeVersion: codeVersion(),
      now: clock(settings),
      maskingKey: settings.maskingKey,
      force: settings.force === 'true',
      logFor: (org) => consoleLog(say`${org}  `),
    },
    settings.org ?? settings.shard?.split(' '),
    settings.org !== undefined,
  );
  return {
    json: { organizations: outcomes },
    text: outcomes.flatMap(lines),
    failed: outcomes.some((each) => 'problems' in each),
  };
}

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
  const { published, generation, calls, refused, read, deleted } = outcome.result;
  const holds = `build ${generation} with ${calls} ${calls === 1 ? 'call' : 'calls'}`;
  if (!published) return say`${outcome.org}: nothing has changed; ${holds} stays published.`;
  return say`${outcome.org}: published ${holds} (read ${read}, gone ${deleted}, objects refused ${refused}).`;
}
