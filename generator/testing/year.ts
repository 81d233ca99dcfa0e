/** Days of a schedule by a fake clock: runs that come late, twice or not at all, and what a reader and the operator get of them. */
import { addDays, daysBetween, weekdayOf } from '#shared/calendar/days.ts';
import { seenByAll, seenOfBuild, seenOfDigests } from '../commands/notices.ts';
import { digestId } from '../digest/ledger/ledger.ts';
import { Refused, type Transport } from '../digest/mail/transport.ts';
import type { Issue } from '../digest/schedule/issue.ts';
import { sendDigests } from '../digest/send.ts';
import { memoryWorld, plainRenderer, putCall } from '../fixtures/world.ts';
import { silentLog } from '../lib/console.ts';
import type { Change } from '../notify/changes.ts';
import { notify } from '../notify/notify.ts';
import { isLate, lateRuns } from '../publish/late.ts';
import { readStatus } from '../publish/status.ts';
import { codeVersion } from '../render/version.ts';
import { buildAll } from '../run.ts';
import { memoryStore } from '../store/memory.ts';

const HOUR = 3_600_000;
const ORG = 'org_1';
const ADDRESS = 'sam@example.com';

/**
 * What goes wrong on which days: at noon of the first it begins, at noon of the last it ends. `mail`: the server refuses one mail, about the first day.
 */
export interface Incident {
  kind: 'config' | 'silence' | 'refusals' | 'mail' | 'no runs';
  from: string;
  to: string;
}

export interface Plan {
  /** First and last day of the clock. */
  from: string;
  to: string;
  /** Hours between runs. */
  every: number;
  incidents: readonly Incident[];
  /** A number from 0 to 1, the same again for the same seed. */
  random: () => number;
  /** Folder of the compiled templates. */
  templates: string;
  /** Told at the beginning of each month. @param month such as "2026-02" @param runs until then */
  began?: (month: string, runs: number) => void;
}

export interface Year {
  /** Ids of the digests, as each mail left. */
  mails: string[];
  /** Subject and state of each change, with the day on which it was told. */
  told: string[];
  /** Hours at which an outside monitor said late, and those at which it should have. */
  late: { said: number[]; due: number[] };
  runs: number;
}

/** Let the days pass. A monitor looks every hour, whatever runs do. */
export async function runYear({ from, to, every, incidents, random, templates, began }: Plan): Promise<Year> {
  let clock = 0;
  const store = () => memoryStore(() => clock);
  const stores = { results: store(), config: store(), reports: store() };
  const world = memoryWorld({ ...stores, codeVersion: codeVersion(), renderer: plainRenderer });
  const { reports, results, config } = world;
  const year: Year = { mails: [], told: [], late: { said: [], due: [] }, runs: 0 };
  const isOn = (kind: Incident['kind'], at: number) =>
    incidents.some((each) => each.kind === kind && at >= noon(each.from) && at < noon(each.to));
  const spec = (at: number) => ({
    timeZone: 'Europe/London',
    agentDomains: ['agents.example'],
    ...(isOn('config', at) && { passMark: 'high' }),
    digest: {
      days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
      recipients: [{ address: ADDRESS, kinds: ['daily', 'weekly', 'monthly'] }],
    },
  });
  const refused = new Set(incidents.filter(({ kind }) => kind === 'mail').map(refusedMail));
  const transport: Transport = {
    close: async () => {},
    async send({ id, bytes }) {
      if (refused.has(id)) throw new Refused('550 no such mailbox');
      const digest = /^X-CCI-Digest-Id: (\w+)/im.exec(new TextDecoder().decode(bytes))?.[1];
      if (digest !== id) throw new Error('a mail of another digest');
      year.mails.push(id);
      return { id };
    },
  };
  const channel = {
    send: async ({ at, changes }: { at: string; changes: readonly Change[] }) =>
      void year.told.push(...changes.map(({ subject, state }) => `${at.slice(0, 10)} ${subject} ${state}`)),
  };
  const run = async (at: number) => {
    const now = () => new Date(at);
    await config.put(`${ORG}/report-config.json`, JSON.stringify(spec(at)));
    const outcomes = await buildAll({ ...world, now, logFor: () => silentLog, expectEvery: 2 * every * 60 }, undefined);
    const sent = await sendDigests({
      ...{ config, reports, mailUrl: 'file:unused', transport, from: 'reports@cci.example' },
      ...{ now, log: silentLog, templates },
    });
    const built = outcomes.map((each) => seenOfBuild(each, at));
    await notify({ reports, channel, now }, seenByAll(built, seenOfDigests(sent)));
    year.runs++;
  };

  let lastRun = Number.POSITIVE_INFINITY;
  const starts = startsOf({ from, to, every, random }, (at) => isOn('no runs', at));
  for (let hour = Date.parse(`${from}T00:30:00Z`); hour < Date.parse(`${addDays(to, 1)}T00:00:00Z`); hour += HOUR) {
    clock = hour;
    const day = new Date(hour).toISOString();
    if (day.startsWith('01T00', 8)) began?.(day.slice(0, 7), year.runs);
    await arrive(results, hour, isOn);
    for (const { at, times } of starts.filter((each) => each.at > hour - HOUR && each.at <= hour)) {
      await Promise.all(Array.from({ length: times }, () => run(at)));
      lastRun = at;
    }
    const { status } = await readStatus(reports);
    if (lastRun === Number.POSITIVE_INFINITY) continue;
    if (isLate(lateRuns(status, [ORG], hour))) year.late.said.push(hour);
    if (hour - lastRun > 2 * every * HOUR) year.late.due.push(hour);
  }
  return year;
}

