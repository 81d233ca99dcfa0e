import { count } from '#shared/format/format.ts';
import { failedOf, rateOf } from '#shared/format/rate.ts';
import type { QaPage } from '#shared/view.ts';
import Context from '../ui/Context.tsx';
import FigureLink from '../ui/FigureLink.tsx';
import Icon from '../ui/Icon.tsx';
import Lead from '../ui/Lead.tsx';
import Only from '../ui/Only.tsx';
import SectionHead from '../ui/SectionHead.tsx';
import Categories from './Categories.tsx';
import HeatMap from './HeatMap.tsx';
import QaByDay from './QaByDay.tsx';
import RuleTable from './RuleTable.tsx';
import Scores from './Scores.tsx';

/** The figures of the QA page. */
export default function QaBody({ view }: { view: QaPage }) {
  const { site, totals, before, days, rules, categories, matrix, teams, trust, only } = view;
  const window = view.window ?? { from: '', to: '' };
  const evaluated = (totals.qaEvaluated ?? 0) > 0;
  const flat = rules.filter((rule) => rule.evaluated >= site.minimumN && [0, 1].includes(rateOf(rule) ?? 0.5));
  return (
    <>
      <Context site={site} window={view.window} trust={trust} />
      <Only only={only} site={site}>
        {view.lead.length > 0 && <Lead phrase={view.lead} />}
        {!evaluated && (
          <section className="section">
            <div className="message">
              <b>No call in this period was evaluated.</b>
              <p>Rules and scores appear here once a call has been checked against the organization’s rules.</p>
            </div>
          </section>
        )}
        {rules.length > 0 && <RuleTable rules={rules} agents={matrix.length > 1} window={window} site={site} />}
        {matrix.length > 1 && rules.length > 0 && (
          <HeatMap matrix={matrix} teams={teams} rules={rules} totals={totals} window={window} site={site} />
        )}
        {evaluated && (
          <div className="row">
            <QaByDay days={days} totals={totals} before={before} site={site} />
            <Scores totals={totals} before={before} window={window} site={site} />
          </div>
        )}
        <div className="row">
          {categories.length > 0 && <Categories categories={categories} rules={rules} window={window} site={site} />}
          {flat.length > 0 && (
            <section className="section w4" aria-labelledby="flat-rules">
              <SectionHead id="flat-rules" title="Rules to look at" note="everyone passes, or everyone fails" />
              {flat.map((rule) => (
                <p key={rule.id}>
                  <Icon name="none" /> <b>{rule.name}</b> {failedOf(rule) === 0 ? 'passed' : 'failed'} on all{' '}
                  <FigureLink
                    figure="rule evaluated"
                    to={{ from: window.from, to: window.to, rule: [rule.id], result: 'evaluated' }}
                  >
                    {count(rule.evaluated, site.locale)}
                  </FigureLink>{' '}
                  calls.
                </p>
              ))}
              <p className="note">
                A rule with the same result for everyone is too easy or too hard, or the model cannot check it.
              </p>
            </section>
          )}
        </div>
      </Only>
    </>
  );
}
