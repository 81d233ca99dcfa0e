import { count, decimal } from '#shared/format/format.ts';
import { madeInWords } from '#shared/format/made-by.ts';
import type { SiteView, Totals, TrustView } from '#shared/view.ts';
import { momentWords } from '../schedule/dates.ts';

/**
 * What a reader needs to trust the numbers: sentences for the foot of the mail.
 * @param period what the mail is about: "Day: Tue 9 Dec"
 */
export function trustLines(
  site: SiteView,
  period: string,
  now: Totals,
  trust: TrustView,
  scope: string | null,
): string[] {
  const n = (value: number) => count(value, site.locale);
  const clock = site.timeZone + (trust.timeZoneStated ? ' time' : ', by default');
  const dataTo = trust.dataTo === undefined ? '' : ` Data to ${momentWords(trust.dataTo, { ...site, year: '' })}.`;
  const ofDay = [
    `${n(now.calls)} ${now.calls === 1 ? 'call' : 'calls'} read`,
    site.hasQa && `${n(now.notEvaluated)} not evaluated`,
    now.notEvaluatedYet > 0 && `${n(now.notEvaluatedYet)} not evaluated yet`,
    now.tooShort > 0 && `${n(now.tooShort)} too short to judge`,
  ];
  const ofAll = [
    `${n(trust.refused)} ${trust.refused === 1 ? 'object' : 'objects'} refused`,
    trust.transcribedNotAnalysed > 0 && `${n(trust.transcribedNotAnalysed)} transcribed but not analysed`,
    trust.undated > 0 && `${n(trust.undated)} without a day`,
  ];
  const said = (parts: (string | false)[]) => parts.filter(Boolean).join(', ');
  return [
    `${period}, ${clock}.${dataTo}${now.calls > 0 ? ` ${said(ofDay)}.` : ''}`,
    `In ${scope === null ? 'all of the data' : 'the organization’s data'}: ${said(ofAll)}.`,
    site.hasQa
      ? `A call passes with ${decimal(site.passMark, site.locale, 2)} points or more out of 100. ${madeInWords(site)}`
      : 'The data has no QA results, so this digest shows none.',
  ];
}
