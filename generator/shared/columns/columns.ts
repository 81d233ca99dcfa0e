/**
 * Lists of values as columns that compress well and are read fast. What is written comes back exactly; absent values stay
 * absent. For both sides: imports nothing.
 */

/** Numbers as whole ones of `1 / scale`; with `steps` each as the difference to the one before. */
export interface NumberColumn {
  scale?: number;
  steps?: true;
  values: (number | null)[];
}

/** Texts: each for itself, or by place in a list of the different ones, -1 for none. */
export type TextColumn = { each: (string | null)[] } | { words: string[]; at: number[] };

/** Ids that are all UUIDs in lower case lie end to end without their hyphens: half the bytes, compressed. */
export type IdColumn = { uuids: string } | { each: string[] };

const SCALES = [1, 10, 100, 1000, 1_000_000];
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const UUID_DIGITS = 32;

/** @param inOrder the numbers mostly rise: then their differences are shorter */
export function packNumbers(list: readonly (number | undefined)[], inOrder = false): NumberColumn {
  const isWhole = (scale: number) => (value: number | undefined) =>
    value === undefined ||
    (Number.isSafeInteger(Math.round(value * scale)) && Math.round(value * scale) / scale === value);
  const scale = SCALES.find((each) => list.every(isWhole(each)));
  if (scale === undefined) return { values: list.map((value) => value ?? null) };
  const whole = list.map((value) => (value === undefined ? null : Math.round(value * scale)));
  const few = scale === 1 ? {} : { scale };
  if (!inOrder) return { ...few, values: whole };
  let last = 0;
  const steps = whole.map((value) => {
    if (value === null) return null;
    const step = value - last;
    last = value;
    return step;
  });
  return { ...few, steps: true, values: steps };
}

export function unpackNumbers({ scale = 1, steps, values }: NumberColumn): (number | undefined)[] {
  let last = 0;
  return values.map((value) => {
    if (value === null) return undefined;
    last = steps ? last + value : value;
    return last / scale;
  });
}

export function packTexts(list: readonly (string | undefined)[]): TextColumn {
  const places = new Map<string, number>();
  for (const text of list) if (text !== undefined && !places.has(text)) places.set(text, places.size);
  if (places.size > list.length / 2) return { each: list.map((text) => text ?? null) };
  return { words: [...places.keys()], at: list.map((text) => (text === undefined ? -1 : (places.get(text) ?? -1))) };
}

export const unpackTexts = (column: TextColumn): (string | undefined)[] =>
  'each' in column ? column.each.map((text) => text ?? undefined) : column.at.map((place) => column.words[place]);

export const packIds = (ids: readonly string[]): IdColumn =>
  ids.length > 0 && ids.every((id) => UUID.test(id))
    ? { uuids: ids.map((id) => id.replaceAll('-', '')).join('') }
    : { each: [...ids] };

export function unpackIds(column: IdColumn): string[] {
  if ('each' in column) return column.each;
  const { uuids } = column;
  return Array.from({ length: uuids.length / UUID_DIGITS }, (_, i) =>
    hyphened(uuids.slice(i * UUID_DIGITS, (i + 1) * UUID_DIGITS)),
  );
}

const hyphened = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
