import UFuzzy from '@leeoniya/ufuzzy';
import type { Target } from './targets.ts';

/** Words in any order and of any script, each with at most one slip of a finger. */
const fuzzy = new UFuzzy({ unicode: true, interSplit: "[^\\p{L}\\d']+", intraMode: 1 });
const WORDS_IN_ANY_ORDER = 4;

/** Where a text is in another: from, and up to but without. */
export type Marks = [from: number, to: number][];

/** A place that fits, and where the text is in its name and detail. */
export interface FoundName {
  target: Target;
  marks: { name: Marks; detail: Marks };
}

/** The places whose name or detail a text fits, best first. */
export function findNames(targets: readonly Target[], text: string): FoundName[] {
  const hay = targets.map(({ name, detail = '' }) => plain(`${name} ${detail}`));
  const [places, info, order] = fuzzy.search(hay, plain(text), WORDS_IN_ANY_ORDER);
  const best =
    info && order
      ? order.map((i) => [info.idx[i], info.ranges[i]] as const)
      : (places ?? []).map((at) => [at, []] as const);
  return best.flatMap(([at = -1, ranges = []]) => {
    const target = targets[at];
    return target ? [{ target, marks: marksOf(target, ranges) }] : [];
  });
}

/** Letter by letter without case and accents, so that places stay. */
const plain = (text: string): string =>
  Array.from(text, (letter) => {
    const bare = letter.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    return bare.length === letter.length ? bare : letter;
  }).join('');

/** @param ranges from and to, one pair after another, in the name, a space and the detail */
function marksOf({ name, detail = '' }: Target, ranges: readonly number[]): FoundName['marks'] {
  const within = (start: number, { length }: string): Marks =>
    ranges.flatMap((from, i): Marks => {
      const [at, end] = [Math.max(from - start, 0), Math.min((ranges[i + 1] ?? 0) - start, length)];
      return i % 2 === 0 && at < end ? [[at, end]] : [];
    });
  return { name: within(0, name), detail: within(name.length + 1, detail) };
}
