import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { printError } from '../../lib/console.ts';
import { UserError } from '../../lib/errors.ts';
import { withFiles } from '../../lib/file-errors.ts';
import { printable, say, shownJson } from '../../lib/printable.ts';
import { need, type Settings } from '../../settings.ts';
import { type Answer, open } from '../command.ts';
import { oneOrg } from '../tenant/one-org.ts';
import { type BuildEnd, openBuilds } from './builds.ts';
import { childBuild } from './child-build.ts';
import { startServer } from './server.ts';
import { previewSite } from './site.ts';
import { hasTemplates, watchConfiguration, watchTemplates } from './watch.ts';

/** `preview`: builds one organization into a store of its own and shows it on this machine, without a gate, until it is stopped. */
export async function preview(settings: Settings): Promise<Answer> {
  const urls = need(settings, 'results', 'config');
  const org = oneOrg(settings, 'preview');
  const config = await open(urls.config);
  await using place = await openPlace(settings.out);
  const reports = await open(place.url);
  await using server = await startServer(previewSite(reports, org), Number(settings.previewPort ?? 0));
  const over = new AbortController();
  const env = {
    ...process.env,
    CCI_RESULTS_URL: urls.results,
    CCI_CONFIG_URL: urls.config,
    CCI_REPORTS_URL: place.url,
    // A feed's messages are for the builds that publish.
    CCI_EVENTS_URL: '',
    ...(settings.maskingKey !== undefined && { CCI_MASKING_KEY: settings.maskingKey }),
    ...(settings.threads !== undefined && { CCI_THREADS: settings.threads }),
  };
  const told = (end: BuildEnd) => {
    if (end.kind === 'published') server.tell('published');
    if (end.kind === 'failed') {
      for (const line of end.text.split('\n')) printError(say`${org}: ${line}`);
      server.tell('failed', end.text);
    }
    if (end.kind !== 'failed')
      printError(say`${org}: ${end.kind === 'published' ? 'built' : 'nothing has changed'}. See ${server.url}/`);
  };
  printError(
    say`The preview of ${org} is at ${server.url}/. It has no gate: every user and program of this machine may read it. Do not forward its port.`,
  );
  await using builds = openBuilds((cause) => childBuild({ org, env, signal: over.signal }, cause), told);
  // A checkout's templates may have been edited since they were bundled.
  builds.ask(hasTemplates() ? 'templates' : 'other');
  const stops = [
    watchConfiguration(config, org, () => builds.ask('other')),
    watchTemplates(() => builds.ask('templates')),
  ];
  printError(
    say`It is built again when the configuration${hasTemplates() ? ' or a page template' : ''} changes. Stop it with Ctrl+C.`,
  );
  await untilStopped();
  for (const stop of stops) stop();
  over.abort();
  return {
    json: { org, url: server.url },
    text: [
      printable(
        settings.out === undefined
          ? 'The preview is over, and what it built is removed.'
          : `The preview is over. What it built is in ${settings.out}.`,
      ),
    ],
    failed: false,
  };
}

/** Tells a preview's folder from any other. */
const MARK = 'preview.txt';

/** A folder that only this user can read: of its own, removed at the end, or the one that was named, which stays. */
async function openPlace(out: string | undefined): Promise<AsyncDisposable & { url: string }> {
  const doing = say`make a folder for the preview`;
  const folder = await withFiles(doing, async () => {
    if (out === undefined) return mkdtempSync(join(tmpdir(), 'cci-preview-'));
    mkdirSync(out, { recursive: true, mode: 0o700 });
    // Sites that are published elsewhere lie in folders that look alike: a preview must not publish into one of these.
    if (readdirSync(out).length > 0 && !existsSync(join(out, MARK)))
      throw new UserError([
        say`--out: ${shownJson(out)} is not empty, and no preview made it. Name a new folder, or leave --out out.`,
      ]);
    writeFileSync(join(out, MARK), 'What npm run reports -- preview has built. It can be deleted.\n');
    return resolve(out);
  });
  const remove = () => out === undefined && rmSync(folder, { recursive: true, force: true });
  // Also where the process ends in another way.
  process.once('exit', remove);
  return {
    url: pathToFileURL(folder).href,
    async [Symbol.asyncDispose]() {
      process.off('exit', remove);
      remove();
    },
  };
}

const untilStopped = (): Promise<void> =>
  new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => done());
  });
