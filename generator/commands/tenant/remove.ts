import {
  hasTraces,
  type Kept,
  keptOf,
  type Removed,
  removeTenant,
  type Upstream,
  upstreamOf,
} from '../../erase/tenant/remove.ts';
import { openAsker } from '../../lib/command-line/ask.ts';
import { consoleLog } from '../../lib/console.ts';
import { UserError } from '../../lib/errors.ts';
import { type Printable, say } from '../../lib/printable.ts';
import { counted } from '../../lib/words.ts';
import { need, type Settings } from '../../settings.ts';
import { type Answer, open } from '../command.ts';
import { oneOrg } from './one-org.ts';

/** `tenant remove`: all of one organization that the reports store has, once the pipeline's stores no longer have it. */
export async function remove(settings: Settings): Promise<Answer> {
  const urls = need(settings, 'results', 'config', 'reports');
  const org = oneOrg(settings, 'tenant remove');
  const stores = {
    results: await open(urls.results),
    config: await open(urls.config),
    reports: await open(urls.reports),
    ...(settings.input !== undefined && { input: await open(settings.input) }),
  };
  const upstream = await upstreamOf(stores, org);
  if (upstream.length > 0)
    return { json: { org, state: 'upstream', upstream }, text: upstreamLines(org, upstream), failed: true };
  if (!(await hasTraces(stores, org))) {
    const kept = await keptOf(stores.reports, org);
    return {
      json: { org, state: 'nothing', kept },
      text: [
        say`${org}: ${urls.reports} has no site, state or kept mail of it: nothing is left, or it was never there. Compare the spelling with tenants.`,
        ...keptLines(org, kept),
      ],
      failed: false,
    };
  }
  await agree(settings, org, urls.reports);
  const removed = await consoleLog(say`${org}  `).step(
    say`remove`,
    () => removeTenant(stores, org),
    (result) => counted(result.removed, 'object'),
  );
  const isClean = removed.left.length + removed.proof.hits.length + removed.proof.unreadable.length === 0;
  return {
    json: { org, state: 'removed', ...removed },
    text: [...removedLines(org, removed), ...keptLines(org, removed.kept), ...elsewhere(org, urls.reports)],
    failed: !isClean,
  };
}

/** @throws {UserError} where nobody agrees */
async function agree({ yes }: Settings, org: string, reports: string): Promise<void> {
  if (yes !== undefined) return;
  await using asker = openAsker();
  if (!asker.isThere)
    throw new UserError([
      say`This removes the site, the state, all kept builds and the kept mail of ${org} from ${reports}. Nobody can be asked here: run it again with --yes.`,
    ]);
  const answer = await asker.text(
    say`This removes the site, the state, all kept builds and the kept mail of ${org} from ${reports}. Type ${org} to go on`,
    '',
  );
  if (answer !== org) throw new UserError([say`That is not ${org}, so nothing was removed.`]);
}

function upstreamLines(org: string, upstream: readonly Upstream[]): Printable[] {
  return [
    say`${org}: its input or its configuration is still there, so nothing was removed: the next build would make it again. Delete there, then run tenant remove again:`,
    ...upstream.flatMap(({ store, folders, isMore }) =>
      folders.map(
        ({ folder, objects }) => say`  ${folder} in ${store}: ${counted(objects, 'object')}${isMore ? ' or more' : ''}`,
      ),
    ),
    say`${org}: if its results go while its configuration stays, or the other way round, nothing is removed either.`,
  ];
}

function removedLines(org: string, { removed, calls, left, proof }: Removed): Printable[] {
  const sought =
    calls > 0
      ? say`for the ids and pages of its ${counted(calls, 'call')}`
      : say`by its folders alone, as nothing tells of its calls any more`;
  const { objects, bytes, hits, unreadable } = proof;
  return [
    say`${org}: removed. Objects removed or written anew: ${removed}.`,
    say`${org}: searched what is left of it (${counted(objects, 'object')} of ${counted(bytes, 'byte')}, unpacked and decoded) ${sought}: ${hits.length} found.`,
    ...hits.map(({ key, what }) => say`  ${key}: ${what}`),
    ...unreadable.map(
      (key) => say`  ${key} cannot be searched: it is too large. Look into it, and remove it if need be.`,
    ),
    ...(left.length === 0
      ? [say`${org}: nothing is left below ${org}/ and mail/frozen/${org}/, and no line in status.json.`]
      : [
          say`${org}: a run has written ${counted(left.length, 'object')} of it meanwhile. Wait until no run works, and run tenant remove again.`,
        ]),
  ];
}

/** What stays, and why. */
function keptLines(org: string, { ledger, preferences, events, audit }: Kept): Printable[] {
  return [
    ...(ledger > 0
      ? [
          say`${org}: kept: mail/ledger/${org}/ (${counted(ledger, 'object')}), which says what was sent, so that nothing is sent twice if the organization comes back. It holds no address.`,
        ]
      : []),
    ...(preferences > 0
      ? [say`${org}: kept: mail/preferences/${org}/ (${counted(preferences, 'object')}), which says who wants no mail.`]
      : []),
    ...(events
      ? [
          say`${org}: kept: mail/events/, which says whose address bounced or complained, for every organization. What names a call in it is removed.`,
        ]
      : []),
    ...(audit
      ? [
          say`${org}: kept: audit/, which says who opened which page of any organization. It ends by the bucket’s lifecycle rule.`,
        ]
      : []),
  ];
}

const elsewhere = (org: string, reports: string): Printable[] => [
  ...(reports.startsWith('s3:')
    ? [
        say`${org}: if the bucket keeps versions, or is copied, older versions are still there: see “Erasing a call” in docs/data.md.`,
      ]
    : []),
  say`${org}: not removed: mail that was sent, exports, and copies elsewhere, such as backups. Its organization in Clerk is yours to delete.`,
];
