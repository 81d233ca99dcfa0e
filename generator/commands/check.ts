import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { messageOf, problemsOf } from '../lib/errors.ts';
import { oneLine, type Printable, printable, say } from '../lib/printable.ts';
import type { Config } from '../pipeline/config.ts';
import { need, type Settings } from '../settings.ts';
import { readConfig } from '../source/read-config.ts';
import { memoryStore } from '../store/memory.ts';
import type { TenantConfig } from '../tenants/config.ts';
import type { Answer } from './command.ts';
import { readGiven } from './given-file.ts';
import { PIPELINE_CONFIG, readPipelineConfig } from './pipeline/read-config.ts';

/** Files of an organization that builds read, and the one that the pipeline reads. */
const KINDS = ['report-config.json', 'qa-config.json', 'ai-config.json', PIPELINE_CONFIG] as const;
type Kind = (typeof KINDS)[number];

/** `check FILE`: whether a build would take one file of a configuration, by the reader that builds use. Writes nothing. */
export async function check(settings: Settings): Promise<Answer> {
  const { file } = need(settings, 'file');
  const bytes = await readGiven(file, 'the configuration');
  const kind = KINDS.find((name) => basename(file).endsWith(name)) ?? 'report-config.json';
  const { problems, notes } = await checkFile(file, kind, bytes);
  const isRight = problems.length === 0;
  const [reader, loss] =
    kind === PIPELINE_CONFIG
      ? ['the pipeline', 'no call of this organization would be worked on']
      : ['a build', 'its site would stay as it is'];
  const verdict = isRight
    ? say`${shown(file)} is right: ${reader} would take it as ${kind}.`
    : say`${shown(file)} is wrong: ${reader} would fail for this organization, and ${loss}.`;
  return {
    json: { file, kind, right: isRight, problems, notes },
    text: [...problems, verdict, ...notes],
    failed: !isRight,
  };
}

/** @returns what is wrong, each with the file and the path of the field, and what is to be known of a file that is right */
export async function checkFile(
  file: string,
  kind: Kind,
  bytes: Uint8Array,
): Promise<{ problems: Printable[]; notes: Printable[] }> {
  const store = memoryStore();
  await store.put(`organization/${kind}`, bytes);
  const logo = kind === 'report-config.json' ? logoOf(bytes) : undefined;
  const size = logo === undefined ? undefined : await sizeBeside(file, logo);
  if (logo !== undefined && size !== undefined) await store.put(`organization/${logo}`, new Uint8Array(size));
  try {
    if (kind === PIPELINE_CONFIG)
      return { problems: [], notes: pipelineNotes((await readPipelineConfig(store, 'organization')).config) };
    // Whether the key is set where sites are built cannot be known here.
    const { config } = await readConfig(store, 'organization', true);
    return { problems: [], notes: notesOf(file, kind, config) };
  } catch (error) {
    const place = placeOf(bytes);
    return {
      problems: problemsOf(error).map((problem) => oneLine([named(problem, kind, file), ...(place ? [place] : [])])),
      notes: [],
    };
  }
}

const shown = (file: string): string => (file === '-' ? 'Standard input' : file);

/** A sentence begins with the name that the file has in the store. */
const named = (problem: Printable, kind: Kind, file: string): Printable =>
  file !== '-' && problem.startsWith(kind) ? printable(file + problem.slice(kind.length)) : problem;

function notesOf(file: string, kind: Kind, config: TenantConfig): Printable[] {
  const notes: Printable[] = [];
  if (!basename(file).endsWith(kind))
    notes.push(say`Its name is not one of ${[...KINDS]}, so it was read as ${kind}. Name it so in the config store.`);
  if (kind === 'qa-config.json')
    notes.push(
      say`Of qa-config.json only "scoring.pass_threshold" is read: a call passes with ${config.passMark} or more.`,
    );
  if (kind === 'ai-config.json')
    notes.push(
      say`Of ai-config.json only "json_output_schema" is read: it names ${config.insightKeys.length} insights for sheets.`,
    );
  if (config.masking) notes.push(say`"masking" is true: CCI_MASKING_KEY has to be set where sites are built.`);
  if (kind === 'report-config.json' && !config.timeZoneStated)
    notes.push(say`"timeZone" is not set, so days begin and end in UTC.`);
  if (file === '-' && config.brand.logo !== undefined)
    notes.push(say`"brand.logo" was not looked for, as the file came from standard input.`);
  return notes;
}

/** What works on calls, and what has to be set for it elsewhere. */
function pipelineNotes({ provider, engines, agentDomains }: Config): Printable[] {
  const { transcribe, sentiment, evaluate } = engines;
  return [
    say`Recordings come from ${provider.kind}; text by ${transcribe}, sentiment by ${sentiment}, rules by ${evaluate}.`,
    ...(provider.kind === 'folder'
      ? []
      : [
          say`It needs a secret, ${provider.secret ?? `cci-lite/${provider.kind}/ and the organization’s id`}, where the pipeline runs.`,
        ]),
    ...(agentDomains === undefined ? [say`"agentDomains" is not set, so those of report-config.json count.`] : []),
  ];
}

/** The name of the logo, where the file gets so far. */
function logoOf(bytes: Uint8Array): string | undefined {
  try {
    const { brand } = JSON.parse(new TextDecoder().decode(bytes)) as { brand?: { logo?: unknown } };
    return typeof brand?.logo === 'string' && /^[A-Za-z0-9][\w-]*\.[a-z]+$/.test(brand.logo) ? brand.logo : undefined;
  } catch {
    return undefined;
  }
}

/** Bytes of a file beside it, a little more than may be at most; undefined where there is none. */
async function sizeBeside(file: string, name: string): Promise<number | undefined> {
  if (file === '-') return 1;
  try {
    const { size } = await stat(join(dirname(file), name));
    return Math.min(size, 1024 * 1024);
  } catch {
    return undefined;
  }
}

/** Where a text ceases to be JSON, as an editor counts; undefined where it is JSON, or nothing tells. */
function placeOf(bytes: Uint8Array): Printable | undefined {
  const text = new TextDecoder().decode(bytes);
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    const message = messageOf(error);
    const [from, to] = [message.indexOf('..."'), message.lastIndexOf('"... is not valid JSON')];
    const around = from >= 0 && to > from ? text.indexOf(message.slice(from + '..."'.length, to)) + SHOWN : -1;
    const at = Number(/ at position (\d+)/.exec(message)?.[1] ?? around);
    if (at < 0) return undefined;
    const before = text.slice(0, at).split('\n');
    return say`It ceases to be JSON in line ${before.length}, column ${(before.at(-1) ?? '').length + 1}.`;
  }
}
/** Characters that the message of V8 shows before the place. */
const SHOWN = 10;
