import { mailUrlProblem } from './digest/mail/mail-url.ts';
import { UserError } from './lib/errors.ts';
import { readFlags } from './lib/flags.ts';
import { addressProblem, mailboxProblem } from './lib/mail-address.ts';
import { type Printable, say } from './lib/printable.ts';
import { clerkSecretProblem, hasLogin, keyProblem, shownValue } from './lib/secrets.ts';
import { isDay } from './lib/time.ts';
import { zoneProblem } from './lib/time-zones.ts';
import { notifyUrlProblem } from './notify/notify-url.ts';
import { feedUrlProblem } from './source/feed/feed-url.ts';
import { storeUrlProblem } from './store/open.ts';
import { isKind, KINDS } from './tenants/digest-config.ts';

/** One setting: its flag, its environment variable, or both; flags win over the environment, that over the default. */
export interface Setting {
  flag?: string; // e.g., "results"
  /** The word that stands by itself after the command. */
  operand?: true;
  variable?: string; // e.g., "CCI_RESULTS_URL"
  /** One letter that stands for the flag too. */
  short?: string; // e.g., "q"
  /** Shown in help after the flag; absent: a switch. */
  value?: string; // e.g., "URL"
  default?: string;
  multiple?: true;
  /** Its value is in no message. */
  secret?: true;
  /** An address that may have a user name and a password in it; no other may. */
  login?: true;
  about: string;
  /** What is wrong with a value, as the end of a sentence, or undefined. */
  check?: (value: string) => string | undefined;
}

const siteUrl = (value: string) => {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const isRoot = url?.pathname === '/' && !url.search && !url.hash && !url.hostname.endsWith('.');
  const plain = isRoot && /^https?:\/\/[^\\]*$/i.test(value);
  return plain ? undefined : 'is not the address of a site: write it as https://reports.example.com';
};
/** On a server of one's own, the API has a path. */
const siteOrApi = (value: string) =>
  URL.parse(value)?.protocol.match(/^https?:$/) ? undefined : 'is not an address: write it as https://api.github.com';
const instant = (value: string) =>
  /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(value) && isDay(value.slice(0, 10)) && !Number.isNaN(Date.parse(value))
    ? undefined
    : 'is not an instant: write it as 2026-03-30T06:00:00Z';
const day = (value: string) =>
  /^\d{4}-\d\d-\d\d$/.test(value) && isDay(value) ? undefined : 'is not a day: write it as 2026-03-30';
const port = (value: string) =>
  /^\d{1,5}$/.test(value) && Number(value) < 65536 ? undefined : 'is not a port: 0 to 65535';
const proxies = (value: string) => (/^[0-9]$/.test(value) ? undefined : 'is not a number of proxies: 0 to 9');
const audit = (value: string) => (value === 'calls' ? undefined : 'must be calls or empty');
const recordings = (value: string) => (value === 'stream' ? undefined : 'must be stream or empty');
const shards = (value: string) =>
  /^[1-9]\d{0,2}$/.test(value) && Number(value) <= 256 ? undefined : 'is not a number of shards: 1 to 256';
const keep = (value: string) => (/^\d{1,2}$/.test(value) ? undefined : 'is not a number of builds: 0 to 99');
const threads = (value: string) =>
  /^[1-9]\d?$/.test(value) && Number(value) <= 64 ? undefined : 'is not a number of threads: 1 to 64';
const minutes = (value: string) =>
  /^[1-9]\d{0,4}$/.test(value) ? undefined : 'is not a number of minutes: 1 to 99999';
const repository = (value: string) =>
  /^[\w.-]{1,100}\/[\w.-]{1,100}$/.test(value) ? undefined : 'is not a repository: write it as owner/name';
const nameOfTenant = (value: string) =>
  value.trim() !== '' && value.length <= 200 ? undefined : 'is not a name: write 1 to 200 characters';
const plainAddress = (value: string) => (value.includes('<') ? 'is not a plain mail address' : addressProblem(value));

