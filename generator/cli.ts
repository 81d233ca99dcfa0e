import { consoleLog } from './lib/console.ts';
import { messageOf, UserError } from './lib/errors.ts';
import type { Outcome } from './run.ts';
import { need, readSettings, SETTINGS, type Setting, type SettingName, type Settings } from './settings.ts';

/** What a command gives back: an object for `--json`, sentences for people, and whether all went well. */
interface Answer {
  json: object;
  text: string[];
  failed: boolean;
}

interface Command {
  about: string;
  settings: readonly SettingName[];
  /** Commands load what they need when they run: `--help` is at once. */
  run: (settings: Settings) => Promise<Answer>;
}

const STORES = ['results', 'config', 'input', 'reports'] as const;
const BUILD = [...STORES, 'org', 'now', 'maskingKey'] as const;
const MAIL = ['mailUrl', 'mailFrom', 'siteUrl', 'unsubscribeKey'] as const;

const COMMANDS: { [name: string]: Command } = {
  run: {
    about: 'build every site, then send the digests that are due',
    settings: [...BUILD, ...MAIL, 'force', 'dryRun'],
    async run(settings) {
      // What the digest cannot do without is said before anything is built.
      need(settings, 'results', 'config', 'reports', ...(settings.dryRun ? [] : (['mailUrl', 'mailFrom'] as const)));
      const built = await build(settings);
      const sent = await digest(settings);
      return {
        json: { ...built.json, ...sent.json },
        text: [...built.text, ...sent.text],
        failed: built.failed || sent.failed,
      };
    },
  },
  build: {
    about: 'build and publish every site whose input has changed',
    settings: [...BUILD, 'force'],
    run: build,
  },
  digest: {
    about: 'send the digests that are due',
    settings: ['config', 'reports', 'org', 'now', 'maskingKey', ...MAIL, 'date', 'dryRun'],
    run: digest,
  },
  serve: {
    about: 'start the gate, which lets people in to their organization’s site',
    settings: [
      'reports',
      'siteUrl',
      'signInUrl',
      'publishableKey',
      'secretKey',
      'jwtKey',
      'jwtKeyPrevious',
      'issuer',
      'host',
      'port',
      'unsubscribeKey',
      'unsubscribeKeyPrevious',
    ],
    run: serve,
  },
  export: {
    about: 'write one organization’s current site as plain files',
    settings: ['reports', 'org', 'out'],
    async run(settings) {
      const { reports, out } = need(settings, 'reports', 'out');
      const [org, ...more] = settings.org ?? [];
      if (org === undefined || more.length > 0)
        throw new UserError(['export takes exactly one --org ID. Name the organization to export.']);
      const { exportSite } = await import('./export.ts');
      const files = await exportSite(await open(reports), org, out);
      return { json: { org, out, files }, text: [`${files} files of ${org} are in ${out}.`], failed: false };
    },
  },
};

const open = async (url: string) => (await import('./store/open.ts')).openStore(url);

async function build(settings: Settings): Promise<Answer> {
  const urls = need(settings, 'results', 'config', 'reports');
  const { buildAll } = await import('./run.ts');
  const { openRenderer } = await import('./render/renderer.ts');
  const { codeVersion } = await import('./render/version.ts');
  const outcomes = await buildAll(
    {
      results: await open(urls.results),
      config: await open(urls.config),
      reports: await open(urls.reports),
      renderer: await openRenderer(),
      codeVersion: codeVersion(),
      now: clock(settings),
      maskingKey: settings.maskingKey,
      force: settings.force === 'true',
      logFor: (org) => consoleLog(process.stderr, `${org}  `),
    },
    settings.org,
  );
  return {
    json: { organizations: outcomes },
    text: outcomes.map(sentence),
    failed: outcomes.some((each) => 'problems' in each),
  };
}

async function digest(settings: Settings): Promise<Answer> {
  const urls = need(settings, 'config', 'reports');
  // A dry run sends nothing, so it need not know how.
  const { mailUrl, mailFrom } = settings.dryRun
    ? { mailUrl: 'file:outbox', mailFrom: 'dry-run@example.com', ...settings }
    : need(settings, 'mailUrl', 'mailFrom');
  const { sendDigests } = await import('./digest/send.ts');
  const outcome = await sendDigests({
    config: await open(urls.config),
    reports: await open(urls.reports),
    mailUrl,
    from: mailFrom,
    siteUrl: settings.siteUrl,
    maskingKey: settings.maskingKey,
    organizations: settings.org,
    date: settings.date,
    dryRun: settings.dryRun === 'true',
    now: clock(settings),
    log: consoleLog(),
  });
  return { json: { digests: outcome.digests, said: outcome.text }, text: outcome.text, failed: outcome.failed };
}

