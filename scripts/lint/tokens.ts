/** A piece of a regular expression's source. */
interface Token {
  kind: 'class' | 'open' | 'close' | 'quantifier' | 'or' | 'other';
  text: string; // e.g., "[a-z]", "(?<=", "{1,3}?"
}

const KINDS = ['class', 'open', 'close', 'quantifier', 'or'] as const;
const TOKEN =
  /(?<class>\[(?:[^\]\\]|\\.)*\])|(?<open>\((?:\?(?:<[=!]|<[^>]*>|[:=!]))?)|(?<close>\))|(?<quantifier>(?:[*+?]|\{\d+(?:,\d*)?\})\??)|(?<or>\|)|\\[pP]\{[^}]*\}|\\u\{[^}]*\}|\\.|./gsu;

/** The source in pieces; together they are the source. */
export const tokensOf = (source: string): Token[] =>
  Array.from(source.matchAll(TOKEN), ({ 0: text, groups }) => ({
    kind: KINDS.find((each) => groups?.[each] !== undefined) ?? 'other',
    text,
  }));

/** How often a quantifier allows what stands before it. */
export function countsOf(quantifier: string): { least: number; most: number } {
  const [, least, comma, most] = /^\{(\d+)(?:(,)(\d*))?\}/.exec(quantifier) ?? [];
  if (least !== undefined) {
    const end = comma === undefined ? least : most;
    return { least: Number(least), most: end ? Number(end) : Number.POSITIVE_INFINITY };
  }
  return { least: quantifier.startsWith('+') ? 1 : 0, most: quantifier.startsWith('?') ? 1 : Number.POSITIVE_INFINITY };
}

/** In how many ways a pattern may go on from one place of a text, at most; infinite where that depends on the text. */
export function waysOf(source: string): number {
  const groups = [{ others: 0, own: 1 }];
  /** Of what a quantifier would repeat. */
  let last = 1;
  for (const { kind, text } of tokensOf(source)) {
    const group = groups.at(-1) as { others: number; own: number };
    if (kind === 'open') groups.push({ others: 0, own: 1 });
    else if (kind === 'or') Object.assign(group, { others: group.others + group.own, own: 1 });
    else if (kind === 'close') {
      groups.pop();
      last = group.others + group.own;
      (groups.at(-1) ?? group).own *= last;
    } else if (kind === 'quantifier') {
      group.own = (group.own / last) * waysOfCount(last, countsOf(text));
    } else last = 1;
  }
  return groups.reduce((product, { others, own }) => product * (others + own), 1);
}

/** @param once ways of what is repeated */
function waysOfCount(once: number, { least, most }: { least: number; most: number }): number {
  if (most === Number.POSITIVE_INFINITY) return most;
  let ways = 0;
  for (let times = least; times <= most; times++) ways += once ** times;
  return ways;
}
