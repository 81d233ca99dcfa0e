import type { CallFilter } from '../filter/filter.ts';
import { count, share } from '../format/format.ts';
import { failedOf } from '../format/rate.ts';
import type { Phrase, RuleLine, SiteView } from '../view.ts';
import type { FigureLinks, Named } from './lead-parts.ts';
import { failedShare, type NamedRule, namedRule } from './named-rule.ts';

/** From so great a part of a rule's failures on, who has most of them is worth a word. */
const NOTABLE_PART = 0.2;

const OPENING = {
  rose: ' Failures rose most for ',
  fell: ' Failures fell most for ',
  weakest: ' The weakest rule is ',
  few: ' ',
} as const;

/**
 * The sentence about the rule behind a change: see `namedRule`. A rule's calls are its own evaluated ones, never those of another.
 * @param moved by how many points the share of passed calls did; undefined where that cannot be said
 * @param past what the rules are compared with
 */
export function ruleSentence(
  site: SiteView,
  rules: readonly RuleLine[],
  moved: number | undefined,
  own: CallFilter,
  past: Named | undefined,
  links?: FigureLinks,
): Phrase {
  if (rules.length === 0) return [];
  const named = namedRule(rules, moved, site.minimumN);
  if (!named) return [' No rule failed on any of them.'];
  const { rule, as } = named;
  const { locale } = site;
  const failed = failedOf(rule);
  const on = { ...own, rule: [rule.id] };
  return [
    OPENING[as],
    { text: rule.name, strong: true },
    as === 'few' ? ' failed on ' : ': failed on ',
    number(failed === 0 ? 'none' : count(failed, locale), failed === 0 ? undefined : links?.(on)),
    ' of its ',
    number(count(rule.evaluated, locale), links?.({ ...on, result: 'evaluated' })),
    rule.evaluated === 1 ? ' call' : ' calls',
    ...(as === 'few' ? [] : shares(named, locale, past, links)),
    ...(as === 'fell' ? [] : mostly(rule, on, locale, links)),
    '.',
  ];
}

/** " (16.0%, up from 10.0%)". */
function shares({ rule, as }: NamedRule, locale: string, past: Named | undefined, links?: FigureLinks): Phrase {
  const now = ` (${share(failedShare(rule), locale)}`;
  if (as === 'weakest' || !past) return [`${now})`];
  const was = failedOf(rule.before) === 0 ? 'none' : share(failedShare(rule.before), locale);
  const href = links?.({ from: past.from, to: past.to, rule: [rule.id], result: 'evaluated' });
  return [`${now}, ${as === 'rose' ? 'up' : 'down'} from `, href === undefined ? was : { text: was, href }, ')'];
}

/** ", 24 of them by Tomasz Nowak", where one agent has more than any other and a notable part of all. */
function mostly({ mostBy, ...rule }: RuleLine, on: CallFilter, locale: string, links?: FigureLinks): Phrase {
  if (mostBy?.kind !== 'agents' || mostBy.others > 0 || mostBy.agents.length !== 1) return [];
  const [most] = mostBy.agents;
  if (!most || most.failed < 2 || most.failed < failedOf(rule) * NOTABLE_PART) return [];
  const href = most.agent.id === null ? undefined : links?.({ ...on, agent: [most.agent.id] });
  if (most.failed === failedOf(rule)) return [`, all of them by ${most.agent.name}`];
  return [', ', number(count(most.failed, locale), href), ` of them by ${most.agent.name}`];
}

const number = (text: string, href: string | undefined) => ({
  text,
  strong: true as const,
  ...(href !== undefined && { href }),
});
