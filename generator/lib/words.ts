import { type Printable, printable, say } from './printable.ts';

/** Rows as lines of a table: each column as wide as its longest cell, two spaces between. */
export function columns(rows: readonly (readonly string[])[]): Printable[] {
  const shown = rows.map((row) => row.map((cell) => say`${cell}`));
  const widths: number[] = [];
  for (const row of shown) for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length);
  return shown.map((row) =>
    printable(
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    ),
  );
}

/** A number with its noun: "1 call", "2 calls". */
export const counted = (n: number, noun: string): Printable => say`${n} ${noun}${n === 1 ? '' : 's'}`;

/** Time gone by, to the two largest units: "2 d 5 h". */
export function elapsed(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}
