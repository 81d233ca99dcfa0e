/** Where words were found. */
export interface Found {
  /** Index of the first word in the text, and of that behind the last. */
  from: number;
  to: number;
  /** Words that are wrong, missing or too many. */
  errors: number;
}

/** Stands in a text where no match may go on, such as between two turns far apart. */
export const BREAK = '\n';

/** More than any match may cost. */
const NEVER = 1_000_000;

/** Words that turn the meaning about: none of them may be wrong, missing or too many. */
const NEGATION =
  /^(?:no|not|never|none|nobody|nothing|nowhere|neither|nor|without|cannot|(?:ca|do|does|did|wo|would|should|could|is|are|was|were|has|have|had|must|need|ai)nt|nicht|nie|niemals|kein\p{L}*|pas|jamais|non|ne|nunca|mai|niet|geen)$/u;

/**
 * The best place of a phrase in a text: fewest errors, then the earliest. Words that are written together in one of them and apart in the other are the same.
 * @param most errors that are allowed
 * @returns undefined where it is not there
 */
export function findWords(phrase: readonly string[], text: readonly string[], most: number): Found | undefined {
  const n = phrase.length;
  if (n === 0) return undefined;
  const dear = phrase.map(costOf);
  let [older, last]: [Column | undefined, Column] = [undefined, firstColumn(dear)];
  let best: Found | undefined;
  /** Words since the last negation. */
  let since = n;
  for (const [j, word] of text.entries()) {
    const column: Column = { cost: [0], from: [j + 1] };
    const own = costOf(word);
    since = NEGATION.test(word) ? 0 : since + 1;
    for (let i = 1; i <= n; i++) {
      const wanted = phrase[i - 1];
      const step = wanted === word ? 0 : Math.max(own, dear[i - 1] ?? 0);
      let [cost, from] = [at(last, i - 1) + step, last.from[i - 1] ?? j];
      const take = (column: Column | undefined, k: number, more: number): void => {
        if (column && at(column, k) + more < cost) [cost, from] = [at(column, k) + more, column.from[k] ?? j];
      };
      // Where the phrase's first words are missing, what stands in their place is no "not".
      const isBefore = column.from[i - 1] === j + 1;
      take(column, i - 1, isBefore && since < i ? NEVER : (dear[i - 1] ?? 0));
      if (i < n) take(last, i, own);
      if (step > 0 && j > 0 && `${text[j - 1]}${word}` === wanted) take(older, i - 1, 0);
      if (step > 0 && i > 1 && `${phrase[i - 2]}${wanted}` === word) take(last, i - 2, 0);
      column.cost.push(cost);
      column.from.push(from);
    }
    const errors = at(column, n);
    if (errors <= most && (!best || errors < best.errors)) best = { from: column.from[n] ?? j, to: j + 1, errors };
    if (best?.errors === 0) return best;
    [older, last] = [last, column];
  }
  return best;
}

/** Costs of the phrase's first words up to a word of the text, and where each such match begins. */
interface Column {
  cost: number[];
  from: number[];
}

const at = (column: Column, i: number): number => column.cost[i] ?? NEVER;
const costOf = (word: string): number => (word === BREAK || NEGATION.test(word) ? NEVER : 1);

function firstColumn(dear: readonly number[]): Column {
  let sum = 0;
  const cost = [0, ...dear.map((each) => (sum += each))];
  return { cost, from: cost.map(() => 0) };
}
