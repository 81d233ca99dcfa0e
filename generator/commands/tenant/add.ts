import { type Asker, openAsker } from '../../lib/command-line/ask.ts';
import { consoleLog, printError } from '../../lib/console.ts';
import { UserError } from '../../lib/errors.ts';
import { addressProblem } from '../../lib/mail-address.ts';
import { type Printable, printable, say } from '../../lib/printable.ts';
import { zoneProblem } from '../../lib/time-zones.ts';
import { counted } from '../../lib/words.ts';
import { need, type Settings } from '../../settings.ts';
import { readConfig } from '../../source/read-config.ts';
import type { Store } from '../../store/store.ts';
import { tenantConfig } from '../../tenants/config.ts';
import { type Answer, open } from '../command.ts';
import { program } from '../help.ts';
import { oneOrg } from './one-org.ts';
import { differences } from './propose/differences.ts';
import { type Given, type Proposal, proposalOf, specOf } from './propose/propose.ts';
import { sampleInput } from './propose/sample.ts';
import { proposalLines } from './propose/words.ts';
import { zonesOfOthers } from './propose/zones.ts';
import { SCHEMA_LINE } from './schema.ts';
import { writeNewConfig } from './write-config.ts';

/** `tenant add`: an organization's `report-config.json`, proposed from its data, shown, and written once somebody agrees. */
export async function add(settings: Settings): Promise<Answer> {
  const urls = need(settings, 'results', 'config');
  const org = oneOrg(settings, 'tenant add');
  const [results, config] = [await open(urls.results), await open(urls.config)];
  await using asker = openAsker();
  const proposal = await propose(results, config, org);
  const key = `${org}/report-config.json`;
  const there = await config.get(key);
  if (there) return existing({ org, url: config.url, text: Buffer.from(there.body).toString('utf8') }, proposal);

  const isQuiet = settings.yes !== undefined || settings.dryRun !== undefined || !asker.isThere;
  const given = isQuiet
    ? await fromFlags(settings, proposal, config)
    : await answers(settings, proposal, config, asker);
  const spec = specOf(proposal, given, SCHEMA_LINE);
  // What was read is data of strangers: nothing is written that a build would not take.
  tenantConfig(spec, undefined, false);
  const text = `${JSON.stringify(spec, null, 2)}\n`;
  const shown = [...proposalLines(proposal, given), say``, ...linesOf(text)];
  const answer = (state: string, lines: Printable[], failed = false): Answer => ({
    json: { org, state, key, config: spec, proposal },
    text: [...(isQuiet ? shown : []), ...lines],
    failed,
  });
  if (!isQuiet) for (const line of shown) printError(line);
  if (settings.dryRun !== undefined) return answer('shown', [say`Nothing was written, because of --dry-run.`]);
  const isAgreed = settings.yes !== undefined || (!isQuiet && (await asker.confirm(say`Write it to ${config.url}?`)));
  if (!isAgreed)
    return answer(
      'shown',
      [say`Nothing was written.${isQuiet ? ' To write it, run the command again with --yes.' : ''}`],
      isQuiet,
    );
  await writeNewConfig(config, key, text);
  return answer('written', [
    say`${key} is written to ${config.url}. Correct there what is guessed wrong; an editor that knows JSON Schema says what may stand in it.`,
    say`Next: ${program()} build --org ${org}`,
  ]);
}

async function propose(results: Store, config: Store, org: string): Promise<Proposal> {
  // As if the file that is to be proposed were not there; the pipeline's own files count.
  const without: Store = {
    ...config,
    get: async (key, options) => (key.endsWith('/report-config.json') ? undefined : config.get(key, options)),
  };
  const { config: defaults } = await readConfig(without, org, false);
  const sample = await consoleLog(say`${org}  `).step(
    say`look at the newest calls`,
    () => sampleInput(results, org),
    ({ calls, listed, sheets }) =>
      say`${calls.length} of ${counted(listed, 'call')}, ${counted(sheets.length, 'sheet')}`,
  );
  if (sample.objects === 0)
    throw new UserError([
      say`${results.url} has nothing of ${org}, so there is nothing to propose from. Compare the spelling with the folders there, and the address with --results; then run the command again.`,
    ]);
  return proposalOf(sample, defaults);
}

/** A file that is there is never replaced: what the data says otherwise is shown. */
function existing({ org, url, text }: { org: string; url: string; text: string }, proposal: Proposal): Answer {
  const differs = differences(text, proposal);
  return {
    json: { org, state: 'exists', differences: differs, proposal },
    text: [
      say`${org}: ${url} already has ${org}/report-config.json, so nothing was written.`,
      ...(differs.length === 0 ? [say`The data suggests nothing beside it.`] : differs),
    ],
    failed: true,
  };
}

async function fromFlags(settings: Settings, proposal: Proposal, config: Store): Promise<Given> {
  const timeZone = settings.zone ?? proposal.timeZone;
  if (timeZone === undefined) {
    const others = await zonesOfOthers(config);
    const hint = others.length > 0 ? ` Other organizations have: ${others.join(', ')}.` : '';
    throw new UserError([
      say`The data does not say in which time zone the organization works, and days begin and end there. Give it with --zone, such as --zone Europe/London.${hint}`,
    ]);
  }
  return { name: settings.name?.trim(), timeZone, recipients: settings.recipient ?? [] };
}

async function answers(settings: Settings, proposal: Proposal, config: Store, asker: Asker): Promise<Given> {
  const [other, ...more] = await zonesOfOthers(config);
  const guess = proposal.timeZone ?? (more.length === 0 ? other : undefined) ?? '';
  const name =
    settings.name ?? (await asker.text(say`Name of the organization, as its pages show it (empty: its id)`, ''));
  const timeZone = settings.zone ?? (await asker.text(say`Time zone, such as Europe/London`, guess, zoneProblem));
  const optional = (answer: string) => (answer === '' ? undefined : addressProblem(answer));
  const asked = settings.recipient ?? [
    await asker.text(say`Mail address that gets the daily digest (empty: none)`, '', optional),
  ];
  return { name: name.trim() || undefined, timeZone, recipients: asked.filter((address) => address !== '') };
}

const linesOf = (text: string): Printable[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => printable(line));
