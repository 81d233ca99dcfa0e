import type { SentimentLabel } from '#shared/model.ts';
import type { Conversation } from './conversation.ts';
import type { Agent, DemoTenant, Facts, Mood, Outcome } from './model.ts';
import type { Plan } from './plan.ts';
import { type Random, random } from './random.ts';

/** One row of `qa/`, less the call's identity and overall figures. */
export interface Row {
  rule_name: string;
  category: string;
  score: number;
  pass: boolean;
  weight: number;
  evidence: string | null;
  coach_note: string | null;
}

export interface SentimentScores {
  overall: SentimentLabel;
  positive: number;
  neutral: number;
  negative: number;
  confidence: number;
}

/** What is settled before anybody speaks: how the caller feels, and how it ends. */
export function factsOf(plan: Plan): Facts {
  const { tenant, scenario, agent, seed, day, index, nth } = plan;
  const draw = random(seed, tenant.org, day.date, index, 'facts');
  const mood: Mood = draw.chance(scenario.upset + 0.25 * (nth - 1)) ? 'upset' : 'calm';
  const [good, fair, bad] = scenario.outcomes;
  const lift = Math.exp(agent.warmth * 0.6 - (mood === 'upset' ? 0.25 : 0) - 0.15 * (nth - 1));
  const weights: Record<Outcome, number> = { good: good * lift, fair, bad: bad / lift };
  const outcome = draw.weighted<Outcome>(['good', 'fair', 'bad'], (item) => weights[item]);
  return { outcome, mood, nth, next: scenario.next[outcome], day: day.date, chance: draw.chance };
}

/** Whether the agent does what a rule asks for. Each rule has a draw of its own, so that one story changes no other. */
export function passesOf(plan: Plan, facts: Facts): (rule: string) => boolean {
  const { tenant, agent, seed, day, index } = plan;
  const form =
    random(seed, tenant.org, day.date, index, 'form').bell() * 0.5 + { good: 0.25, fair: 0, bad: -0.45 }[facts.outcome];
  return (rule) => {
    const p = chanceOf(tenant, agent, rule, form) * slumpOf(tenant, agent, rule, day.ago);
    return random(seed, tenant.org, day.date, index, 'rule', rule).next() < p;
  };
}

function chanceOf(tenant: DemoTenant, agent: Agent, rule: string, form: number): number {
  const own = agent.rules?.[rule];
  const base = own ?? tenant.rules.find(({ key }) => key === rule)?.base ?? 0.9;
  const odds = Math.log(base / (1 - base)) + (own === undefined ? agent.skill : 0) + form;
  return 1 / (1 + Math.exp(-odds));
}

const slumpOf = ({ slump }: DemoTenant, agent: Agent, rule: string, ago: number): number =>
  slump?.rule !== rule || ago >= 7 ? 1 : agent.team === slump.team ? slump.inTeam : slump.elsewhere;

/** A call in which the agent did three things wrong ends no better than fairly. */
export function tempered(plan: Plan, facts: Facts, passes: (rule: string) => boolean): Facts {
  const failed = plan.tenant.rules.filter(({ key }) => !passes(key)).length;
  return facts.outcome === 'good' && failed >= 3 ? { ...facts, outcome: 'fair', next: plan.scenario.next.fair } : facts;
}

/** The rows of the rules that came up, in the tenant's order. */
export function rowsOf(plan: Plan, { quotes, notes: said }: Conversation, passes: (rule: string) => boolean): Row[] {
  const { tenant, seed, day, index } = plan;
  return tenant.rules
    .filter(({ key }) => quotes.has(key))
    .map(({ key, name, category, weight, notes }) => {
      const draw = random(seed, tenant.org, day.date, index, 'row', key);
      const pass = passes(key);
      const quote = quotes.get(key) ?? null;
      const score = pass
        ? draw.pick([100, 100, 100, 95, 90, 90, 85, 80])
        : quote
          ? draw.pick([20, 30, 40, 40, 50])
          : draw.pick([0, 0, 10, 20]);
      return {
        rule_name: name,
        category,
        score,
        pass,
        weight,
        evidence: quote,
        coach_note: pass ? null : (said.get(key) ?? draw.pick(notes)),
      };
    });
}

/** Weighted mean of the rules' scores, two decimals; 0 without rules. */
export function overallOf(rows: readonly { score: number; weight: number }[]): number {
  const weight = rows.reduce((sum, row) => sum + row.weight, 0);
  return weight === 0 ? 0 : round(rows.reduce((sum, row) => sum + row.score * row.weight, 0) / weight);
}

export const gradeOf = (score: number): string =>
  score >= 90 ? 'A' : score >= 80 ? 'B' : score >= 70 ? 'C' : score >= 60 ? 'D' : 'E';

/** Labels by how the call went: positive, neutral, negative, mixed. */
const labels: Record<`${Outcome} ${Mood}`, readonly [number, number, number, number]> = {
  'good calm': [0.84, 0.15, 0, 0.01],
  'good upset': [0.58, 0.24, 0, 0.18],
  'fair calm': [0.26, 0.65, 0.03, 0.06],
  'fair upset': [0.08, 0.5, 0.27, 0.15],
  'bad calm': [0, 0.18, 0.7, 0.12],
  'bad upset': [0, 0.04, 0.88, 0.08],
};

/** Sentiment that fits the outcome. @param always A label to take whatever the outcome. */
export function sentimentOf(plan: Plan, { outcome, mood }: Facts, always?: SentimentLabel): SentimentScores {
  const draw = random(plan.seed, plan.tenant.org, plan.day.date, plan.index, 'sentiment');
  const names: SentimentLabel[] = ['positive', 'neutral', 'negative', 'mixed'];
  const likely = labels[`${outcome} ${mood}`];
  const label = always ?? draw.weighted(names, (name) => likely[names.indexOf(name)] ?? 0);
  return { overall: label, ...sharesOf(label, draw) };
}

function sharesOf(label: SentimentLabel, draw: Random): Omit<SentimentScores, 'overall'> {
  const most = draw.between(0.52, 0.94);
  const rest = 1 - most;
  const cut = draw.between(0.15, 0.6);
  const [a, b] = [round(rest * cut), round(rest * (1 - cut) * draw.between(0.8, 1))];
  const top = round(most);
  if (label === 'positive') return { positive: top, neutral: b, negative: a, confidence: top };
  if (label === 'negative') return { positive: a, neutral: b, negative: top, confidence: top };
  if (label === 'neutral') return { positive: a, neutral: top, negative: b, confidence: top };
  // The mixed share itself is dropped by the pipeline.
  return { positive: a, neutral: round(rest * 0.1), negative: b, confidence: top };
}

/** Coach notes again, as the pipeline does, and now and then one of the model's own. */
export function recommendationsOf({ scenario, seed, tenant, day, index }: Plan, rows: readonly Row[]): string[] | null {
  const draw = random(seed, tenant.org, day.date, index, 'tips');
  const notes = rows.filter((row) => row.coach_note).map((row) => `Rule '${row.rule_name}': ${row.coach_note}`);
  const all = scenario.tip && draw.chance(0.35) ? [...notes, scenario.tip] : notes;
  return all.length > 0 ? all : null;
}

const round = (n: number): number => Math.round(n * 100) / 100;
