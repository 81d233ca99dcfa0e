import type { CallSpec } from '../fixtures/objects.ts';

/** What is said, in four languages; forms of one word stand together. */
export const SAID: { [language: string]: string[] } = {
  en: ['refund', 'refunds', 'refunded', 'Refunding', 'late', 'lately', "haven't", '4711', 'naïve', '01632 960001'],
  de: ['Kündigung', 'kündigen', 'Kündigungen', 'Straße', 'Strassen', 'Rechnung', 'Rechnungen', '01632 960001'],
  fr: ['abonnement', 'abonnements', "l'abonnement", 'cassé', 'cassée', 'où', "C'est", '01632 960001'],
  th: ['ลูกค้าโทรมา', 'คืนเงิน', 'ลูกค้า', '東京都', 'refund', '01632 960001'],
};

/** Calls of some days, each with some of the words; the same ones each time. */
export function spokenCalls(words: readonly string[]): CallSpec[] {
  let seed = 7;
  const next = (below: number) => {
    seed = (seed * 1103515245 + 12345) % 2 ** 31;
    return Math.floor((seed / 2 ** 31) * below);
  };
  const some = () => Array.from({ length: 1 + next(4) }, () => words[next(words.length)]).join(' ');
  return Array.from({ length: 40 }, (_, n) => ({
    id: `c${n}`,
    call: { start_timestamp: n % 13 === 0 ? null : `2026-03-${10 + next(20)}T10:${10 + n}:00Z` },
    enriched: { transcript: Array.from({ length: next(4) }, () => ({ speaker: 'customer', text: some() })) },
  }));
}
