import { edit, type Mutant, mutant } from './mutant.ts';

const notify = (name: string) => `generator/notify/${name}`;
const STANDSTILL = 'generator/days/standstill';
const REMOVED = 'generator/erase/tenant/remove';

/** Organizations that come and go, what the operator hears, and what only whoever runs it may see. */
export const OPERATING: Mutant[] = [
  mutant(
    'removed organization published by a build that began while its pointer was lost',
    edit(
      'generator/publish/publish.ts',
      'etag === undefined && isSwept(build.over.lies, lies)',
      'isSwept.length === 0',
    ),
    REMOVED,
    'lets no build publish that began before, while the pointer was lost',
  ),
  mutant(
    'organization removed without a mark',
    edit('generator/erase/tenant/sweep-site.ts', '    await reports.put(pointer, mark);\n', ''),
    REMOVED,
    'leaves no half of a site, whenever a build publishes meanwhile',
  ),
  mutant(
    'kept mail of a neighbour that begins alike removed too',
    edit('generator/erase/tenant/remove.ts', 'org}/`;', 'org}`;'),
    REMOVED,
    'removes site, state, kept builds and kept mail, keeps the ledger without what names a call, and proves it',
  ),
  mutant(
    'another’s new configuration written over',
    edit(
      'generator/commands/tenant/write-config.ts',
      "await config.put(key, text, { ifNoneMatch: '*' })",
      'await config.put(key, text)',
    ),
    'generator/commands/tenant/write-config',
    'writes over nothing that came between the question and the answer',
  ),
  mutant(
    'own write of a configuration not known again',
    edit(
      'generator/commands/tenant/write-config.ts',
      '    if (now && decodeText(now.body) === text) return;\n',
      '    void now;\n',
    ),
    'generator/commands/tenant/write-config',
    'takes a write that met itself for written',
  ),
  mutant(
    'standstill told again by each run',
    edit(notify('changes.ts'), "state === 'standstill' && !told.calls", "state === 'standstill'"),
    notify('changes'),
    'so is a standstill, which a failed run does not end',
  ),
  mutant(
    'notice sent before it is claimed',
    edit(notify('notify.ts'), '    if (changes.length > 0) claimed[id] = { at, before };\n', ''),
    notify('notify'),
    'is said, and told by the next run with what has changed since',
  ),
  mutant(
    'notice of which nobody knows sent again',
    edit(notify('notify.ts'), 'const isLost = failure instanceof NotTaken;', 'const isLost = failure !== undefined;'),
    notify('notify'),
    'is not sent again where no answer came',
  ),
  mutant(
    'redirect of a webhook followed',
    edit(notify('webhook.ts'), "redirect: 'manual'", "redirect: 'follow'"),
    notify('webhook'),
    'that leads elsewhere is not followed',
  ),
  mutant(
    'week-ends counted as silence',
    edit(`${STANDSTILL}.ts`, 'usual.size < LEAST_USUAL ? ALL_SLOTS : usual', 'ALL_SLOTS'),
    STANDSTILL,
    'passes over night and week-end, and comes after a working day and a quarter',
  ),
  mutant(
    'doctor’s rhythm by the clock of UTC',
    edit(
      'generator/commands/doctor/rhythm.ts',
      '[localDay(newest, timeZone), localHour(instant, timeZone)]',
      "[localDay(newest, 'UTC'), localHour(instant, 'UTC')]",
    ),
    'generator/commands/doctor/rhythm',
    'hours are those of the zone, and many records in a quarter of an hour count as many',
  ),
  mutant(
    'run late at the very instant',
    edit('generator/publish/late.ts', '!(now <= Date.parse(by))', '!(now < Date.parse(by))'),
    'generator/publish/late',
    'a run is late once its time is over, and not at it',
  ),
  mutant(
    'end of a failure left to nobody',
    edit('generator/look.ts', '  if (before?.problem !== undefined) return true;\n', ''),
    'generator/look',
    'leaves to a build, once, what somebody has to hear of: that it works again, or stands still',
  ),
  mutant(
    'metrics for whoever asks by another name',
    edit('metrics-server.ts', "    if (!OWN_NAMES.test(req.headers.host ?? '')) return refuse(res, 421);\n", ''),
    'metrics',
    'they are given to this machine only, at one path, on a port of their own',
  ),
  mutant(
    'live keys taken in development mode',
    edit('development.ts', "secretKey.startsWith('sk_live_')", 'false'),
    'development',
    'with a production secret',
  ),
];
