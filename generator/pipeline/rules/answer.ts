import { z } from 'zod';
import { type Printable, say } from '../../lib/printable.ts';
import { counted } from '../../lib/words.ts';
import type { Evaluation, Json, JsonObject, Task, Turn, Verdict } from '../ports.ts';
import { insightsOf } from './insights.ts';
import { isObject, objectIn } from './json-text.ts';
import { saidOf } from './quote.ts';
import { ruleId } from './schema.ts';
import { scoreOf, textOf, verdictOf } from './values.ts';

/** What a model's answer comes to; why it cannot be used, as the end of a sentence. */
export type Answer = { evaluation: Evaluation } | { unreadable: Printable };

/** Fields may be called as other prompts call them; what they hold is read with care below. */
const Row = z
  .looseObject({})
  .transform((row) => row as JsonObject)
  .transform((row) => ({
    rule: row.rule ?? row.rule_id ?? row.rule_name ?? row.id ?? row.name,
    verdict: row.verdict ?? row.pass ?? row.passed ?? row.result,
    isJudged: ['verdict', 'pass', 'passed', 'result'].some((name) => row[name] !== undefined),
    score: row.score,
    quote: row.quote ?? row.evidence,
    note: row.note ?? row.coach_note,
  }))
  .refine(({ rule }) => typeof rule === 'string' || typeof rule === 'number');

/**
 * Read what a model answered. Names and weights are the configuration's, each rule has one verdict, in the configuration's order; a rule of which the
 * answer says nothing has none, and nothing is invented: no score, no row, no quote that nobody said.
 * @param answer text, or an object that the service has read
 */
export function readAnswer(answer: string | Json, turns: readonly Turn[], task: Task): Answer {
  const { rules } = task;
  const isAnswer = (object: JsonObject): boolean =>
    rules.length > 0 ? Array.isArray(object.rule_results) : isObject(object.insights);
  const object = typeof answer === 'string' ? objectIn(answer, isAnswer) : answer;
  if (!isObject(object)) return { unreadable: say`the model’s answer is no JSON object` };
  const remarks: Printable[] = [];
  const insights = insightsOf(object.insights, task.insights, remarks);
  if (rules.length === 0) return { evaluation: { verdicts: [], insights, ...(remarks.length > 0 && { remarks }) } };
  if (!Array.isArray(object.rule_results)) return { unreadable: say`the model’s answer has no list of rules` };
  const rows = rowsOf(object.rule_results, task, remarks);
  const read = rules.map(({ name, description }, at) =>
    judged({ name, description }, rows.get(at) ?? [], turns, remarks),
  );
  if (read.every(({ state }) => state === 'silent'))
    return { unreadable: say`the model’s answer judges none of the rules` };
  if (read.every(({ state }) => state === 'empty' || state === 'silent'))
    return { unreadable: say`the model’s answer fails every rule, and gives neither words nor a reason` };
  const verdicts = read.map(({ verdict }) => verdict);
  return { evaluation: { verdicts, insights, ...(remarks.length > 0 && { remarks }) } };
}

type ReadRow = z.output<typeof Row>;

/** Rows by the place of their rule; what is of no rule is counted and left out. */
function rowsOf(given: readonly Json[], { rules }: Task, remarks: Printable[]): Map<number, ReadRow[]> {
  const places = new Map<string, number | undefined>();
  // A name that two rules share is of neither.
  for (const [at, { name }] of rules.entries()) places.set(plain(name), places.has(plain(name)) ? undefined : at);
  for (const at of rules.keys()) places.set(ruleId(at), at);
  const rows = new Map<number, ReadRow[]>();
  let strangers = 0;
  for (const each of given) {
    const row = Row.safeParse(each).data;
    const at = row && places.get(plain(String(row.rule)));
    if (at === undefined) strangers++;
    else rows.set(at, [...(rows.get(at) ?? []), row as ReadRow]);
  }
  if (strangers > 0)
    remarks.push(say`${counted(strangers, 'row')} of the model’s answer named no rule of the configuration.`);
  return rows;
}

const plain = (name: string): string => name.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase();

/** `silent`: nothing is said of the rule. `empty`: failed at 0, without a word why, as a model answers that did not look. */
interface Judged {
  verdict: Verdict;
  state: 'judged' | 'silent' | 'empty';
}

function judged(
  { name, description }: { name: string; description: string | undefined },
  rows: readonly ReadRow[],
  turns: readonly Turn[],
  remarks: Printable[],
): Judged {
  if (rows.length > 1) remarks.push(say`The model judged the rule ${name} ${rows.length} times.`);
  const row = rows.toSorted((a, b) => rank(a) - rank(b) || (scoreOf(a.score) ?? 101) - (scoreOf(b.score) ?? 101))[0];
  if (!row) return { verdict: { rule: name, reason: say`the model gave no verdict` }, state: 'silent' };
  const pass = row.isJudged ? verdictOf(row.verdict ?? null) : undefined;
  if (pass === 'none')
    return {
      verdict: { rule: name, reason: say`the model found that it does not apply to this call` },
      state: 'judged',
    };
  if (pass === undefined)
    return { verdict: { rule: name, reason: say`the model gave no verdict that can be read` }, state: 'silent' };
  const score = scoreOf(row.score);
  // A call's score is made of those of its rules: one that nobody gave has no part in it.
  if (score === undefined)
    return { verdict: { rule: name, reason: say`the model gave no score from 0 to 100` }, state: 'silent' };
  const words = textOf(row.quote);
  const quote = words === undefined ? undefined : saidOf(words, turns);
  if (words !== undefined && quote === undefined)
    remarks.push(say`The model quoted for the rule ${name} what nobody said.`);
  const said = textOf(row.note);
  const note = said ?? (pass ? undefined : missed(description));
  return {
    verdict: {
      rule: name,
      pass,
      score,
      ...(quote && { quote }),
      ...(note && { note }),
    },
    state: !pass && !score && words === undefined && said === undefined ? 'empty' : 'judged',
  };
}

/** Of two rows of one rule the failed one counts, then one with a verdict. */
function rank({ verdict, isJudged }: ReadRow): number {
  const pass = isJudged ? verdictOf(verdict ?? null) : undefined;
  return pass === false ? 0 : pass === true ? 1 : pass === 'none' ? 2 : 3;
}

const missed = (description: string | undefined): string =>
  description?.trim()
    ? `Not met, and the model gave no reason. The rule says: ${description.trim()}`
    : 'Not met, and the model gave no reason.';