/** Every setting, by the name that the program knows it by. */
export const SETTINGS = {
  results: {
    flag: 'results',
    variable: 'CCI_RESULTS_URL',
    value: 'URL',
    about: 'what the pipeline wrote',
    check: storeUrlProblem,
  },
  config: {
    flag: 'config',
    variable: 'CCI_CONFIG_URL',
    value: 'URL',
    about: 'the tenants’ configuration',
    check: storeUrlProblem,
  },
  input: {
    flag: 'input',
    variable: 'CCI_INPUT_URL',
    value: 'URL',
    about: 'recordings and metadata; optional',
    check: storeUrlProblem,
  },
  events: {
    flag: 'events',
    variable: 'CCI_EVENTS_URL',
    value: 'URL',
    about:
      'a store with events that name changed objects, or the URL of an SQS queue that has them; optional: without it each run lists everything',
    check: feedUrlProblem,
  },
  reports: {
    flag: 'reports',
    variable: 'CCI_REPORTS_URL',
    value: 'URL',
    about: 'where the sites are published',
    check: storeUrlProblem,
  },
  org: { flag: 'org', value: 'ID', multiple: true, about: 'only this organization; can be repeated' },
  name: {
    flag: 'name',
    value: 'NAME',
    about: 'for tenant add: the organization’s name on its pages',
    check: nameOfTenant,
  },
  zone: {
    flag: 'zone',
    value: 'ZONE',
    about: 'for tenant add: the time zone in which the organization’s days begin and end, such as Europe/London',
    check: zoneProblem,
  },
  recipient: {
    flag: 'recipient',
    value: 'ADDRESS',
    multiple: true,
    about: 'for tenant add: who gets the daily digest; can be repeated',
    check: plainAddress,
  },
  yes: { flag: 'yes', about: 'ask nothing, and take what is proposed' },
  call: {
    flag: 'call',
    value: 'ID',
    about: 'the call to erase: its id, its page’s path, or the hash in that path',
    check: (value) => (value.length <= 1024 ? undefined : 'is too long to name a call'),
  },
  file: {
    operand: true,
    value: 'FILE',
    about:
      'the file to check: report-config.json, qa-config.json, ai-config.json or pipeline-config.json; - reads standard input',
  },
  labels: {
    flag: 'labels',
    value: 'FILE',
    about: 'a CSV file with the columns call, rule and pass, as the calibration page of a site makes it',
  },
  now: { flag: 'now', value: 'ISO', about: 'override the current time', check: instant },
  force: {
    flag: 'force',
    about:
      'for build: build everything again from the input; for digest resend: include digests that may have been sent',
  },
  acceptLoss: {
    flag: 'accept-loss',
    about: 'publish also where more than half of a site’s calls would go, such as after a deletion of most of them',
  },
  deep: { flag: 'deep', about: 'for verify: read every object and check its bytes' },
  keep: {
    flag: 'keep',
    variable: 'CCI_KEEP_BUILDS',
    value: 'N',
    default: '7',
    about: 'older builds that rollback can bring back; none is kept across a deletion',
    check: keep,
  },
  date: {
    flag: 'date',
    value: 'D',
    about: 'the local day that the digest covers, or a day of the week or the month of --kind',
    check: day,
  },
  kind: {
    flag: 'kind',
    value: 'KIND',
    about: 'only digests of this kind: daily, weekly or monthly; by default all, and with --date or --to the daily one',
    check: (value) => (isKind(value) ? undefined : `is not a kind of digest: write ${KINDS.join(', ')}`),
  },
  newLedger: {
    flag: 'new-ledger',
    about: 'go on though the ledger of the named organization is lost: days that it had digests about count as sent',
  },
  dryRun: { flag: 'dry-run', about: 'print what would be sent or written, and do nothing' },
  to: {
    flag: 'to',
    value: 'ADDRESS',
    about:
      'for digest: send to this address only, marked as a test; the ledger does not change. For digest resume: who gets digests again',
    check: plainAddress,
  },
  addresses: {
    flag: 'addresses',
    about:
      'for digest who: show addresses and agents, on a terminal; without it a recipient is a hash, as in digest log',
  },
  toBuild: {
    flag: 'to',
    value: 'BUILD',
    about:
      'for rollback: the number of the build to bring back, as builds shows it; by default the one before the current',
    check: (value) => (/^[1-9]\d{0,14}$/.test(value) ? undefined : 'is not the number of a build: write it as 12'),
  },
  digestId: {
    flag: 'id',
    value: 'ID',
    about: 'only the digest with this id, as digest log shows it',
    check: (value) => (/^[0-9a-f]{32}$/.test(value) ? undefined : 'is not the id of a digest: 32 hex digits'),
  },
  out: { flag: 'out', value: 'DIR', about: 'the folder to write to' },
  shards: { flag: 'shards', value: 'N', default: '1', about: 'maximum number of shards', check: shards },
  due: {
    flag: 'due',
    about:
      'for plan: only organizations that a build has something to do for, and whether a digest may be due; looking records in status.json what has not changed',
  },
  shard: {
    variable: 'CCI_SHARD',
    about: 'for build: the organizations of one shard, as plan printed them',
  },
  changed: {
    variable: 'CCI_CHANGED',
    about: 'for plan: the organizations that an event names, as a JSON list or separated by spaces; empty: all',
  },
  threads: {
    flag: 'threads',
    variable: 'CCI_THREADS',
    value: 'N',
    about: 'threads that read calls and render their pages (default: one per processor, at most 8)',
    check: threads,
  },
  runMinutes: {
    variable: 'CCI_RUN_MINUTES',
    default: '1440',
    about: 'minutes after which a build stops where it is; what is published stays',
    check: minutes,
  },
  expectEvery: {
    variable: 'CCI_EXPECT_EVERY',
    default: '120',
    about:
      'minutes after the end of a run by which the next one must have ended; status --fail-if-late exits 1 after that',
    check: minutes,
  },
  failIfLate: {
    flag: 'fail-if-late',
    about: 'exit 1 also where no run has ended by the time that the last one told of (CCI_EXPECT_EVERY)',
  },
  json: { flag: 'json', about: 'print one JSON object on standard output; use npm run -s to keep npm’s own lines out' },
  quiet: { flag: 'quiet', short: 'q', about: 'print nothing on standard error but problems' },
  help: { flag: 'help', short: 'h', about: 'print this help' },
  mailUrl: {
    variable: 'CCI_MAIL_URL',
    secret: true,
    login: true,
    about:
      'how mail leaves: file: and an outbox folder, smtp://user:password@host:587, or ses:region?configuration-set=name',
    check: mailUrlProblem,
  },
  mailFrom: { variable: 'CCI_MAIL_FROM', about: 'the sender, as Name <address>', check: mailboxProblem },
  notifyUrl: {
    variable: 'CCI_NOTIFY_URL',
    secret: true,
    login: true,
    about:
      'where a notice goes when something fails, stands still or is in order again: an https webhook, or mailto: and an address; optional',
    check: notifyUrlProblem,
  },
  notifyKey: {
    variable: 'CCI_NOTIFY_KEY',
    secret: true,
    about: 'key that signs what the webhook gets: at least 32 characters; optional',
    check: keyProblem,
  },
  siteUrl: {
    variable: 'CCI_SITE_URL',
    about: 'address of the report sites, for the gate and for links in mail',
    check: siteUrl,
  },
  initSite: {
    flag: 'site',
    value: 'ADDRESS',
    about: 'for init: the address of the report sites (CCI_SITE_URL)',
    check: siteUrl,
  },
  initFrom: {
    flag: 'from',
    value: 'SENDER',
    about: 'for init: the sender of digests, as Name <address> (CCI_MAIL_FROM)',
    check: mailboxProblem,
  },
  signInUrl: { variable: 'CCI_SIGN_IN_URL', default: '/sign-in', about: 'where people sign in' },
  maskingKey: {
    variable: 'CCI_MASKING_KEY',
    secret: true,
    about: 'key that masks outside parties: at least 32 characters',
    check: keyProblem,
  },
  publishableKey: { variable: 'PUBLIC_CLERK_PUBLISHABLE_KEY', about: 'Clerk’s publishable key' },
  secretKey: {
    variable: 'CLERK_SECRET_KEY',
    secret: true,
    about: 'Clerk’s secret key',
    check: clerkSecretProblem,
  },
  jwtKey: { variable: 'CCI_CLERK_JWT_KEY', about: 'Clerk’s public key in PEM, to verify sessions without a request' },
  jwtKeyPrevious: { variable: 'CCI_CLERK_JWT_KEY_PREVIOUS', about: 'the previous key, during a key change' },
  issuer: { variable: 'CCI_CLERK_ISSUER', about: 'Clerk’s frontend address, as in the tokens’ iss', check: siteUrl },
  tokenFile: {
    flag: 'token-file',
    value: 'FILE',
    about: 'a session token to check, as the cookie __session has it; - reads standard input',
  },
  githubToken: {
    variable: 'GITHUB_TOKEN',
    secret: true,
    about: 'token that may read names of variables and secrets of the repository',
  },
  githubRepository: {
    variable: 'GITHUB_REPOSITORY',
    about: 'the repository whose schedule builds the sites, as owner/name',
    check: repository,
  },
  githubApi: {
    variable: 'GITHUB_API_URL',
    default: 'https://api.github.com',
    about: 'where GitHub’s API is',
    check: siteOrApi,
  },
  host: { variable: 'CCI_HOST', default: '127.0.0.1', about: 'address that the gate listens on' },
  port: { variable: 'CCI_PORT', default: '4321', about: 'port that the gate listens on', check: port },
  previewPort: {
    flag: 'port',
    value: 'N',
    about: 'for preview: the port on this machine; by default any that is free',
    check: port,
  },
  proxies: {
    variable: 'CCI_PROXIES',
    default: '1',
    about: 'number of proxies in front of the gate; it decides which address of X-Forwarded-For counts',
    check: proxies,
  },
  edgeKey: {
    variable: 'CCI_EDGE_KEY',
    secret: true,
    about: 'on AWS Lambda behind CloudFront: proof that a request came through it, at least 32 characters',
    check: keyProblem,
  },
  development: {
    flag: 'development',
    about: 'use keys of a development instance of Clerk, on this machine only; every page says so',
  },
  metricsPort: {
    variable: 'CCI_METRICS_PORT',
    about: 'port of 127.0.0.1 on which the gate gives its metrics to Prometheus; without it there are none',
    check: port,
  },
  audit: {
    variable: 'CCI_AUDIT',
    about: 'calls: record in the reports store who opened which call',
    check: audit,
  },
  recordings: {
    variable: 'CCI_AUDIO',
    about: 'stream: the gate sends recordings itself, instead of addresses in S3 that are good for five minutes',
    check: recordings,
  },
  unsubscribeKey: {
    variable: 'CCI_UNSUBSCRIBE_KEY',
    secret: true,
    about: 'key of the digests’ unsubscribe links: at least 32 characters',
    check: keyProblem,
  },
  unsubscribeMail: {
    variable: 'CCI_UNSUBSCRIBE_MAIL',
    about: 'address for unsubscribe requests, where no gate serves the links',
    check: plainAddress,
  },
  unsubscribeKeyPrevious: {
    variable: 'CCI_UNSUBSCRIBE_KEY_PREVIOUS',
    secret: true,
    about: 'the previous key, during a key change',
    check: keyProblem,
  },
} satisfies { [name: string]: Setting };

