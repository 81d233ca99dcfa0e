/** Rows as lines of a table: each column as wide as its longest cell, two spaces between. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length);
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** A number with its noun: "1 call", "2 calls". */
export const counted = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;

const SHOWN = 80;

/**
 * Text from outside as one harmless word of a log line: in quotes, cut to 80 characters, and all but plain characters as
 * their code; • stands for what is masked. A CI runner takes commands from `::` and `##[` in a log, a terminal from control characters.
 */
export function quoted(text: string): string {
  const plain = text.slice(0, SHOWN).replaceAll(/[^A-Za-z0-9 _.,/@+•-]/gu, (each) => `\\u{${codeOf(each)}}`);
  return `"${plain}${text.length > SHOWN ? '…' : ''}"`;
}

/**
 * A value from outside as JSON in a line for people: cut to 80 characters, with the codes of characters that cannot be seen or turn
 * the text about, and without what a CI runner takes for a command.
 */
export const shownJson = (value: unknown): string =>
  (JSON.stringify(value) ?? 'undefined')
    .slice(0, SHOWN)
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]|\p{Default_Ignorable_Code_Point}/gu, (each) => `\\u{${codeOf(each)}}`)
    .replaceAll('::', ':\\u{3a}')
    .replaceAll('##[', '##\\u{5b}');

const codeOf = (character: string): string => (character.codePointAt(0) ?? 0).toString(16);

/** Time gone by, to the two largest units: "2 d 5 h". */
export function elapsed(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}
