import type { Command } from './command.ts';

const STORES = ['results', 'config', 'input', 'reports'] as const;
const BUILD = [...STORES, 'org', 'now', 'maskingKey', 'threads', 'runMinutes', 'force', 'acceptLoss', 'keep'] as const;
const GATE = ['publishableKey', 'secretKey', 'jwtKey', 'jwtKeyPrevious', 'issuer'] as const;
const NEXT = ['expectEvery'] as const;
const NOTIFY = ['notifyUrl', 'notifyKey'] as const;
const MAIL = ['mailUrl', 'mailFrom', 'siteUrl', 'unsubscribeKey', 'unsubscribeMail'] as const;

/** Every command, by its name; one of two words is one name. Each loads what it needs when it runs. */
export const COMMANDS: { [name: string]: Command } = {
  init: {
    about: 'write the settings of this machine to .env: stores, site address, sender, keys',
    settings: [
      ...STORES,
      'siteUrl',
      'initSite',
      'mailFrom',
      'initFrom',
      'mailUrl',
      'maskingKey',
      'unsubscribeKey',
      'yes',
    ],
    run: async (settings) => (await import('./init/init.ts')).init(settings),
  },
  run: {
    about: 'run the pipeline where one is configured, build every site, then send the digests that are due',
    settings: [...BUILD, ...NEXT, 'events', 'secrets', ...MAIL, ...NOTIFY, 'dryRun'],
    run: async (settings) => (await import('./run.ts')).run(settings),
  },
  build: {
    about: 'build and publish every site whose input has changed',
    settings: [...BUILD, ...NEXT, 'events', 'shard', ...NOTIFY, 'mailUrl', 'mailFrom'],
    run: async (settings) => (await import('./build.ts')).build(settings),
  },
  digest: {
    about: 'send the digests that are due',
    settings: [
      'config',
      'reports',
      'org',
      'now',
      'maskingKey',
      ...MAIL,
      ...NOTIFY,
      'date',
      'kind',
      'dryRun',
      'to',
      'newLedger',
    ],
    run: async (settings) => (await import('./digest/digest.ts')).digest(settings),
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
    run: async (settings) => (await import('./digest/preview.ts')).preview(settings),
  },
  'digest log': {
    about: 'show the digests of the last 14 days; exits 1 if any is not sent, taken, failed or unknown',
    settings: ['config', 'reports', 'org', 'now', 'date'],
    run: async (settings) => (await import('./digest/ledger.ts')).log(settings),
  },
  'digest reconcile': {
    about: 'resolve digests in state unknown from the mail service’s events',
    settings: ['config', 'reports', 'org', 'now'],
    run: async (settings) => (await import('./digest/ledger.ts')).reconcileUnknown(settings),
  },
  'digest resend': {
    about:
      'send failed digests about one day again, and those of a week or month that ends with it; with --force also those that may have been sent',
    settings: ['config', 'reports', 'org', 'now', 'maskingKey', ...MAIL, 'date', 'digestId', 'force'],
    run: async (settings) => (await import('./digest/ledger.ts')).resend(settings),
  },
  'digest who': {
    about: 'list who gets which digest, when the next may be sent, and why somebody gets none',
    settings: ['config', 'reports', 'org', 'now', 'maskingKey', 'addresses'],
    run: async (settings) => (await import('./digest/who.ts')).who(settings),
  },
  'digest resume': {
    about: 'send digests again to somebody who has unsubscribed, or whose address bounced or complained',
    settings: ['config', 'reports', 'org', 'now', 'maskingKey', 'to', 'kind'],
    run: async (settings) => (await import('./digest/resume.ts')).resume(settings),
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
      'metricsPort',
      'development',
      'audit',
      'input',
      'recordings',
      'unsubscribeKey',
      'unsubscribeKeyPrevious',
    ],
    run: async (settings) => (await import('./serve.ts')).serve(settings),
    goesOn: true,
  },
  export: {
    about: 'write one organization’s current site as plain files',
    settings: ['reports', 'org', 'out'],
    run: async (settings) => (await import('./export.ts')).exportFiles(settings),
  },
  tenants: {
    about:
      'list the organizations, whether each is configured rightly, and what is ignored; exits 1 if a configuration is wrong',
    settings: ['results', 'config', 'reports', 'maskingKey'],
    run: async (settings) => (await import('./tenant/tenants.ts')).tenants(settings),
  },
  check: {
    about: 'check one file of an organization’s configuration as a build would; exits 1 if it is wrong',
    settings: ['file'],
    run: async (settings) => (await import('./check.ts')).check(settings),
  },
  doctor: {
    about:
      'check settings, stores, organizations and services, a sentence each; exits 1 if anything is wrong, 0 with warnings only',
    settings: [
      ...STORES,
      'events',
      'org',
      'now',
      'maskingKey',
      ...MAIL,
      ...GATE,
      'development',
      'tokenFile',
      'githubToken',
      'githubRepository',
      'githubApi',
      'pipelineName',
      'secrets',
    ],
    checksSettings: true,
    run: async (settings, wrong) => (await import('./doctor/doctor.ts')).doctor(settings, wrong),
  },
  'tenant add': {
    about: 'propose one organization’s report-config.json from its data, and write it where there is none',
    settings: ['results', 'config', 'org', 'name', 'zone', 'recipient', 'dryRun', 'yes'],
    run: async (settings) => (await import('./tenant/add.ts')).add(settings),
  },
  'tenant check': {
    about: 'check one organization’s configuration, and what its newest data says against it; exits 1 if it is wrong',
    settings: ['results', 'config', 'org', 'maskingKey'],
    run: async (settings) => (await import('./tenant/check.ts')).check(settings),
  },
  'tenant remove': {
    about: 'remove one organization that the input no longer has, and search for it in all that is left',
    settings: ['results', 'config', 'input', 'reports', 'org', 'yes'],
    run: async (settings) => (await import('./tenant/remove.ts')).remove(settings),
  },
  preview: {
    about: 'build one organization into a store of its own and show it on this machine, again after each change',
    settings: ['results', 'config', 'org', 'previewPort', 'out', 'maskingKey', 'threads'],
    run: async (settings) => (await import('./preview/preview.ts')).preview(settings),
  },
  status: {
    about: 'show how each organization’s last run ended; exits 1 if any failed',
    settings: ['reports', 'org', 'now', 'failIfLate'],
    run: async (settings) => (await import('./status.ts')).status(settings),
  },
  erase: {
    about:
      'erase one call that the input no longer has, and search for it in all that is left; exits 1 if anything is found',
    settings: [...BUILD, 'call'],
    run: async (settings) => (await import('./erase.ts')).erase(settings),
  },
  'pipeline run': {
    about:
      'from recordings to what builds read, of each organization with a pipeline-config.json; with --recordings also its site',
    settings: [...BUILD, 'recordingsFolder', 'secrets'],
    run: async (settings) => (await import('./pipeline/run.ts')).run(settings),
  },
  'pipeline status': {
    about: 'show how far each organization’s pipeline is, what waits or was put aside, and what this month has cost',
    settings: ['input', 'results', 'config', 'org', 'now', 'named'],
    run: async (settings) => (await import('./pipeline/status.ts')).status(settings),
  },
  'pipeline replay': {
    about:
      'try one call again, or all that are put aside or wait for a later time, from the stage where it stopped or from another; exits 1 if one is put aside',
    settings: ['input', 'results', 'config', 'org', 'now', 'secrets', 'call', 'fromStage'],
    run: async (settings) => (await import('./pipeline/replay.ts')).replay(settings),
  },
  'pipeline reanalyse': {
    about: 'after a change of rules, prompt or model, judge those calls again that it concerns, newest first',
    settings: ['input', 'results', 'config', 'org', 'now', 'secrets', 'limit', 'dryRun'],
    run: async (settings) => (await import('./pipeline/reanalyse.ts')).reanalyse(settings),
  },
  'pipeline erase': {
    about: 'erase all that the pipeline keeps of one call that its provider no longer lists',
    settings: ['input', 'results', 'config', 'org', 'now', 'secrets', 'call'],
    run: async (settings) => (await import('./pipeline/erase.ts')).erase(settings),
  },
  'pipeline plan': {
    about: 'show what the next run of each organization’s pipeline would take and cost, before it is spent',
    settings: ['input', 'results', 'config', 'org', 'now', 'recordingsFolder', 'secrets', 'pipelineName'],
    run: async (settings) => (await import('./pipeline/plan.ts')).plan(settings),
  },
  builds: {
    about: 'list the builds that are kept of each site, newest first',
    settings: ['reports', 'org'],
    run: async (settings) => (await import('./builds.ts')).builds(settings),
  },
  rollback: {
    about:
      'make an older build of one organization current again, until the next build publishes the input as it is then',
    settings: ['reports', 'org', 'toBuild', 'now'],
    run: async (settings) => (await import('./rollback.ts')).rollback(settings),
  },
  verify: {
    about:
      'check that everything the sites are made of is there, with --deep byte for byte; exits 1 if something is not',
    settings: ['reports', 'org', 'deep'],
    run: async (settings) => (await import('./verify.ts')).verify(settings),
  },
  evaluate: {
    about:
      'compare a person’s verdicts on rules with those of one organization’s site: agreement and Cohen’s kappa per rule; exits 1 if a label could not be compared',
    settings: ['reports', 'org', 'labels', 'out'],
    run: async (settings) => (await import('./evaluate/evaluate.ts')).evaluate(settings),
  },
  plan: {
    about:
      'split the organizations into shards, for a GitHub matrix, and with --due only those that have something to build',
    settings: [
      'results',
      'config',
      'reports',
      'org',
      'now',
      'maskingKey',
      'runMinutes',
      'keep',
      'events',
      ...NEXT,
      'shards',
      'changed',
      'due',
    ],
    run: async (settings) => (await import('./plan.ts')).plan(settings),
  },
};