export type SettingName = keyof typeof SETTINGS;

/** Values as given; a switch is "true"; a repeatable one is a list. Checked one by one, not against each other. */
export type Settings = { [Name in SettingName]?: Name extends 'org' | 'recipient' ? string[] : string };

const setting = (name: SettingName): Setting => SETTINGS[name];
const names = Object.keys(SETTINGS) as SettingName[];

/**
 * Flags over environment over default.
 * @param args after the command's name
 * @param allowed the settings that the command takes; other flags are refused, other variables ignored
 * @param wrong gets what is wrong with variables, whose settings are then left out; absent: it is thrown as all else
 * @throws {UserError} with every problem at once
 */
export function readSettings(
  args: string[],
  env: NodeJS.ProcessEnv,
  allowed: readonly SettingName[],
  wrong?: Printable[],
): Settings {
  const problems: Printable[] = [];
  const { flags, operand, unknown } = readFlags(args, allowed.map(setting));
  problems.push(...unknown);
  const settings: { [name: string]: string | string[] } = {};
  for (const name of names.filter((each) => allowed.includes(each))) {
    const { flag, variable, multiple, default: fallback, operand: isOperand } = setting(name);
    const fromFlag = flag === undefined ? (isOperand ? operand : undefined) : flags[flag];
    const fromVariable = variable === undefined ? undefined : env[variable] || undefined;
    const value = fromFlag ?? fromVariable ?? fallback;
    if (value === undefined) continue;
    const why = [value].flat().flatMap((each) => valueProblem(setting(name), String(each)) ?? []);
    const found = fromFlag === undefined ? (wrong ?? problems) : problems;
    found.push(...why.map((each) => say`${fromFlag === undefined ? (variable ?? '') : `--${flag}`}: ${each}.`));
    if (why.length > 0) continue;
    settings[name] = multiple ? [value].flat().map(String) : String(value);
  }
  if (problems.length > 0) throw new UserError(problems);
  return settings as Settings;
}

const NO_LOGIN = 'is an address with a user name or a password in it, which does not belong there: remove it';

/** What is wrong with a value, as a sentence without its full stop; undefined where nothing is. */
function valueProblem({ check, secret, login }: Setting, value: string): string | undefined {
  const wrong = !secret && !login && hasLogin(value) ? NO_LOGIN : check?.(value);
  return wrong && `${secret ? 'its value' : shownValue(value)} ${wrong}`;
}

/** The settings that a command cannot do without. @throws {UserError} naming all that are missing. */
export function need<Name extends SettingName>(settings: Settings, ...wanted: Name[]): { [N in Name]: string } {
  const missing = wanted.filter((name) => settings[name] === undefined);
  if (missing.length > 0) {
    throw new UserError(
      missing.map((name) => {
        const { flag, operand, value, variable, about } = setting(name);
        const ways = [flag && `--${flag} ${value}`, operand && value, variable].filter(Boolean).join(' or ');
        return say`${ways} is missing (${about}). Set it and run the command again.`;
      }),
    );
  }
  return settings as { [N in Name]: string };
}
