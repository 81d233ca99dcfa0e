// `npm run demo`: generates data for two tenants, takes the calls of a third through the pipeline, builds their sites and digests, and starts the gate.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sendDigests } from '../../generator/digest/send.ts';
import { consoleLog, print, printError } from '../../generator/lib/console.ts';
import { problemsOf, UserError } from '../../generator/lib/errors.ts';
import { openPool } from '../../generator/lib/pool.ts';
import { say } from '../../generator/lib/printable.ts';
import { openRenderer } from '../../generator/render/renderer.ts';
import { codeVersion, ROOT } from '../../generator/render/version.ts';
import { buildAll } from '../../generator/run.ts';
import { objectFeed } from '../../generator/source/feed/event-objects.ts';
import { openStore } from '../../generator/store/open.ts';
import { writeDemoData } from './data/write.ts';
import { readOptions, requirePorts } from './options.ts';
import { runSpeech } from './speech/run.ts';
import { requireSpeech } from './speech/speak.ts';
import { peopleWithSpeech, tenantsWithSpeech } from './speech/tenant.ts';

const HELP = `npm run demo: writes data of three organizations to .demo, builds their sites and digests, and opens a gate to them.

  -- --no-serve  ends before the gate
  -- --speech    speaks the calls of the third one now, and transcribes them on the spot (flite, pocketsphinx)
  -- --port N    the gate's port, else that of CCI_PORT, else 4321; the sign-in has the next one
  -- --help      shows this, and does nothing else
`;
const { port: PORT, has } = readOptions(HELP, ['no-serve', 'speech']);

const FOLDER = join(ROOT, '.demo');
const OUTBOX = join(FOLDER, 'outbox');
const url = (name: string): string => pathToFileURL(join(FOLDER, name)).href;
const SITE = `http://127.0.0.1:${PORT}`;

const stores = { results: openStore(url('results')), config: openStore(url('config')), input: openStore(url('input')) };
const reports = openStore(url('reports'));
const events = openStore(url('events'));
const log = consoleLog();
const now = () => new Date();

async function build(): Promise<boolean> {
  await log.step(
    say`generate demo data`,
    (progress) => writeDemoData({ ...stores, events }, { now: now(), sounds: true, progress }),
    ({ written, tenants }) =>
      say`${tenants.map(({ name, calls }) => `${name} ${calls} calls`)}; ${written} objects written`,
  );
  const spoken = await runSpeech({ ...stores, events }, { now: now(), isSpoken: has('speech'), log });
  if (spoken) log.say(say`${spoken.calls.done} calls came from recordings to the report`);
  await using pool = openPool();
  const outcomes = await buildAll(
    {
      ...stores,
      events: objectFeed(events),
      reports,
      renderer: await openRenderer(),
      pool,
      codeVersion: codeVersion(),
      now,
      logFor: (org) => consoleLog(say`${org}  `),
    },
    undefined,
  );
  const sent = await sendDigests({
    config: stores.config,
    reports,
    mailUrl: url('outbox'),
    from: 'CCI Lite Reports <reports@cci-demo.example>',
    siteUrl: SITE,
    // The gate takes it by one click where it has https, which the demo's has not.
    unsubscribeMail: 'reports@cci-demo.example',
    now,
    dryRun: false,
    log,
  });
  for (const line of sent.text) log.say(line);
  return !sent.failed && !(spoken?.stopped ?? spoken?.calls.dead) && outcomes.every((outcome) => 'result' in outcome);
}

async function serve(): Promise<void> {
  const [{ loadHandler }, { startGate }, { openSites }, { openRecordings }, { startIdentity }] = await Promise.all([
    import('../../site/gate/front/bundle.ts'),
    import('../../site/gate/front/front.ts'),
    import('../../site/gate/content/sites.ts'),
    import('../../site/gate/content/recordings.ts'),
    import('./identity/identity.ts'),
  ]);
  const identity = await startIdentity({
    gateOrigin: SITE,
    persons: peopleWithSpeech,
    organizations: tenantsWithSpeech,
    port: PORT + 1,
    results: stores.results,
  });
  const gate = await startGate({
    handler: await loadHandler(),
    sites: openSites(reports),
    recordings: openRecordings(stores.input, { stream: true }),
    settings: identity.gate,
  });
  const people = peopleWithSpeech.map(({ name, orgs }) => {
    const names = tenantsWithSpeech.filter(({ org }) => orgs.includes(org)).map((each) => each.name);
    return `    ${name.padEnd(16)} ${names.join(' and ') || 'no organization'}`;
  });
  process.stdout.write(
    [
      '',
      `  Open      ${gate.url}`,
      '  Sign in   as one of these people, without a password:',
      ...people,
      `  Switch    ${gate.url}/select-organization, sign out ${gate.url}/sign-out`,
      `  Digests   ${join(OUTBOX, 'index.html')} (their links lead to the demo run that wrote them)`,
      '  Stop      Ctrl+C',
      '',
      '',
    ].join('\n'),
  );
  const stop = () => void Promise.all([gate.close(), identity.close()]).then(() => process.exit(0));
  process.on('SIGINT', stop).on('SIGTERM', stop);
}

try {
  if (has('speech')) requireSpeech();
  if (!has('no-serve')) await requirePorts('npm run demo', [PORT, PORT + 1]);
  const well = await build();
  if (has('no-serve')) {
    print(say`The sites are in ${join(FOLDER, 'reports')}, the digests in ${join(OUTBOX, 'index.html')}.`);
    process.exitCode = well ? 0 : 1;
  } else await serve();
} catch (error) {
  for (const problem of problemsOf(error)) printError(problem);
  process.exit(error instanceof UserError ? 2 : 1);
}