async function serve(settings: Settings): Promise<Answer> {
  const { serve: start } = await import('../site/gate/serve.ts');
  // With --json standard output is for the one object; else the access log goes there, a line a request.
  const toErrors = (line: object) => void process.stderr.write(`${JSON.stringify(line)}\n`);
  const { url } = await (settings.json ? start(settings, toErrors) : start(settings));
  return { json: { url }, text: [`The gate listens on ${url}. Stop it with Ctrl+C.`], failed: false };
}

const clock = (settings: Settings) => {
  const { now } = settings;
  return now === undefined ? () => new Date() : () => new Date(now);
};

function sentence(outcome: Outcome): string {
  if ('problems' in outcome) return `${outcome.org}: failed; its old site stays. ${outcome.problems.join(' ')}`;
  const { published, generation, calls, refused, read, deleted } = outcome.result;
  const holds = `build ${generation} with ${calls} ${calls === 1 ? 'call' : 'calls'}`;
  if (!published) return `${outcome.org}: nothing has changed; ${holds} stays.`;
  return `${outcome.org}: published ${holds} (read ${read}, gone ${deleted}, objects refused ${refused}).`;
}

/** Made from the tables above, so that it cannot be out of date. */
function help(name: string | undefined): string {
  const command = name === undefined ? undefined : COMMANDS[name];
  const table = (rows: [string, string][]): string[] => {
    const width = Math.max(...rows.map(([left]) => left.length));
    return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
  };
  const names = command
    ? [...command.settings, 'json' as const, 'help' as const]
    : (Object.keys(SETTINGS) as SettingName[]);
  const settings = names.map((each): Setting => SETTINGS[each]);
  const flags = settings.filter(({ flag }) => flag !== undefined);
  const variables = settings.filter(({ variable }) => variable !== undefined);
  const note = ({ about, default: fallback }: Setting) =>
    fallback === undefined ? about : `${about} (default ${fallback})`;
  return [
    command ? `npm run reports -- ${name}: ${command.about}` : 'npm run reports -- COMMAND',
    '',
    ...(command ? [] : [...table(Object.entries(COMMANDS).map(([each, { about }]) => [each, about])), '']),
    'Flags (they win over the environment):',
    ...table(flags.map((each) => [`--${each.flag}${each.value ? ` ${each.value}` : ''}`, note(each)])),
    '',
    'Environment:',
    ...table(variables.map((each) => [each.variable ?? '', note(each)])),
    '',
    'Exit status: 0 all well, 1 some organizations failed (the others are published), 2 the call or the settings are wrong.',
  ].join('\n');
}

/** Exit status and output of one call. The only place where errors are caught and turned into words. */
async function main([name, ...args]: string[]): Promise<number> {
  const json = args.includes('--json');
  try {
    if (name === undefined || name === '--help' || args.includes('--help')) {
      process.stdout.write(`${help(name === '--help' ? undefined : name)}\n`);
      return name === undefined ? 2 : 0;
    }
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (!command)
      throw new UserError([
        `${JSON.stringify(name)} is not a command. There are: ${Object.keys(COMMANDS).join(', ')}.`,
      ]);
    const answer = await command.run(readSettings(args, process.env, [...command.settings, 'json']));
    if (json) process.stdout.write(`${JSON.stringify(answer.json)}\n`);
    else for (const line of answer.text) process.stdout.write(`${line}\n`);
    return answer.failed ? 1 : 0;
  } catch (error) {
    const problems = error instanceof UserError ? error.problems : [`Unexpected error: ${messageOf(error)}`];
    if (json) process.stdout.write(`${JSON.stringify({ problems })}\n`);
    for (const problem of problems) process.stderr.write(`${problem}\n`);
    if (!(error instanceof UserError) && process.env.CCI_DEBUG && error instanceof Error)
      process.stderr.write(`${error.stack}\n`);
    return error instanceof UserError ? 2 : 1;
  }
}

const status = await main(process.argv.slice(2));
// The gate goes on serving; everything else is over.
if (process.argv[2] !== 'serve' || status !== 0) process.exit(status);
