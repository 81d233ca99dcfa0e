import { type Day, weekOf } from './calendar.ts';
import type { Agent, DemoTenant, Scenario } from './model.ts';
import { at, type Random, random } from './random.ts';

/** A call before anybody speaks: when, who with whom, and about what. */
export interface Plan {
  tenant: DemoTenant;
  seed: number;
  day: Day;
  index: number;
  calls: number;
  /** Epoch milliseconds. */
  start: number;
  /** Local hour of the start. */
  hour: number;
  agent: Agent;
  /** The outside number's index. */
  caller: number;
  /** Which call of the week about the same matter; 1 for nearly all. */
  nth: number;
  scenario: Scenario;
}

/** An agent is not given another call this soon, in seconds. */
const BUSY = 15 * 60;
const REPEATERS_A_WEEK = 4;

/** How many calls a day has. @param weekday Calls of a working day, least and most, instead of the tenant's own. */
export function callsOf(tenant: DemoTenant, seed: number, day: Day, weekday?: readonly [number, number]): number {
  const [low, high] = weekday ?? tenant.volume.weekday;
  const weekend = weekday ? ([low / 2, high * 0.35] as const) : tenant.volume.weekend;
  const [from, to] = day.weekday <= 5 ? [low, high] : weekend;
  const [least, most] = [Math.max(1, Math.round(Math.min(from, to))), Math.max(1, Math.round(Math.max(from, to)))];
  // Mondays are the busiest: nearer to the upper end.
  const share = random(seed, tenant.org, day.date, 'calls').next();
  const busier = day.weekday === 1 ? Math.sqrt(share) : share;
  return least + Math.floor((most - least + 1) * Math.min(busier, 0.9999));
}

/** The calls of one day, by start. */
export function planDay(tenant: DemoTenant, seed: number, day: Day, calls: number): Plan[] {
  const draw = random(seed, tenant.org, day.date, 'day');
  const seconds = Array.from({ length: calls }, () => startOf(tenant, day, draw)).sort((a, b) => a - b);
  const busyUntil = new Map<string, number>();
  const starter = tenant.agents.find(({ startedDaysAgo }) => startedDaysAgo !== undefined && day.ago < startedDaysAgo);
  const repeats = repeatsOf(tenant, seed, day);
  return seconds.map((second, index) => {
    const hour = Math.floor(second / 3600);
    const repeat = repeats.get(index);
    const usual = agentAt(tenant, seed, day, second, busyUntil, draw);
    const scenario = draw.weighted(tenant.scenarios, ({ weight }) => weight);
    const caller = draw.int(0, tenant.phones - 1);
    busyUntil.set(usual.id, second + BUSY);
    return {
      tenant,
      seed,
      day,
      index,
      calls,
      start: day.noon + (second - 12 * 3600) * 1000,
      hour,
      agent: index === 3 && starter ? starter : usual,
      caller: repeat?.caller ?? caller,
      nth: repeat?.nth ?? 1,
      scenario: repeat?.scenario ?? scenario,
    };
  });
}

function startOf(tenant: DemoTenant, day: Day, draw: Random): number {
  const hours = Object.keys(tenant.hours).map(Number);
  const open = day.weekday <= 5 ? hours : hours.filter((hour) => hour >= 9 && hour < 17);
  return draw.weighted(open, (hour) => tenant.hours[hour] ?? 0) * 3600 + draw.int(0, 3599);
}

/** Somebody on shift, in that week, and not on another call. */
function agentAt(
  tenant: DemoTenant,
  seed: number,
  day: Day,
  second: number,
  busy: Map<string, number>,
  draw: Random,
): Agent {
  const week = weekOf(day);
  const regular = tenant.agents.filter(({ share }) => share > 0);
  const there = regular.filter((agent, i) => {
    if (random(seed, tenant.org, agent.id, week, 'away').chance(0.06)) return false;
    if (day.weekday > 5) return (i + week / 7) % 3 < 1;
    return second >= agent.shift[0] * 3600 && second < agent.shift[1] * 3600;
  });
  const free = there.filter(({ id }) => (busy.get(id) ?? 0) <= second);
  const choice = free.length > 0 ? free : there.length > 0 ? there : regular;
  return draw.weighted(choice, ({ share }) => share);
}

/** Callers of the week who come back about the same matter: index of the call → who, which time, about what. */
function repeatsOf(tenant: DemoTenant, seed: number, day: Day) {
  const week = weekOf(day);
  const draw = random(seed, tenant.org, week, 'repeat');
  const matters = tenant.scenarios.filter(({ steps }) =>
    steps.some((step) => typeof step === 'object' && 'again' in step),
  );
  const today = new Map<number, { caller: number; nth: number; scenario: Scenario }>();
  for (let i = 0; i < REPEATERS_A_WEEK; i++) {
    const caller = draw.int(0, tenant.phones - 1);
    const scenario = draw.pick(matters);
    const times = draw.int(3, 5);
    // Two repeaters never share a call: each has an index of its own. One call a day, from Monday or Tuesday on.
    const first = draw.int(0, 5 - times);
    const nth = day.weekday - first;
    if (nth >= 1 && nth <= times) today.set(4 + i, { caller, nth, scenario });
  }
  return today;
}

/** The person behind an outside number: always the same name, address and date of birth. */
export function personOf(tenant: DemoTenant, caller: number): { first: string; last: string; draw: Random } {
  const draw = random(tenant.org, 'person', caller);
  return {
    first: at(tenant.firstNames, draw.int(0, tenant.firstNames.length - 1)),
    last: draw.pick(tenant.surnames),
    draw,
  };
}
