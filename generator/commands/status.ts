import { UserError } from '../lib/errors.ts';
import { oneLine, type Printable, printable, quoted, say } from '../lib/printable.ts';
import { columns, counted, elapsed } from '../lib/words.ts';
import { numberOf, type Pointer } from '../publish/manifest.ts';
import { findSites } from '../publish/sites.ts';
import { type OrganizationStatus, readStatus } from '../publish/status.ts';
import { need, type Settings } from '../settings.ts';
import { type Answer, clock, open } from './command.ts';
import { lateness, standstillLine } from './late.ts';
import { troubleLines } from './troubles.ts';

const HEAD = ['organization', 'last listing', 'age', 'last publish', 'build', 'calls', 'refused', 'last run'];

/** `status`: how each organization stood at its last run, and how long ago its input was last looked at. */
export async function status(settings: Settings): Promise<Answer> {
  const { reports } = need(settings, 'reports');
  const now = clock(settings)();
  const store = await open(reports);
  const read = await readStatus(store);
  const known = Object.entries(read.status.organizations);
  // Where status.json was lost or damaged, the sites themselves still tell who has one.
  const sites = await findSites(store);
  const silent = sites.filter(({ org }) => !Object.hasOwn(read.status.organizations, org));
  const unreadable = new Set(sites.filter(({ pointer }) => pointer === undefined).map(({ org }) => org));
  if (known.length + silent.length === 0) throw new UserError([emptySentence(reports, read.etag !== undefined)]);
  const isThere = (org: string) => [...known.map(([each]) => each), ...silent.map((site) => site.org)].includes(org);
  const unknown = (settings.org ?? []).filter((org) => !isThere(org));
  if (unknown.length > 0)
    throw new UserError(
      unknown.map((org) => say`--org: status.json of ${reports} has no run of ${quoted(org)}. Check the spelling.`),
    );
  const shown = new Map(sites.map(({ org, pointer }) => [org, ofSite(pointer)]));
  const all: [string, Standing][] = [
    ...known.map(([org, record]): [string, Standing] => [org, standingOf(record, shown.get(org) ?? {})]),
    ...silent.map(({ org }): [string, Standing] => [org, shown.get(org) ?? {}]),
  ];
  const organizations = all
    .filter(([org]) => settings.org === undefined || settings.org.includes(org))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  // Of an organization that is gone nothing is expected.
  const alive = organizations.filter(([org, { problem }]) => shown.has(org) || problem !== undefined);
  const unsent = read.status.notices?.problem;
  const { late, isLate, text } = lateness(
    read.status,
    alive.map(([org]) => org),
    now,
  );
  return {
    json: {
      now: now.toISOString(),
      ...(read.status.expectedBy !== undefined && { expectedBy: read.status.expectedBy }),
      late,
      ...(unsent && { notices: unsent }),
      organizations: organizations.map(([org, each]) => ({ org, ...each, listingAgeSeconds: ageOf(each, now) })),
    },
    text: [
      ...columns([HEAD, ...organizations.map(([org, each]) => row(org, each, now))]),
      ...organizations.flatMap(([org, each]) => [
        ...(unreadable.has(org) ? [pointerSentence(org)] : []),
        ...remarks(org, each, now),
        ...standstillLine(org, each, now),
        ...unfinishedLine(org, each),
        ...troubleLines(org, each.troubles),
      ]),
      ...(settings.failIfLate === 'true' || late.unknown === undefined ? text : []),
      ...(unsent === undefined ? [] : [say`Notices, ${minute(unsent.at)}: ${unsent.reason}`]),
    ],
    failed:
      (settings.failIfLate === 'true' && isLate) ||
      organizations.some(
        ([org, { problem, lastRunAt }]) => problem !== undefined || lastRunAt === undefined || unreadable.has(org),
      ),
  };
}

/** What the pipeline has not brought to its end. */
function unfinishedLine(org: string, { unfinished }: Standing): Printable[] {
  if (!unfinished || unfinished.waiting + unfinished.dead === 0) return [];
  const { waiting, dead } = unfinished;
  const aside = dead > 0 ? say`, and ${dead} ${dead === 1 ? 'is' : 'are'} put aside` : say``;
  return [
    say`${org}: ${counted(waiting, 'call')} ${waiting === 1 ? 'waits' : 'wait'} in the pipeline${aside}. /about/ and pipeline status --org ${org} say why.`,
  ];
}

