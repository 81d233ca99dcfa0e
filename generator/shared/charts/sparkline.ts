/** A small line without axes: its path and where it ends. */
export interface Sparkline {
  path: string;
  last: [x: number, y: number];
}

/**
 * A line through the values, left to right, in a box of the given size with room for the dot at its end. Days without a
 * value are bridged. Undefined with fewer than two values: a line would say nothing.
 */
export function sparkline(values: (number | undefined)[], width: number, height: number): Sparkline | undefined {
  const known = values.flatMap((value, index) => (value === undefined ? [] : [{ value, index }]));
  const [low, high] = [Math.min(...known.map(({ value }) => value)), Math.max(...known.map(({ value }) => value))];
  const points = known.map(({ value, index }): [number, number] => [
    tenth(3 + (index / Math.max(1, values.length - 1)) * (width - 6)),
    tenth(high === low ? height / 2 : 3 + ((high - value) / (high - low)) * (height - 6)),
  ]);
  const last = points.at(-1);
  if (!last || points.length < 2) return undefined;
  return { path: `M${points.map((point) => point.join(' ')).join('L')}`, last };
}

function tenth(n: number): number {
  return Math.round(n * 10) / 10;
}
