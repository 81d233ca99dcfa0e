/**
 * What one digest says, in words: HTML and text are filled from the same strings, so they cannot disagree. Plain JSON;
 * what is not there is null, never undefined, because the templates are strict. Made of rule names, categories, agents'
 * names, counts, scores, dates and call ids alone: of nothing that was said or that a model wrote about it.
 */
export interface DigestView {
  subject: string; // e.g., "79.2% passed on Tue 9 Dec, down 4 points: critical rule failed on 41 calls"
  preheader: string;
  /** "#RRGGBB", checked for contrast. */
  accent: { light: string; onLight: string; dark: string; onDark: string };
  /** Name of the organization, and its first letter. */
  name: string;
  initial: string;
  date: string; // e.g., "Tue 9 Dec 2025"
  /** Whose calls these are; null: all. */
  scope: string | null;
  /** Configured alerts that are so; they stand first. */
  alerts: { text: string; href: string | null }[];
  lead: { text: string; strong: boolean; href: string | null }[];
  leadText: string;
  /** A second sentence: on a quiet day, and on one that is told with the days before it. */
  note: string | null;
  critical: { name: string; failed: string; change: string; href: string | null; pastHref: string | null }[];
  /** What the day, the week or the month is compared with. */
  compared: string; // e.g., "against Tue 2 Dec", "no calls on Tue 2 Dec to compare with"
  comparedHref: string | null;
  figures: FigureView[];
  figuresTitle: string; // e.g., "The day in figures"
  /** The title as the text part has it. */
  figuresHeading: string;
  callsNote: string; // e.g., "ranked as on the site, 5 of 26"
  /** Whether any of the calls has a score. */
  scored: boolean;
  calls: CallView[];
  rules: RuleView[];
  /** What the rules are compared with; null where none is. */
  rulesNote: string | null;
  /** Last 7 days against the 7 before; a week or a month against the one before. */
  movers: MoverView[];
  moversNote: string;
  /** Of 28 days, or of the month. */
  coach: CoachView[];
  coachTitle: string; // "Agents to coach"; in one agent's digest "To work on"
  /** The title as the text part has it. */
  coachHeading: string;
  coachNote: string;
  trend: TrendView | null;
  /** Where the button leads; null: no button. */
  open: string | null;
  /** Where the recipient ends the digest; also for those who get no other link. */
  stop: string | null;
  often: string; // e.g., "You get this once a day."
  trust: string[];
}

export interface FigureView {
  name: string;
  value: string;
  unit: string | null; // e.g., "h:mm"
  href: string | null;
  /** e.g., "▼ 4.3 pts, worse" */
  change: string | null;
  worse: boolean;
  better: boolean;
  /** What it is compared with and how many calls it covers; e.g., "from 83.0% · n 89, was 86" */
  line: string | null;
  /** The calls that the figure is compared with. */
  pastHref: string | null;
  /** Of the row: in pixels for Outlook, in per cent for the others. */
  width: number;
  share: string;
  /** Last of its row. */
  breaks: boolean;
}

export interface CallView {
  score: string | null;
  /** Why there is none; null where there is one. */
  unscored: string | null; // e.g., "not evaluated yet"
  below: boolean;
  name: string; // e.g., "Jannie Botha, 11:14"
  length: string;
  critical: boolean;
  reasons: string;
  href: string | null;
}

export interface RuleView {
  name: string;
  critical: boolean;
  failed: string; // e.g., "41"
  of: string; // e.g., "of 89 failed"
  /** Of the share that failed; null where either day has too few calls to compare. */
  change: string | null; // e.g., "▲ 20.1 pts, worse"
  past: string | null; // e.g., "was 21 of 86"
  worse: boolean;
  better: boolean;
  mostBy: string | null;
  mostByHref: string | null;
  pastHref: string | null;
  href: string | null;
}

export interface MoverView {
  name: string;
  value: string; // e.g., "62.5%"
  of: string; // e.g., "of 40 passed"
  change: string; // e.g., "▼ 12.0 pts, worse"
  worse: boolean;
  better: boolean;
  past: string; // e.g., "from 74.5% of 38"
  href: string | null;
  pastHref: string | null;
}

export interface CoachView {
  /** Null in a digest about one agent. */
  agent: string | null;
  rule: string;
  critical: boolean;
  failed: string; // e.g., "14"
  of: string; // e.g., "of 18 failed"
  /** The same rule, of everybody else in the scope. */
  others: string | null;
  href: string | null;
}

export interface TrendView {
  title: string;
  /** The title as the text part has it. */
  heading: string;
  note: string;
  /** The finding, for those who do not see the bars. */
  alt: string;
  /** The picture, drawn without text: an SVG that becomes an inline PNG. */
  svg: string;
  cid: string;
  width: number;
  height: number;
  first: string;
  last: string;
  lowest: string | null;
}

/** Longest text that a name or a reason may have. */
const MAX_TEXT = 160;
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}\s]+/gu;
/** Embeddings, overrides and isolates: they would turn the text around them. */
const BIDI = /[\u202a-\u202e\u2066-\u2069]/gu;

/** Text from data on one line and of bearable length. */
export function clean(text: string, max = MAX_TEXT): string {
  const line = text.toWellFormed().replace(BIDI, '').replace(CONTROLS, ' ').trim();
  const characters = Array.from(line.slice(0, 2 * max + 2));
  return characters.length > max
    ? `${characters
        .slice(0, max - 1)
        .join('')
        .trimEnd()}…`
    : line;
}

/**
 * The view as it may be filled in.
 * @throws where a value is missing, not a number, or not plain: a digest that says "undefined%" is worse than none
 */
export function whole<T>(view: T): T {
  check(view, 'view', false);
  return view;
}

/**
 * Numbers before they become words, among which NaN would look like any other. What is absent may be absent.
 * @throws where one is not finite
 */
export function finite<T>(figures: T): T {
  check(figures, 'figures', true);
  return figures;
}

function check(value: unknown, path: string, mayBeAbsent: boolean): void {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return;
  if (typeof value === 'number' && Number.isFinite(value)) return;
  if (value === undefined && mayBeAbsent) return;
  if (typeof value !== 'object') throw new Error(`unfilled digest: ${path} is ${String(value)}`);
  for (const [key, inner] of Object.entries(value)) check(inner, `${path}.${key}`, mayBeAbsent);
}
