import { statSync } from 'node:fs';
import { openStop, type Stop } from '../../lib/command-line/stop.ts';
import { UserError } from '../../lib/errors.ts';
import { type Printable, say } from '../../lib/printable.ts';
import { recordsPrefix } from '../../pipeline/keys.ts';
import { need, type Settings } from '../../settings.ts';
import { folderOf } from '../../store/file-paths.ts';
import type { Store } from '../../store/store.ts';
import { buildSites } from '../build.ts';
import { type Answer, logOf } from '../command.ts';
import { program } from '../help.ts';
import { oneOrg } from '../tenant/one-org.ts';
import { writeSchema } from '../tenant/schema.ts';
import { storeFlags, withStores } from './local-stores.ts';
import { recordingsUrl } from './open-world.ts';
import { pipelineOrganizations } from './organizations.ts';
import { PIPELINE_CONFIG } from './read-config.ts';
import { openStores, runPipelines } from './run-all.ts';
import { hasFailed, outcomeJson, outcomeLines, type PipelineOutcome } from './tell.ts';

/**
 * `pipeline run`: from recordings to what the reports read, of each organization that has a pipeline, or of those named. With `--recordings` the
 * site of the one organization is built too.
 */
export async function run(given: Settings): Promise<Answer> {
  const { settings, isLocal } = withStores(given);
  using stop = openStop((text) => logOf(settings).say(text, 'problem'));
  if (settings.recordingsFolder !== undefined) return await runFolder(settings, isLocal, stop);
  const stores = await openStores(settings);
  const orgs = await pipelineOrganizations(stores.config, settings);
  return answerOf(await runPipelines(settings, orgs, stores, stop.abort), orgs, stop);
}

/** What a run came to, as an answer. @param orgs all that it was about */
export function answerOf(outcomes: readonly PipelineOutcome[], orgs: readonly string[], stop: Stop): Answer {
  const signal = stop.signal();
  const left = orgs.length - outcomes.length;
  const unasked = left > 0 ? say` ${left} of ${orgs.length} organizations were not begun.` : say``;
  return {
    json: { pipeline: outcomes.map(outcomeJson), ...(signal && { stopped: signal }) },
    text: [
      ...outcomes.flatMap(outcomeLines),
      ...(signal
        ? [say`Stopped by ${signal}.${unasked} What engines have answered is kept; run the pipeline again to go on.`]
        : []),
    ],
    failed: outcomes.some(hasFailed),
    ...(signal && { signal }),
  };
}

/** A folder of recordings that somebody has named: its calls, then the site, then how to see it. */
async function runFolder(settings: Settings, isLocal: boolean, stop: Stop): Promise<Answer> {
  const org = oneOrg(settings, 'pipeline run with --recordings');
  need(settings, 'reports');
  const folder = settings.recordingsFolder ?? '';
  requireFolder(folder);
  const stores = await openStores(settings);
  const outcomes = await runPipelines(settings, [org], stores, stop.abort);
  const done = answerOf(outcomes, [org], stop);
  if (done.signal || outcomes.some((each) => 'problems' in each)) return done;
  const isEmpty = outcomes.some(hasNothing);
  // Nothing is made of a folder that is likely to be the wrong one.
  if (isEmpty && !(await hasCalls(stores.results, org)))
    return { ...done, text: [...done.text, noRecording(folder, say` Nothing was built.`)], failed: true };
  if (isLocal) await remember(stores.config, org, folder);
  const { seen: _, ...built } = await buildSites({ ...settings, org: [org] }, stop);
  return {
    json: { ...done.json, ...built.json },
    text: [
      ...done.text,
      ...(isEmpty ? [noRecording(folder, say``)] : []),
      ...built.text,
      ...(built.failed ? [] : seeIt(settings, org, isLocal)),
    ],
    failed: done.failed || built.failed,
    ...(built.signal && { signal: built.signal }),
  };
}

/** Its folder was read to the end, and no recording is in it. */
const hasNothing = (outcome: PipelineOutcome): boolean =>
  !hasFailed(outcome) && 'result' in outcome && outcome.result.ingest.listed + outcome.result.ingest.growing === 0;

const noRecording = (folder: string, then: Printable): Printable =>
  say`There is no recording in ${folder}, or in a folder in it: their names end in .wav, .mp3, .ogg, .flac, .m4a or .webm. Unpack archives, or name another folder.${then}`;

/** Whether anything was taken for an organization before. */
async function hasCalls(results: Store, org: string): Promise<boolean> {
  for await (const _ of results.list(recordsPrefix(org))) return true;
  return false;
}

/** @throws {UserError} where a folder that somebody has named is not there */
function requireFolder(folder: string): void {
  const url = recordingsUrl(folder);
  if (!url.startsWith('file:')) return;
  const found = statSync(folderOf(url), { throwIfNoEntry: false });
  if (found?.isDirectory()) return;
  throw new UserError([
    found
      ? say`--recordings: ${folder} is a file. Name the folder that it lies in; archives have to be unpacked first.`
      : say`--recordings: there is no folder ${folder}. Check the spelling.`,
  ]);
}

/** What to type to see the site. */
const seeIt = (settings: Settings, org: string, isLocal: boolean): Printable[] => [
  say`See it: ${program()} preview --org ${org}${storeFlags(settings, isLocal, ['results', 'config'])}`,
];

/** So that the next run knows where the recordings are; a file that is there stays. */
async function remember(config: Store, org: string, folder: string): Promise<void> {
  const key = `${org}/${PIPELINE_CONFIG}`;
  if (await config.get(key)) return;
  const provider = { kind: 'folder', url: recordingsUrl(folder) };
  await config.put(key, `${JSON.stringify({ $schema: '../pipeline-config.schema.json', provider }, null, 2)}\n`);
  await writeSchema(config, 'pipeline-config');
}
