import type { Reason } from '../view.ts';
import { decimal, duration, score, sentiment } from './format.ts';

/** Icons of `site/report/components/ui/Icons.astro`. */
export type IconName =
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
export function reasonInWords(reason: Reason, locale: string): { shape: IconName; text: string } {
  switch (reason.kind) {
    case 'critical':
      return { shape: 'critical', text: `${reason.rules.join(', ')}, critical` };
    case 'failed':
      return { shape: 'fail', text: failureInWords(reason, locale) };
    case 'negative':
      return { shape: 'negative', text: `Negative sentiment ${sentiment(reason.score, locale)}` };
    case 'long':
      return { shape: 'clock', text: `Long: ${duration(reason.durationSeconds)}, longer than 95% of calls` };
    case 'short':
      return { shape: 'clock', text: `Short: ${duration(reason.durationSeconds)}, shorter than 95% of calls` };
  }
}

/** By the mark where the score lies below it, else by what the call's own record says. */
function failureInWords({ score: own, passMark }: Extract<Reason, { kind: 'failed' }>, locale: string): string {
  if (own === undefined) return 'Failed, without a score';
  const words = score(own, passMark, locale);
  return own < passMark
    ? `${words}, below ${decimal(passMark, locale, 2)}`
    : `Failed according to its record, at ${words}`;
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
