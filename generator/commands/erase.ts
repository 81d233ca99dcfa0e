import { type Erased, eraseCall, type Proof } from '../erase/erase.ts';
import type { Upstream } from '../erase/upstream.ts';
import { UserError } from '../lib/errors.ts';
import { openPool } from '../lib/pool.ts';
import { type Printable, quoted, say } from '../lib/printable.ts';
import { counted } from '../lib/words.ts';
import { openRenderer } from '../render/renderer.ts';
import { codeVersion } from '../render/version.ts';
import { need, type Settings } from '../settings.ts';
import { isOrganization } from '../source/layout.ts';
import { type Answer, clock, logOf, open } from './command.ts';

/** `erase`: one call of one organization, once the pipeline's stores no longer have it. */
export async function erase(settings: Settings): Promise<Answer> {
  const urls = need(settings, 'results', 'config', 'reports', 'call');
  const [org, ...more] = settings.org ?? [];
  if (org === undefined || more.length > 0)
    throw new UserError([say`erase takes exactly one --org ID. Name the organization whose call is to be erased.`]);
  if (!isOrganization(org)) throw new UserError([say`--org: ${quoted(org)} is not an organization’s id.`]);
  await using pool = openPool(settings.threads === undefined ? undefined : Number(settings.threads));
  const erased = await eraseCall(
    {
      results: await open(urls.results),
      config: await open(urls.config),
      reports: await open(urls.reports),
      ...(settings.input !== undefined && { input: await open(settings.input) }),
      renderer: await openRenderer(),
      pool,
      codeVersion: codeVersion(),
      now: clock(settings),
      maskingKey: settings.maskingKey,
      logFor: (each) => logOf(settings, say`${each}  `),
    },
    org,
    urls.call,
  );
  const isClean = 'proof' in erased && erased.proof.hits.length + erased.proof.unreadable.length === 0;
  return {
    json: { org, ...erased },
    text: sentences(org, { ...urls, ...(settings.input !== undefined && { input: settings.input }) }, erased),
    failed: !isClean,
  };
}

function sentences(
  org: string,
  urls: { results: string; reports: string; input?: string },
  erased: Erased,
): Printable[] {
  switch (erased.state) {
    case 'upstream':
      return upstreamSentences(org, urls, erased.upstream);
    case 'failed':
      return [
        ...erased.problems.map((problem) => say`${org}: ${problem}`),
        say`${org}: the site could not be built without the call, so nothing was erased. Correct what is named above, and run erase again.`,
      ];
    case 'nothing':
      return [
        say`${org}: no such call is known, neither to the input nor to the reports store: nothing is left of it, or it was never there. If it should be, check how the call and the organization are spelt.`,
        ...proofSentences(org, erased.proof),
      ];
    case 'erased': {
      const site = erased.generation === undefined ? 'it has no site' : `build ${erased.generation} is published`;
      return [
        erased.wasKnown
          ? say`${org}: the call is erased; ${site}, older builds are removed. Objects removed or written anew: ${erased.removed}.`
          : say`${org}: no such call is known, but killed runs had left something, which is removed; ${site}. Objects removed or written anew: ${erased.removed}.`,
        ...proofSentences(org, erased.proof),
        ...remains(org, urls.reports),
      ];
    }
  }
}

/** The only place where keys of a call's input are printed. */
function upstreamSentences(
  org: string,
  { results, input }: { results: string; input?: string },
  { keys, rows, recordings, pipeline = [] }: Upstream,
): Printable[] {
  const isOurs = pipeline.length > 0;
  return [
    say`${org}: the input still holds this call, so nothing was erased: the next build would show it again. Delete there, then run erase again:`,
    ...keys.map((key) => say`  ${key} in ${results}`),
    ...rows.map(({ key, rows: own }) =>
      own.length === 0
        ? say`  the call in ${key} in ${results}, a sheet that cannot be read by rows`
        : say`  ${own.length === 1 ? 'row' : 'rows'} ${own} of ${key} in ${results}`,
    ),
    ...recordings.map((key) => say`  ${key} in the input store`),
    ...pipeline.map((key) => say`  ${key} in ${results}`),
    ...(isOurs
      ? [
          say`${org}: pipeline erase --org ${org} with the call’s id deletes all of it in these stores, and says what to delete at the provider.`,
        ]
      : []),
    ...(input === undefined
      ? [
          say`${org}: no input store is set (--input, CCI_INPUT_URL), so nobody has looked for its recording and metadata, audio/ and meta/: see there too.`,
        ]
      : []),
    ...(isOurs ? [] : [archiveSentence(org)]),
  ];
}

const archiveSentence = (org: string): Printable =>
  say`${org}: what the pipeline keeps beside that (raw/, its own archive) is never read here: delete it there too.`;

function proofSentences(org: string, proof: Proof): Printable[] {
  const { objects, bytes, hits, unreadable, sought, texts, parties } = proof;
  const words = [
    ...sought,
    ...(texts > 0 ? [`${counted(texts, 'text')} of it`] : []),
    ...(parties > 0 ? [`${counted(parties, 'spelling')} of its outside party`] : []),
  ];
  return [
    say`${org}: searched ${counted(objects, 'object')} of ${counted(bytes, 'byte')}, unpacked and decoded, for ${words}: ${hits.length} found.`,
    ...hits.map(({ key, what }) => say`  ${key}: ${what}`),
    ...(hits.length > 0
      ? [
          say`${org}: what is found in the current build is told by other calls’ input; else remove these objects, and run erase again.`,
        ]
      : []),
    ...unreadable.map(
      (key) => say`  ${key} cannot be searched: it is too large. Look into it, and remove it if need be.`,
    ),
  ];
}

function remains(org: string, reports: string): Printable[] {
  const versions = reports.startsWith('s3:')
    ? [
        say`${org}: if the bucket keeps versions, or is copied, older versions still hold the call: see “Erasing a call” in docs/data.md.`,
      ]
    : [];
  return [
    ...versions,
    say`${org}: not erased: mail that was sent, the audit trail of who opened the page, and copies elsewhere, such as backups.`,
  ];
}
