import type { Row } from './analysis.ts';
import type { Odd } from './odd.ts';

/** A record that cannot be read, or the record as it is. */
export function corrupt(record: string, odd: Odd | undefined): string | Uint8Array {
  switch (odd) {
    case 'cut short':
      return record.slice(0, 300);
    case 'empty':
      return '';
    case 'not a number':
      return record.replace(/"positive": [\d.]+/, '"positive": NaN');
    case 'utf-16':
      return Buffer.from(`\ufeff${record}`, 'utf16le');
    case 'two lines':
      return record + record;
    default:
      return record;
  }
}

/** Rows as a language model may write them; all say what the others said. */
export function corruptRows(rows: readonly Row[], odd: Odd | undefined): object[] {
  if (odd === 'spelling')
    return rows.map(({ pass, ...row }, i) => {
      if (i === rows.length - 1) return row;
      const shouted = i % 2 ? ` ${row.rule_name.toUpperCase().replace(' ', '  ')} ` : row.rule_name.toLowerCase();
      return { ...row, rule_name: shouted, score: String(row.score), pass: pass ? 'true' : 'False', mood: 'calm' };
    });
  const [first] = rows;
  if (odd === 'twice' && first)
    return [
      ...rows,
      { ...first, score: 20, pass: false, coach_note: 'Judged a second time: the first quote was not enough.' },
    ];
  return [...rows];
}
