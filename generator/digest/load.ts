import { daysBetween } from '#shared/calendar/days.ts';
import type { Call } from '#shared/model.ts';
import { readCounts } from '../days/months.ts';
import { fingerprintOf, parseDay, readDayFile, readState, type State } from '../days/state.ts';
import { stateReader } from '../days/state-files.ts';
import { UserError } from '../lib/errors.ts';
import { say } from '../lib/printable.ts';
import { numberOf } from '../publish/manifest.ts';
import { readPointer } from '../publish/read.ts';
import { codeVersion } from '../render/version.ts';
import { type Report, reportOf } from '../report/report.ts';
import type { ConfigRead } from '../source/read-config.ts';
import type { Store } from '../store/store.ts';
import { type HeardByAgent, heardIn } from './content/heard.ts';
import type { PeriodIssue } from './content/period-facts.ts';
import { type Issue, spanOf } from './schedule/issue.ts';

/** What the digests of a day are made from. */
export interface LoadedDay {
  report: Report;
  /** Of that day. */
  calls: Call[];
}

/** What those of one issue are. */
export type Loaded = LoadedDay | { report: Report; issue: PeriodIssue; heard: HeardByAgent };

/** A build that publishes while its predecessor's state is read removes it: then the new one is read. */
const ATTEMPTS = 3;

/**
 * What a digest is made from: the published build's report, and the calls of one day.
 * @param lastBuild number of the build that the last run left, whose listing covers the day; undefined: unknown
 * @throws {UserError} where nothing is published, it was made by other code or another configuration, or an older build was brought back
 */
export async function loadDay(
  reports: Store,
  org: string,
  { config, hash }: ConfigRead,
  maskingKey: string | undefined,
  date: string,
  lastBuild?: number,
): Promise<LoadedDay> {
  const { report, callsOf } = await loadReport(reports, org, { config, hash }, maskingKey, lastBuild);
  return { report, calls: await callsOf(date) };
}

/**
 * The same of a week or a month: of its calls only the worst of each agent are kept, as each of its days is read.
 * @throws {UserError} as `loadDay`
 */
export async function loadIssue(
  reports: Store,
  org: string,
  read: ConfigRead,
  maskingKey: string | undefined,
  issue: Issue,
  lastBuild?: number,
): Promise<Loaded> {
  if (issue.kind === 'daily') return loadDay(reports, org, read, maskingKey, issue.date, lastBuild);
  const { report, callsOf } = await loadReport(reports, org, read, maskingKey, lastBuild);
  const { from, to } = spanOf(issue);
  const heard = await heardIn(report, daysBetween(from, to), callsOf);
  return { report, issue: { kind: issue.kind, date: issue.date }, heard };
}

async function loadReport(
  reports: Store,
  org: string,
  { config, hash }: ConfigRead,
  maskingKey: string | undefined,
  lastBuild: number | undefined,
): Promise<{ report: Report; callsOf: (day: string) => Promise<Call[]> }> {
  const fingerprint = fingerprintOf(codeVersion(), hash, config.masking ? maskingKey : undefined);
  const state = await readCurrentState(reports, org, fingerprint, lastBuild);
  const counted = await readCounts(stateReader(reports, org), state.months);
  return {
    report: reportOf(org, state, counted, config),
    async callsOf(date) {
      const day = state.days[date];
      return day ? parseDay(await readDayFile(reports, org, day)) : [];
    },
  };
}

async function readCurrentState(reports: Store, org: string, fingerprint: string, lastBuild = 0): Promise<State> {
  let nonce: string | undefined;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const current = await readPointer(reports, org);
    if (!current)
      throw new UserError([say`nothing has been published yet, so there is nothing to send. Run build, then digest.`]);
    const build = numberOf(current.pointer);
    if (build < lastBuild)
      throw new UserError([
        say`build ${build} is current again, which is older than the last listing: what has come since is not in it, and its figures may be wrong. Run build, then digest.`,
      ]);
    if (current.pointer.nonce === nonce) break;
    nonce = current.pointer.nonce;
    const state = await readState(reports, org, current.pointer.state, fingerprint);
    if (state) return state;
  }
  throw new UserError([
    say`the published build was made by other code or from another configuration, so its figures may be out of date. Run build, then digest.`,
  ]);
}
