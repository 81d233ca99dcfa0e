import type { Command } from './commands/command.ts';
import { help } from './commands/help.ts';
import { print, printError } from './lib/console.ts';
import { Damaged, messageOf, problemsOf, stackOf, Unavailable, UserError } from './lib/errors.ts';
import { jsonLine, quoted, say } from './lib/printable.ts';
import { readSettings } from './settings.ts';

const STORES = ['results', 'config', 'input', 'reports'] as const;
const BUILD = [...STORES, 'org', 'now', 'maskingKey', 'threads', 'runMinutes', 'force', 'acceptLoss', 'keep'] as const;
const MAIL = ['mailUrl', 'mailFrom', 'siteUrl', 'unsubscribeKey', 'unsubscribeMail'] as const;

const COMMANDS: { [name: string]: Command } = {
  run: {
    about: 'build every site, then send the digests that are due',
    settings: [...BUILD, 'events', ...MAIL, 'dryRun'],
    run: async (settings) => (await import('./commands/run.ts')).run(settings),
  },
  build: {
    about: 'build and publish every site whose input has changed',
    settings: [...BUILD, 'events', 'shard'],
    run: async (settings) => (await import('./commands/build.ts')).build(settings),
  },
  digest: {
    about: 'send the digests that are due',
    settings: ['config', 'reports', 'org', 'now', 'maskingKey', ...MAIL, 'date', 'kind', 'dryRun', 'to', 'newLedger'],
    run: async (settings) => (await import('./commands/digest.ts')).digest(settings),
  },
  'digest preview': {
    about: 'write the digests of one organization as files, light and dark, and send nothing',
    settings: [
      'config',
      'reports',
      'org',
      'now',
      'maskingKey',
      'siteUrl',
      'unsubscribeKey',
      'unsubscribeMail',
      'date',
      'kind',
      'out',
    ],
    run: async (settings) => (await import('./commands/digest-preview.ts')).preview(settings),
  },
  'digest log': {
    about: 'show the digests of the last 14 days; exits 1 if any is not sent, taken, failed or unknown',
    settings: ['config', 'reports', 'org', 'now', 'date'],
    run: async (settings) => (await import('./commands/digest-ledger.ts')).log(settings),
  },
  'digest reconcile': {
    about: 'resolve digests in state unknown from the mail service’s events',
    settings: ['config', 'reports', 'org', 'now'],
    run: async (settings) => (await import('./commands/digest-ledger.ts')).reconcileUnknown(settings),
  },
  'digest resend': {
    about:
      'send failed digests about one day again, and those of a week or month that ends with it; with --force also those that may have been sent',
    settings: ['config', 'reports', 'org', 'now', 'maskingKey', ...MAIL, 'date', 'digestId', 'force'],
    run: async (settings) => (await import('./commands/digest-ledger.ts')).resend(settings),
  },
  serve: {
    about: 'start the gate, which shows each person their organization’s site',
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
      'proxies',
      'audit',
      'input',
      'recordings',
      'unsubscribeKey',
      'unsubscribeKeyPrevious',
    ],
    run: async (settings) => (await import('./commands/serve.ts')).serve(settings),
  },
  export: {
    about: 'write one organization’s current site as plain files',
    settings: ['reports', 'org', 'out'],
    run: async (settings) => (await import('./commands/export.ts')).exportFiles(settings),
  },
  tenants: {
    about:
      'list the organizations, whether each is configured rightly, and what is ignored; exits 1 if a configuration is wrong',
    settings: ['results', 'config', 'reports', 'maskingKey'],
    run: async (settings) => (await import('./commands/tenants.ts')).tenants(settings),
  },
  status: {
    about: 'show how each organization’s last run ended; exits 1 if any failed',
    settings: ['reports', 'org', 'now'],
    run: async (settings) => (await import('./commands/status.ts')).status(settings),
  },
  erase: {
    about:
      'erase one call that the input no longer has, and search for it in all that is left; exits 1 if anything is found',
    settings: [...BUILD, 'call'],
    run: async (settings) => (await import('./commands/erase.ts')).erase(settings),
  },
  builds: {
    about: 'list the builds that are kept of each site, newest first',
    settings: ['reports', 'org'],
    run: async (settings) => (await import('./commands/builds.ts')).builds(settings),
  },
  rollback: {
    about:
      'make an older build of one organization current again, until the next build publishes the input as it is then',
    settings: ['reports', 'org', 'toBuild', 'now'],
    run: async (settings) => (await import('./commands/rollback.ts')).rollback(settings),
  },
  verify: {
    about:
      'check that everything the sites are made of is there, with --deep byte for byte; exits 1 if something is not',
    settings: ['reports', 'org', 'deep'],
    run: async (settings) => (await import('./commands/verify.ts')).verify(settings),
  },
  evaluate: {
    about:
      'compare a person’s verdicts on rules with those of one organization’s site: agreement and Cohen’s kappa per rule; exits 1 if a label could not be compared',
    settings: ['reports', 'org', 'labels', 'out'],
    run: async (settings) => (await import('./commands/evaluate/evaluate.ts')).evaluate(settings),
  },
  plan: {
    about: 'split the organizations into shards, for a GitHub matrix',
    settings: ['results', 'reports', 'org', 'shards', 'changed'],
    run: async (settings) => (await import('./commands/plan.ts')).plan(settings),
  },
};

/** A command of two words is one name. */
const named = ([first = '', second = '', ...rest]: string[]): string[] =>
  Object.hasOwn(COMMANDS, `${first} ${second}`)
    ? [`${first} ${second}`, ...rest]
    : [first, second, ...rest].filter((word, at) => at > 1 || word !== '');

/** Exit status and output of one call. The only place where errors are caught and turned into words. */
export async function main(given: string[]): Promise<number> {
  const [name, ...args] = named(given);
  const json = args.includes('--json');
  try {
    if (name === undefined || name === '--help' || args.includes('--help')) {
      for (const line of help(COMMANDS, name === '--help' ? undefined : name)) print(line);
      return name === undefined ? 2 : 0;
    }
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (!command) throw new UserError([say`${quoted(name)} is not a command. There are: ${Object.keys(COMMANDS)}.`]);
    const answer = await command.run(readSettings(args, process.env, [...command.settings, 'json']));
    if (json) print(jsonLine(answer.json));
    else for (const line of answer.text) print(line);
    return answer.failed ? 1 : 0;
  } catch (error) {
    return explain(error, json);
  }
}

/** Says why a command ended early, and returns its exit status. */
function explain(error: unknown, json: boolean): number {
  const isKnown = error instanceof UserError || error instanceof Damaged;
  const problems = isKnown ? problemsOf(error) : [say`Unexpected error: ${messageOf(error)}`];
  if (json) print(jsonLine({ problems }));
  for (const problem of problems) printError(problem);
  if (!isKnown && process.env.CCI_DEBUG) for (const line of stackOf(error)) printError(line);
  return error instanceof UserError && !(error instanceof Unavailable) ? 2 : 1;
}

/** One call as a process: its exit status is the command's. */
export async function runCommand(given: string[]): Promise<void> {
  // Node would print it as it is.
  process.on('uncaughtException', (error) => process.exit(explain(error, false)));
  const status = await main(given);
  // The gate goes on serving; everything else is over.
  if (given[0] !== 'serve' || status !== 0) process.exit(status);
}

// By itself it works too, and starts more slowly: `reports.mjs` has Node keep what it makes of sources.
if (import.meta.main) await runCommand(process.argv.slice(2));