const noon = (day: string): number => Date.parse(`${day}T12:00:00Z`);

/** When runs begin: one in ten does not come, one in twenty comes twice at once, and some come up to seven hours late. */
function startsOf(
  { from, to, every, random }: Pick<Plan, 'from' | 'to' | 'every' | 'random'>,
  isOut: (at: number) => boolean,
): { at: number; times: number }[] {
  const starts: { at: number; times: number }[] = [];
  for (let at = noon(from); at < Date.parse(`${addDays(to, 1)}T00:00:00Z`); at += every * HOUR) {
    const [fate, late] = [random(), random()];
    const start = at + (late < 0.05 ? Math.floor(late * 140 * HOUR) : 0);
    if (fate >= 0.1 && !isOut(start)) starts.push({ at: start, times: fate >= 0.95 ? 2 : 1 });
  }
  return starts.sort((a, b) => a.at - b.at);
}

/** A call an hour from nine to five, but on Sundays, processed at once. */
async function arrive(
  results: Parameters<typeof putCall>[0],
  hour: number,
  isOn: (kind: Incident['kind'], at: number) => boolean,
): Promise<void> {
  const at = new Date(hour);
  const day = at.toISOString().slice(0, 10);
  const isOpen = weekdayOf(day) !== 0 && at.getUTCHours() >= 9 && at.getUTCHours() < 17;
  if (!isOpen || isOn('silence', hour)) return;
  const began = new Date(hour - 20 * 60_000).toISOString();
  const ended = new Date(hour - 15 * 60_000).toISOString();
  const id = `c-${day}-${at.getUTCHours()}`;
  const call = { start_timestamp: began, end_timestamp: ended, processing_timestamp: at.toISOString() };
  await putCall(results, ORG, { id, call, enriched: null });
  for (const bad of isOn('refusals', hour) ? [1, 2, 3, 4, 5, 6] : [])
    await results.put(`${ORG}/final/v2.0-flat/calls/${id}-bad-${bad}.jsonl`, '{');
}

/** The mails that are due about the days from one to another, as `runYear` notes them. */
export function dueBetween(from: string, to: string): string[] {
  const issues = daysBetween(from, to).flatMap((date): Issue[] => [
    ...(weekdayOf(date) >= 1 && weekdayOf(date) <= 5 ? [{ kind: 'daily' as const, date }] : []),
    ...(weekdayOf(date) === 0 ? [{ kind: 'weekly' as const, date }] : []),
    ...(addDays(date, 1).endsWith('-01') ? [{ kind: 'monthly' as const, date }] : []),
  ]);
  return issues.map(mailOf);
}

/** The mail that the server refuses. */
export const refusedMail = ({ from }: Incident): string => mailOf({ kind: 'daily', date: from });

const mailOf = (issue: Issue): string => digestId({ organization: ORG, ...issue, address: ADDRESS });
