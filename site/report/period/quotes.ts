import { EXAMPLES } from '#shared/figures/agent-calls.ts';
import type { AgentPage, RuleExample } from '#shared/view.ts';
import { ruleTexts } from '../call/rule-texts.ts';

type WorkOn = AgentPage['workOn'][number];

/**
 * Rules to work on with what was noted and said, from the pages of their examples: of each rule the first calls that have something. A rule of which a page
 * cannot be had says so, and keeps links to its newest calls.
 * @param read the page of a call; the same is asked for once
 */
export function withQuotes(workOn: readonly WorkOn[], read: (path: string) => Promise<Document>): Promise<WorkOn[]> {
  const pages = new Map<string, Promise<Document>>();
  const pageAt = (path: string) => {
    const page = pages.get(path) ?? read(path);
    pages.set(path, page);
    return page;
  };
  return Promise.all(
    workOn.map(async ({ rule, examples }): Promise<WorkOn> => {
      try {
        return { rule, examples: await firstWithTexts(examples, rule.name, pageAt) };
      } catch {
        return { rule, examples: examples.slice(0, EXAMPLES), quotes: 'missing' };
      }
    }),
  );
}

/** No more pages are read than are needed: as many at once as examples are still wanted. */
async function firstWithTexts(
  calls: readonly RuleExample[],
  name: string,
  pageAt: (path: string) => Promise<Document>,
): Promise<RuleExample[]> {
  const found: RuleExample[] = [];
  for (let at = 0; at < calls.length && found.length < EXAMPLES; ) {
    const next = calls.slice(at, at + EXAMPLES - found.length);
    at += next.length;
    const told = await Promise.all(
      next.map(async (call) => ({ ...call, ...ruleTexts(await pageAt(call.href), call.href, name) })),
    );
    found.push(...told.filter(({ evidence, coachNote }) => evidence || coachNote));
  }
  return found;
}
