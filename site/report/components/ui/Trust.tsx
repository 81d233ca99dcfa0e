import type { CallFilter } from '#shared/filter/filter.ts';
import { count, moment, span } from '#shared/format/format.ts';
import { madeInWords } from '#shared/format/made-by.ts';
import type { SiteView, TrustView } from '#shared/view.ts';
import FigureLink from './FigureLink.tsx';

interface Fact {
  name: string;
  value: string | undefined;
  href?: string | undefined;
  /** The calls that the value counts. */
  to?: CallFilter;
}

/** What a reader needs to trust the numbers of a page. */
export default function Trust({ trust, site }: { trust: TrustView; site: SiteView }) {
  return (
    <footer className="foot">
      <div className="foot-in">
        <dl className="trust">
          {factsOf(trust, site).map(
            ({ name, value, href, to }) =>
              value !== undefined && (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>
                    {to ? (
                      <FigureLink figure={name} to={to}>
                        {value}
                      </FigureLink>
                    ) : href ? (
                      <a href={href}>{value}</a>
                    ) : (
                      value
                    )}
                  </dd>
                </div>
              ),
          )}
        </dl>
        <p className="note">
          {site.hasQa
            ? `A call passes with ${site.passMark} points or more out of 100. `
            : 'This organization’s data has no QA results, so these pages show none. '}
          {site.hasSentiment && 'Sentiment is positive − negative, from −1 to +1, of both speakers together. '}
          {madeInWords(site)} <a href="/about/">How these figures are made</a>
        </p>
      </div>
    </footer>
  );
}

function factsOf(trust: TrustView, site: SiteView): Fact[] {
  const { locale } = site;
  const some = (name: string, n: number, to?: CallFilter): Fact => ({
    name,
    value: n > 0 ? count(n, locale) : undefined,
    ...(to && n > 0 && { to }),
  });
  return [
    { name: 'Period', value: trust.period && span(trust.period.from, trust.period.to, locale) },
    { name: 'Time zone', value: trust.timeZoneStated ? trust.timeZone : `${trust.timeZone}, by default` },
    { name: 'Data to', value: trust.dataTo && moment(trust.dataTo, { ...site, year: '' }) },
    { name: 'Read', value: `${count(trust.read, locale)} ${trust.read === 1 ? 'call' : 'calls'}`, to: {} },
    { name: 'Refused', value: count(trust.refused, locale), href: trust.refused > 0 ? '/about/#refused' : undefined },
    ...(site.hasQa
      ? [
          {
            ...some('Not evaluated', trust.notEvaluated, { qa: ['not-evaluated'] }),
            value: count(trust.notEvaluated, locale),
          },
          some('Not evaluated yet', trust.notEvaluatedYet, { qa: ['not-evaluated-yet'] }),
        ]
      : []),
    some('Rules without an overall result', trust.evaluatedWithoutScore ?? 0, { qa: ['unscored'] }),
    some('Too short', trust.tooShort, { qa: ['too-short'] }),
    some('Transcribed but not analysed', trust.transcribedNotAnalysed),
    some('Without a day', trust.undated, { undated: true }),
  ];
}
