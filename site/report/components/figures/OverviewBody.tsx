import { fewTold } from '#shared/figures/about.ts';
import { hearFirstQuery } from '#shared/filter/hear-list.ts';
import { englishLocaleOf, orList } from '#shared/format/english.ts';
import { count, dayAt, moment } from '#shared/format/format.ts';
import type { AboutTable, OverviewPage } from '#shared/view.ts';
import Context from '../ui/Context.tsx';
import FigureLink from '../ui/FigureLink.tsx';
import Lead from '../ui/Lead.tsx';
import Only from '../ui/Only.tsx';
import SectionHead from '../ui/SectionHead.tsx';
import About from './About.tsx';
import Attention from './Attention.tsx';
import CallsByDay from './CallsByDay.tsx';
import DirectionTable from './DirectionTable.tsx';
import HourMap from './HourMap.tsx';
import KeyFigures from './KeyFigures.tsx';
import QaByDay from './QaByDay.tsx';
import RepeatCallers from './RepeatCallers.tsx';
import SentimentSplit from './SentimentSplit.tsx';
import TopAgents from './TopAgents.tsx';
import Troubles from './Troubles.tsx';
import WorstRules from './WorstRules.tsx';

/** The figures of the overview. */
export default function OverviewBody({ view }: { view: OverviewPage }) {
  const { site, totals, before, days, rules, trust, lead, only } = view;
  const window = view.window ?? { from: '', to: '', days: 0 };
  const evaluated = (totals.qaEvaluated ?? 0) > 0;
  const analysed = (totals.sentimentAnalysed ?? 0) > 0;
  return (
    <>
      <Context site={site} window={view.window} trust={trust} />
      <Troubles trust={trust} site={site} />
      <Only only={only} site={site}>
        {lead.length > 0 && <Lead phrase={lead} />}
        {totals.calls === 0 ? (
          <NoCalls view={view} />
        ) : (
          <>
            <div className="row">
              <HearFirst view={view} wide={!evaluated && !analysed} />
              {evaluated ? (
                <WorstRules rules={rules} window={window} site={site} />
              ) : (
                analysed && <SentimentSplit totals={totals} days={days} site={site} />
              )}
            </div>
            <KeyFigures
              totals={totals}
              before={before}
              yearBefore={view.yearBefore}
              days={days}
              window={window}
              site={site}
            />
            {evaluated && (
              <div className="row">
                <QaByDay days={days} totals={totals} before={before} site={site} />
                {analysed && <SentimentSplit totals={totals} days={days} site={site} />}
              </div>
            )}
            {view.about && <WhatAbout table={view.about} view={view} />}
            <div className="row">
              <CallsByDay days={days} site={site} />
              {totals.inbound + totals.outbound + totals.internal > 0 && (
                <DirectionTable totals={totals} before={before} window={window} site={site} />
              )}
            </div>
            <TopAgents view={view} />
            {view.repeatCallers ? (
              <div className="row">
                <HourMap days={days} site={site} />
                <RepeatCallers repeated={view.repeatCallers} site={site} />
              </div>
            ) : (
              <HourMap days={days} site={site} wide />
            )}
          </>
        )}
      </Only>
    </>
  );
}

/** Topics that the overview shows; their page has all. */
const TOPICS_SHOWN = 5;

/** What most calls of the period are about. */
function WhatAbout({ table, view: { site, window, totals } }: { table: AboutTable; view: OverviewPage }) {
  const isAll = table.lines.every(({ value }) => value !== undefined);
  const few = fewTold(table);
  const covered = `${count(table.calls, site.locale)} of ${count(totals.calls, site.locale)} calls have a topic`;
  return (
    window && (
      <section className="section" aria-labelledby="about-calls">
        <SectionHead
          id="about-calls"
          title="What calls are about"
          note={
            few
              ? `${covered}; the ${count(few.values, site.locale)} most frequent topics are those of ${count(few.calls, site.locale)}`
              : covered
          }
          action={{
            text: isAll ? `all ${count(table.lines.length, site.locale)} topics` : 'all topics',
            href: '/topics/',
          }}
        />
        <About table={table} window={window} site={site} limit={TOPICS_SHOWN} />
      </section>
    )
  );
}

