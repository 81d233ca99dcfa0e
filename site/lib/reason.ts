import type { Reason } from '#view';
import { decimal, duration, score, sentiment } from './format.ts';

/** Shapes of `site/report/components/Shapes.astro`. */
export type ShapeName =
  | 'pass'
  | 'fail'
  | 'critical'
  | 'more'
  | 'none'
  | 'positive'
  | 'neutral'
  | 'negative'
  | 'mixed'
  | 'clock'
  | 'inbound'
  | 'outbound'
  | 'internal'
  | 'unknown';

/** Why a call needs attention, with the shape that goes before the words. */
export function reasonInWords(reason: Reason, locale: string): { shape: ShapeName; text: string } {
  switch (reason.kind) {
    case 'critical':
      return { shape: 'critical', text: `${reason.rules.join(', ')}, critical` };
    case 'below mark':
      return {
        shape: 'fail',
        text: `${score(reason.score, reason.passMark, locale)}, below ${decimal(reason.passMark, locale)}`,
      };
    case 'negative':
      return { shape: 'negative', text: `Negative sentiment ${sentiment(reason.score, locale)}` };
    case 'long':
      return { shape: 'clock', text: `Long: ${duration(reason.durationSeconds)}` };
    case 'short':
      return { shape: 'clock', text: `Very short: ${duration(reason.durationSeconds)}` };
  }
}

/** How many rules failed beside the critical ones: "4 more rules failed". */
export function moreRulesInWords(failed: { critical: boolean }[]): string | undefined {
  const [critical, others] = [
    failed.filter((rule) => rule.critical).length,
    failed.filter((rule) => !rule.critical).length,
  ];
  if (others === 0) return undefined;
  return `${others}${critical > 0 ? ' more' : ''} ${others === 1 ? 'rule' : 'rules'} failed`;
}
