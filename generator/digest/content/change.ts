import type { Change } from '#shared/format/change.ts';

/** Arrow and word, so that colour is never alone: "▼ 4.3 pts, worse", "▲ 4.3% more", "→ same". */
export function changeInWords(
  { arrow, text, verdict }: Change,
  [rise, fall]: [string, string] = ['up', 'down'],
): string {
  if (arrow === '→') return `${arrow} ${text}`;
  return `${arrow} ${text}${verdict ? `, ${verdict}` : ` ${arrow === '▲' ? rise : fall}`}`;
}
