import { instant, keep, minutes, shards, threads } from './checks.ts';
import type { Setting } from './setting.ts';

/** What a command looks at, how it works and how it answers. */
export const RUNS = {
  org: { flag: 'org', value: 'ID', multiple: true, about: 'only this organization; can be repeated' },
  call: {
    flag: 'call',
    value: 'ID',
    about: 'the call: its id; for erase also its page’s path, or the hash in that path',
    check: (value) => (value.length <= 1024 ? undefined : 'is too long to name a call'),
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
  toBuild: {
    flag: 'to',
    value: 'BUILD',
    about:
      'for rollback: the number of the build to bring back, as builds shows it; by default the one before the current',
    check: (value) => (/^[1-9]\d{0,14}$/.test(value) ? undefined : 'is not the number of a build: write it as 12'),
  },
  out: { flag: 'out', value: 'DIR', about: 'the folder to write to' },
  dryRun: { flag: 'dry-run', about: 'print what would be sent or written, and do nothing' },
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
  debug: {
    variable: 'CCI_DEBUG',
    about: '1: say of an unexpected error also where in the code it happened, for a report to the developers',
  },
} satisfies { [name: string]: Setting };
