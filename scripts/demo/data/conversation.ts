import { spokenDay, spokenMonth, spokenYear } from './calendar.ts';
import type { Facts, Lines, Slots, Step } from './model.ts';
import { type Plan, personOf } from './plan.ts';
import { random } from './random.ts';

interface Turn {
  /** A: the agent. C: the other party. */
  who: 'A' | 'C';
  text: string;
  /** Seconds of silence after it. */
  pause: number;
}

export interface Conversation {
  turns: Turn[];
  /** Rule keys in the order in which they came up → the words quoted, if any. */
  quotes: Map<string, string | undefined>;
  /** Rule key → the coach note that belongs to what was said. */
  notes: Map<string, string>;
  /** The words that filled the slots, for the summary. */
  fill: (text: string) => string;
}

/**
 * What was said, from the scenario's steps.
 * @param passes Whether the agent does what a rule asks for.
 * @param extra Lines said just before the goodbyes.
 */
export function converse(
  plan: Plan,
  facts: Facts,
  passes: (rule: string) => boolean,
  extra: Lines = [],
  redacted = false,
): Conversation {
  const { tenant, scenario, seed, day, index } = plan;
  const draw = random(seed, tenant.org, day.date, index, 'words');
  const words = slotsOf(plan, redacted);
  const fill = (text: string): string => text.replace(/\{(\w+)\}/g, (_, name: string) => words(name));
  const spoken = tenant.unpunctuated ? plain : (text: string) => text;
  const turns: Turn[] = [];
  const quotes = new Map<string, string | undefined>();
  const notes = new Map<string, string>();

  const say = (lines: Lines, rule?: string): void => {
    if (rule !== undefined && !quotes.has(rule)) quotes.set(rule, undefined);
    for (const line of lines) {
      const [, who, said, pause] = /^([ACN]): (.*?)(?: ~(\d+))?$/.exec(line) ?? [];
      if (who === undefined || said === undefined) throw new Error(`unreadable line: ${line}`);
      if (who === 'N') {
        if (rule !== undefined) notes.set(rule, said);
        continue;
      }
      const filled = capital(fill(said));
      const quote = /«(.*?)»/.exec(filled)?.[1];
      if (rule !== undefined && quote !== undefined && quotes.get(rule) === undefined) quotes.set(rule, spoken(quote));
      add(who === 'A' ? 'A' : 'C', spoken(filled.replace(/[«»]/g, '')), Number(pause ?? 0));
    }
  };
  const add = (who: Turn['who'], text: string, pause: number): void => {
    const last = turns.at(-1);
    // One breath is one turn, unless there was a silence in it.
    if (last?.who === who && last.pause === 0) turns[turns.length - 1] = { who, text: `${last.text} ${text}`, pause };
    else turns.push({ who, text, pause });
  };
  const walk = (steps: readonly Step[], outer: boolean): void => {
    for (const step of steps) {
      if (typeof step === 'string') {
        if (outer && step.startsWith('closing')) say(extra);
        walk(tenant.blocks[step] ?? unknown(step), false);
      } else if ('any' in step) say(draw.pick(step.any));
      else if ('maybe' in step) {
        const lines = draw.pick(step.maybe);
        if (draw.chance(step.chance) && !(step.unlessBad && facts.outcome === 'bad')) say(lines);
      } else if ('rule' in step) {
        const from = (facts.outcome === 'bad' && step.ifBad) || step;
        say(draw.pick(passes(step.rule) ? from.pass : from.fail), step.rule);
      } else if ('outcome' in step) say(draw.pick(step.outcome[facts.outcome]));
      else if ('mood' in step) say(draw.pick(step.mood[facts.mood]));
      else if ('again' in step) {
        const lines = draw.pick(step.again);
        if (facts.nth > 1) say(lines);
      } else say(step);
    }
  };
  walk(scenario.steps, true);
  return { turns, quotes, notes, fill };
}

/** As a speech recogniser without punctuation writes it. */
function plain(text: string): string {
  const bare = text
    .toLowerCase()
    .replace(/[.,!?;:—…]/g, '')
    .replace(/[-–]/g, ' ');
  return bare.replaceAll('[pii]', '[PII]').replace(/\s+/g, ' ').trim();
}

/** A slot may open a line: "the 8th of May" begins with a capital then. */
const capital = (text: string): string => text.replace(/^«?[a-z]/, (start) => start.toUpperCase());

const unknown = (block: string): never => {
  throw new Error(`unknown block: ${block}`);
};

/** What stands for each slot of this call. A caller who comes back in the same week tells of the same sums and days. */
function slotsOf(plan: Plan, redacted: boolean): (name: string) => string {
  const { tenant, scenario, day, caller, agent, hour, nth } = plan;
  const person = personOf(tenant, caller);
  const own: Slots = { ...tenant.slots, ...scenario.slots };
  const later = plan.index % 3;
  const fixed: Record<string, string> = {
    agent: agent.name.split(' ')[0] ?? agent.name,
    first: redacted ? '[PII]' : person.first,
    last: redacted ? '[PII]' : person.last,
    office: agent.team,
    nth: ['first', 'second', 'third', 'fourth', 'fifth'][nth - 1] ?? 'umpteenth',
    count: ['one', 'two', 'three', 'four', 'five'][nth - 1] ?? 'six',
    partOfDay: hour < 12 ? 'morning' : hour < 17 ? 'afternoon' : 'evening',
    clock: `${((hour + 3) % 12) + 1} o'clock`,
    tomorrow: spokenDay(day, 1, tenant.unpunctuated),
    soon: spokenDay(day, 2 + later, tenant.unpunctuated),
    later: spokenDay(day, 7 + later, tenant.unpunctuated),
    lastMonth: spokenMonth(day, 1),
    childDob: `march ninth ${spokenYear(Number(day.date.slice(0, 4)) - 4)}`,
  };
  const private_ = new Set(['dob', 'postcode', 'street', 'account', 'member']);
  return (name) => {
    const known = fixed[name];
    if (known !== undefined) return known;
    const values = own[name];
    if (!values) throw new Error(`unknown slot: ${name}`);
    if (redacted && private_.has(name)) return '[PII]';
    // A scenario's slots share one draw: lists of one length are pairs, such as a reading and what it was taken for.
    const shared = scenario.slots?.[name] ? scenario.topic : name;
    return random(tenant.org, 'person', caller, shared).pick(values);
  };
}
