/** What the page of a call says of one rule. */
export interface RuleTexts {
  /** On that page. */
  href: string; // e.g., "/calls/c01/#q-1"
  evidence?: string;
  coachNote?: string;
}

/**
 * What was noted and quoted for a rule, read from the page of a call as `RuleRail` wrote it; undefined where the page has no such rule.
 * @param path of the page
 * @param name the rule's, as shown
 */
export function ruleTexts(page: Document, path: string, name: string): RuleTexts | undefined {
  const rules = Array.from(page.querySelectorAll('.rail ol > li'));
  const at = rules.findIndex((rule) => textOf(rule.querySelector('.rail-head b')?.firstChild) === name.trim());
  const rule = rules[at];
  if (!rule) return undefined;
  const label = Array.from(rule.querySelectorAll('p > .quiet')).find((each) => textOf(each) === 'Coach note');
  const coachNote = textOf(label?.nextSibling);
  const evidence = textOf(rule.querySelector('.quote > span')).replace(/^“|”$/g, '');
  return { href: `${path}#q-${at + 1}`, ...(evidence && { evidence }), ...(coachNote && { coachNote }) };
}

const textOf = (node: Node | null | undefined): string => node?.textContent?.trim() ?? '';