/** The calls of the window's last day that need attention. */
function HearFirst({ view: { attention, days, site }, wide }: { view: OverviewPage; wide: boolean }) {
  const { locale } = site;
  const lastDay = attention.day && dayAt(attention.day, { locale: englishLocaleOf(locale), year: site.year });
  const { total, calls } = attention;
  // Without QA and sentiment nothing is known of a call but its length: no reason to hear it before others.
  const lengthAlone = !site.hasQa && !site.hasSentiment;
  return (
    <section className={wide ? 'section' : 'section w8'} aria-labelledby="hear-first">
      <SectionHead
        id="hear-first"
        title={lengthAlone ? 'Unusual lengths' : 'Hear these first'}
        note={
          lastDay && (
            <>
              {`calls of ${lastDay}${lengthAlone ? ', newest first' : ', ranked'}; `}
              <FigureLink
                figure={lengthAlone ? 'unusual lengths' : 'need attention'}
                to={{ from: attention.day, to: attention.day, attention: true }}
                open={total > 0}
              >
                {lengthAlone
                  ? `${count(total, locale)} far longer or shorter than others`
                  : `${count(total, locale)} ${total === 1 ? 'needs' : 'need'} attention`}
              </FigureLink>
            </>
          )
        }
        action={{ text: 'how they are ranked', href: '/about/#attention' }}
      />
      {calls.length > 0 ? (
        <Attention calls={calls} site={site} list={attention.day && hearFirstQuery(attention.day)} />
      ) : days.some(({ date, calls }) => date === attention.day && calls === 0) ? (
        <div className="message">
          <b>{`No calls on ${lastDay}.`}</b>
        </div>
      ) : (
        <div className="message">
          <b>{lengthAlone ? 'No call was unusually long or short.' : 'No call needs attention.'}</b>
          {!lengthAlone && (
            <p>{`${lastDay ? `None of the calls of ${lastDay}` : 'No call'} ${orList(
              [
                ...(site.hasQa ? ['failed a critical rule', 'did not pass'] : []),
                ...(site.hasSentiment ? ['was clearly negative'] : []),
                'was unusually long or short',
              ],
              locale,
            )}.`}</p>
          )}
        </div>
      )}
      {total > calls.length && calls.length > 0 && (
        <p className="note">
          The {count(calls.length, locale)} {lengthAlone ? 'newest' : 'most urgent'} of {count(total, locale)}.
        </p>
      )}
    </section>
  );
}

/** Why there is nothing to show. */
function NoCalls({ view: { trust, window, site } }: { view: OverviewPage }) {
  const { unreadStarts = 0, undated, refused } = trust;
  const [what, why] =
    trust.read === 0 && refused > 0
      ? ['No calls: nothing could be read.', 'All data of this organization was refused. The About page says why.']
      : trust.read === 0
        ? [
            'No calls yet.',
            'No calls of this organization have been analysed yet. They appear here as soon as they are.',
          ]
        : window
          ? [
              'No calls in this period.',
              trust.dataTo
                ? `The data runs to ${moment(trust.dataTo, { ...site, locale: englishLocaleOf(site.locale), year: '' })}, so these days were quiet, not late.`
                : '',
            ]
          : unreadStarts > 0
            ? [
                'No call has a day.',
                `${startsInWords(unreadStarts, undated, site.locale)} could not be read, so no figures for a period can be shown. The calls are on the Calls page.`,
              ]
            : [
                'No call has a day.',
                'The calls that were read have no start time, so no figures for a period can be shown. They are on the Calls page.',
              ];
  return (
    <section className="section">
      <div className="message">
        <b>{what}</b>
        <p>{why}</p>
      </div>
    </section>
  );
}

const startsInWords = (unread: number, undated: number, locale: string): string =>
  unread === undated
    ? `${count(unread, locale)} ${unread === 1 ? 'start' : 'starts'}`
    : `${count(unread, locale)} of ${count(undated, locale)} starts`;
