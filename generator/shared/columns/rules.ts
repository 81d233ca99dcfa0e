/** What came of one rule over a list of calls. */
export type RuleColumn =
  /** Most calls have it: for each call "1" passed, "0" failed, "-" not evaluated. */
  | { rule: string; each: string }
  /** Few have it: their places, each as the distance to the one before, and what came of it. */
  | { rule: string; steps: number[]; passed: string };

/** Rule → passed; null prototype, for a rule may be called "constructor". */
export type Outcomes = { [rule: string]: boolean };

/** From this share of the calls on a rule is written for every call. */
const DENSE = 1 / 4;

export function packRules(list: readonly Outcomes[]): RuleColumn[] {
  const places = new Map<string, number[]>();
  list.forEach((outcomes, place) => {
    for (const rule of Object.keys(outcomes)) {
      const known = places.get(rule);
      if (known) known.push(place);
      else places.set(rule, [place]);
    }
  });
  const digit = (place: number, rule: string) => {
    const passed = list[place]?.[rule];
    return passed === undefined ? '-' : passed ? '1' : '0';
  };
  return [...places]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([rule, at]) =>
      at.length >= list.length * DENSE
        ? {
            rule,
            each: list.map((outcomes, place) => (Object.hasOwn(outcomes, rule) ? digit(place, rule) : '-')).join(''),
          }
        : {
            rule,
            steps: at.map((place, i) => place - (at[i - 1] ?? 0)),
            passed: at.map((place) => digit(place, rule)).join(''),
          },
    );
}

/** @param length number of calls */
export function unpackRules(columns: readonly RuleColumn[], length: number): Outcomes[] {
  const list = Array.from({ length }, () => Object.create(null) as Outcomes);
  for (const column of columns) {
    let place = 0;
    if ('each' in column) {
      for (const outcome of column.each) put(list[place++], column.rule, outcome);
    } else
      column.steps.forEach((step, i) => {
        place += step;
        put(list[place], column.rule, column.passed[i]);
      });
  }
  return list;
}

function put(outcomes: Outcomes | undefined, rule: string, outcome: string | undefined): void {
  if (outcomes && outcome !== '-') outcomes[rule] = outcome === '1';
}