const pointerSentence = (org: string): Printable =>
  say`${org}: its pointer is lost or damaged, so nobody can read its site. Run build --org ${org}: it makes the site again from the input.`;

/** Without `lastRunAt` there is a site, and no record of its last run. */
interface Standing extends Partial<OrganizationStatus> {
  /** The build that the last run left, where an older one is current again since. */
  lastGeneration?: number;
}

/** The last run, and what is shown now: the site itself says that, also after a rollback. */
function standingOf(record: OrganizationStatus, site: Standing): Standing {
  const { refused, ...rest } = record;
  if (site.generation === undefined || site.generation === record.generation) return { ...record, ...site };
  // What was refused was refused of another build.
  const isOlder = record.generation !== undefined && site.generation < record.generation;
  return { ...rest, ...site, ...(isOlder && { lastGeneration: record.generation }) };
}

/** What the site itself tells. */
function ofSite(pointer: Pointer | undefined): Standing {
  if (!pointer) return {};
  const { publishedAt, calls } = pointer;
  return { publishedAt, generation: numberOf(pointer), ...(calls !== undefined && { calls }) };
}

/** Clocks of two machines differ by less. */
const CLOCKS_DIFFER_MS = 5 * 60_000;

/** A failed run, and times that the clock has not reached. */
function remarks(org: string, standing: Standing, now: Date): Printable[] {
  const { problem, listedAt, publishedAt, lastRunAt, generation, lastGeneration } = standing;
  const times = { 'last listing': listedAt, 'last publish': publishedAt, 'last run': lastRunAt };
  const ahead = Object.entries(times).filter(
    ([, instant]) => instant !== undefined && Date.parse(instant) > now.getTime() + CLOCKS_DIFFER_MS,
  );
  const site = publishedAt === undefined ? 'it has no site yet' : 'its previous site stays';
  return [
    ...(lastRunAt === undefined
      ? [
          say`${org}: it has a site, but status.json has no record of its last run: it was lost or damaged since, or that run was cut short. The next build of ${org} records it.`,
        ]
      : []),
    ...(lastGeneration === undefined
      ? []
      : [
          say`${org}: build ${generation ?? 0} is current again, by rollback; the last run left build ${lastGeneration}. The next build publishes the input as it is then, and no digest is sent before it.`,
        ]),
    ...(problem === undefined ? [] : [oneLine([say`${org}: the last run failed; ${site}.`, printable(problem)])]),
    ...(ahead.length === 0
      ? []
      : [
          say`${org}: ${ahead.map(([what, instant]) => `its ${what} is ${minute(instant)}`)}: that is in the future (it is now ${minute(now.toISOString())}). A run used --now, or a machine’s clock is wrong. The next build that finds a change corrects it.`,
        ]),
  ];
}

function row(org: string, each: Standing, now: Date): string[] {
  const age = ageOf(each, now);
  return [
    org,
    minute(each.listedAt),
    age === undefined ? '–' : elapsed(age * 1000),
    minute(each.publishedAt),
    ...[each.generation, each.calls, each.refused].map((figure) => figure?.toString() ?? '–'),
    each.lastRunAt === undefined ? 'no record' : each.problem === undefined ? 'ok' : 'failed',
  ];
}

/** Whole seconds since the last listing that led to a current site. */
function ageOf({ listedAt }: Standing, now: Date): number | undefined {
  return listedAt === undefined ? undefined : Math.floor((now.getTime() - Date.parse(listedAt)) / 1000);
}

const minute = (instant: string | undefined) => (instant === undefined ? '–' : `${instant.slice(0, 16)}Z`);

const emptySentence = (reports: string, isThere: boolean) =>
  isThere
    ? say`status.json of ${reports} is empty or damaged, so nothing is known about the last runs. The next build writes it again.`
    : say`${reports} has no status.json, so no run has finished there yet. Check --reports (CCI_REPORTS_URL), or build first.`;
