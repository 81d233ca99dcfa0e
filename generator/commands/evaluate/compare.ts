import { safeText } from '#shared/format/csv.ts';
import { closest } from '../../lib/closest.ts';
import { oneLine, type Printable, quoted, say } from '../../lib/printable.ts';
import { maskNames } from '../../masking/names.ts';
import { ruleId } from '../../normalize/rules.ts';
import type { Label } from './labels.ts';
import type { JudgedCall, Published } from './verdicts.ts';

/** One rule of one call, as a person and as the report judged it; true: passed. */
export interface Pair {
  line: number;
  call: JudgedCall;
  /** Identity, and name as shown. */
  rule: string;
  name: string;
  person: boolean;
  report: boolean;
}

/** A label that is in no figure, and why. */
export interface LeftOut {
  line: number;
  why: Printable;
}

/** What a label's call can be looked up by: an id, or the path of a page out of a link. */
export function callName(text: string): string {
  const url = /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (!url) return text;
  try {
    return decodeURI(url.pathname);
  } catch {
    return url.pathname;
  }
}

/**
 * Labels beside what the report says. Of two labels on one rule of one call the second is left out where it says the same, and
 * both are where they contradict each other.
 */
export function compareLabels(labels: readonly Label[], published: Published): { pairs: Pair[]; leftOut: LeftOut[] } {
  const found = new Map<string, Pair[]>();
  const leftOut: LeftOut[] = [];
  for (const label of labels) {
    const pair = pairOf(label, published);
    if ('why' in pair) leftOut.push(pair);
    else {
      const key = JSON.stringify([pair.call.path, pair.rule]);
      found.set(key, [...(found.get(key) ?? []), pair]);
    }
  }
  const pairs: Pair[] = [];
  for (const [first, ...more] of found.values()) {
    if (!first) continue;
    const agree = more.every(({ person }) => person === first.person);
    if (agree) pairs.push(first);
    for (const { line } of agree ? more : [first, ...more])
      leftOut.push({
        line,
        why: agree
          ? say`the same rule of the same call is on line ${first.line}, with the same verdict`
          : say`lines ${[first, ...more].map((each) => each.line)} contradict each other on one rule of one call`,
      });
  }
  return { pairs, leftOut: leftOut.sort((a, b) => a.line - b.line) };
}

function pairOf({ line, call: given, rule: asked, pass: person }: Label, published: Published): Pair | LeftOut {
  const rule = ruleOf(asked, published.rules);
  const [call, ...alike] = published.calls.get(callName(given)) ?? [];
  // What no call is called may hold a number that the site masks.
  if (!call) return { line, why: say`the site has no call ${quoted(maskNames(given))}` };
  if (alike.length > 0)
    return {
      line,
      why: say`${alike.length + 1} calls are shown as ${quoted(call.id)}: name the one by the path of its page, such as ${call.path}`,
    };
  const report = call.verdicts.get(rule);
  if (report !== undefined) return { line, call, rule, name: published.rules.get(rule) ?? asked, person, report };
  if (published.rules.has(rule))
    return { line, why: say`no verdict of the report on ${quoted(asked)} counts for this call` };
  const meant = closest(asked, [...published.rules.values()]);
  const hint = meant.length > 0 ? say` (is it ${oneLine(meant.map(quoted), ' or ')}?)` : say``;
  return { line, why: say`the site has no rule ${quoted(asked)}${hint}` };
}

/** The identity of a rule, by its name as shown or as a CSV file of the site has it. */
function ruleOf(asked: string, rules: Published['rules']): string {
  const own = ruleId(asked);
  if (rules.has(own) || !asked.includes("'")) return own;
  const safe = [...rules].find(([, name]) => ruleId(safeText(name)) === own);
  return safe?.[0] ?? own;
}
