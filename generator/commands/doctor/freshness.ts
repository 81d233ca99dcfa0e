import { standsStill } from '../../days/standstill.ts';
import { say } from '../../lib/printable.ts';
import { counted, elapsed } from '../../lib/words.ts';
import type { OrganizationStatus } from '../../publish/status.ts';
import type { RecentInput } from '../../read/recent.ts';
import type { TenantConfig } from '../../tenants/config.ts';
import { type Finding, notChecked, ok, warning, wrong } from './finding.ts';
import { nextExpectedBy } from './rhythm.ts';

const HOUR_MS = 3_600_000;
/** The pipeline needs some time from a transcript to an analysis, and from a call's record to its rules. */
const ANALYSIS_MS = 6 * HOUR_MS;
/** A site is made from the input at least once a day. */
const LATEST_BUILD_MS = 26 * HOUR_MS;
/** Failed analyses are a matter of the pipeline from so many, and from such a share of the newest calls on. */
const FAILED = { calls: 5, share: 0.2 };

/** What one organization's input and its last run are compared with: the clock. */
export interface Freshness {
  org: string;
  config: TenantConfig;
  recent: RecentInput;
  /** Its line in status.json. */
  status: OrganizationStatus | undefined;
  now: Date;
}

/** Whether calls come, are analysed and are published as usual. */
export function checkFreshness(given: Freshness): Finding[] {
  return [...calls(given), ...transcripts(given), ...analyses(given), ...lastRun(given)];
}

function calls({ org, config, recent, now }: Freshness): Finding[] {
  const { newest, arrivals, sheetsLeftOut } = recent;
  const left =
    sheetsLeftOut > 0
      ? [
          notChecked(
            'sheets',
            say`${counted(sheetsLeftOut, 'sheet')} are larger than doctor reads. Calls in them are not counted here.`,
            org,
          ),
        ]
      : [];
  const came = arrivals.at(-1);
  const begun = newest.find(({ started }) => started !== undefined)?.started;
  if (came === undefined)
    return [...left, notChecked('calls', say`Nothing tells when its ${counted(recent.calls, 'call')} came.`, org)];
  const last = say`Its newest record of a call came ${elapsed(now.getTime() - came)} ago${begun === undefined ? '' : say`, and its newest call began ${elapsed(now.getTime() - Date.parse(begun))} ago`}.`;
  const callsExpectedBy = nextExpectedBy(arrivals, config.timeZone);
  if (callsExpectedBy === undefined)
    return [...left, ok('calls', say`${last} There are too few calls to tell what is usual.`, org)];
  if (!standsStill({ callsExpectedBy }, now.getTime())) return [...left, ok('calls', last, org)];
  return [
    ...left,
    warning(
      'calls',
      say`Standstill: ${last} By its usual rhythm another should have come by ${callsExpectedBy.slice(0, 16)}Z. See whether the pipeline runs: its schedule, its functions and its provider.`,
      org,
    ),
  ];
}

/** Transcribed, and not analysed since. */
function transcripts({ org, recent, now }: Freshness): Finding[] {
  const { waiting, transcribed } = recent;
  if (waiting === undefined)
    return [
      notChecked('analyses', say`Which transcripts have no analysis cannot be told without its large sheets.`, org),
    ];
  const late = transcribed.filter((at) => now.getTime() - at > ANALYSIS_MS);
  const [oldest] = late;
  // Where the store tells no times, all of them count.
  const n = transcribed.length < waiting ? waiting : late.length;
  if (n === 0) return [ok('analyses', say`No transcript waits for its analysis longer than usual.`, org)];
  const since = oldest === undefined ? '' : say`, the oldest for ${elapsed(now.getTime() - oldest)}`;
  return [
    warning(
      'analyses',
      say`${counted(n, 'call')} ${n === 1 ? 'is' : 'are'} transcribed and not analysed${since}. See the pipeline’s analyser, its queue and its log.`,
      org,
    ),
  ];
}

/** Failed analyses, and rules that never came, among the newest calls. */
function analyses({ org, recent, now }: Freshness): Finding[] {
  const { newest, unread } = recent;
  if (newest.length === 0) return [];
  const failed = newest.filter(({ qa }) => qa === 'not evaluated').length;
  const late = newest.filter(
    ({ qa, processed }) => qa === 'not evaluated yet' && now.getTime() - Date.parse(processed ?? '') > ANALYSIS_MS,
  ).length;
  const findings: Finding[] = [];
  const of = say`of the newest ${counted(newest.length, 'call')}`;
  if (failed >= FAILED.calls && failed / newest.length >= FAILED.share)
    findings.push(
      warning(
        'evaluations',
        say`${failed} ${of} could not be evaluated. See whether qa-config.json has rules, and the log of the pipeline’s analyser.`,
        org,
      ),
    );
  if (late > 0)
    findings.push(
      warning(
        'evaluations',
        say`${late} ${of} still ${late === 1 ? 'waits' : 'wait'} for the rows of their rules, or have those of another run. Let the pipeline analyse them again.`,
        org,
      ),
    );
  if (unread > 0)
    findings.push(
      warning(
        'records',
        say`Of ${counted(unread, 'call')} among the newest nothing could be read. /about/ of the site names them.`,
        org,
      ),
    );
  if (findings.length === 0)
    findings.push(
      ok(
        'evaluations',
        say`${newest.length - failed} ${of} are evaluated${failed > 0 ? say`, and ${failed} could not be` : ''}.`,
        org,
      ),
    );
  return findings;
}

/** Whether what is there is on the site. */
function lastRun({ org, status, recent, now }: Freshness): Finding[] {
  if (!status) return [];
  const { problem, listedAt } = status;
  if (problem !== undefined)
    return [wrong('last run', say`The last run failed, so its site is the one before: ${problem}`, org)];
  if (listedAt === undefined) return [];
  const age = now.getTime() - Date.parse(listedAt);
  const isBehind = (recent.arrivals.at(-1) ?? 0) > Date.parse(listedAt);
  const listed = say`The last run that led to the current site listed the input ${elapsed(age)} ago.`;
  if (age <= LATEST_BUILD_MS) return [ok('last run', listed, org)];
  return [
    warning(
      'last run',
      say`${listed}${isBehind ? ' Calls have come since, which it does not show.' : ''} See whether the schedule runs.`,
      org,
    ),
  ];
}
