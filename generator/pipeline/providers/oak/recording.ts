import type { JsonObject, Recording } from '../../ports.ts';
import { defined, wordOf } from '../defined.ts';
import { callId } from '../ids.ts';
import { instantOf } from '../times.ts';

/** What ClarifyGo says of a recording, as ours. @returns undefined while it is still being recorded */
export function recordingOf(raw: JsonObject, zone: string | undefined): Recording | undefined {
  const said = (name: string): string | undefined => wordOf(raw[name]);
  const ended = said('mediaCompletedTime');
  if (ended === undefined) return undefined;
  const [from, to] = [said('callingParty'), said('calledParty')];
  const times = { started: instantOf(said('mediaStartedTime') ?? '', zone), ended: instantOf(ended, zone) };
  return defined<Recording>({
    id: callId(String(raw.id)),
    group: said('recordingGroupingId'),
    from,
    to,
    ...times,
    agent: agentOf(raw.pbxAccountEndpoints),
    meeting: isMeeting(from, to) ? true : undefined,
    raw,
  });
}

/** Who has an account on the telephone system: the first who is named. */
function agentOf(endpoints: unknown): string | undefined {
  const all = Array.isArray(endpoints) ? endpoints.map((each) => Object(each) as { [name: string]: unknown }) : [];
  return all.map(({ number, name }) => wordOf(number) ?? wordOf(name)).find((each) => each !== undefined);
}

/** A room for meetings on one side, and nobody from outside, which a number would be, on the other. */
function isMeeting(from: string | undefined, to: string | undefined): boolean {
  const parties = [from, to].filter((each) => each !== undefined);
  return parties.some((each) => /meeting/i.test(each)) && !parties.some((each) => /^\+?[\d\s()/.-]{5,}$/.test(each));
}
