import type { ReactNode } from 'react';
import type { Compared, ComparedRule, Comparison } from '#shared/figures/compare/compared.ts';
import { farthestOn } from '#shared/figures/compare/farthest.ts';
import { failedShare } from '#shared/figures/named-rule.ts';
import { failedChange } from '#shared/format/change.ts';
import { count, share } from '#shared/format/format.ts';
import { type Checks, failedOf, isEnough } from '#shared/format/rate.ts';
import FigureLink from '../components/ui/FigureLink.tsx';
import RuleName from '../components/ui/RuleName.tsx';
import CompareRow from './CompareRow.tsx';
import { callsIn } from './heads.ts';

interface Props {
  view: Comparison;
  head: ReactNode;
}

/** On paper; the style sheet leaves the other rows out. */
const PRINTED = 10;

/** Each rule's share of failed in every column. */
export default function CompareRules({ view, head }: Props) {
  return (
    <>
      <table className="table compare">
        {head}
        <tbody>
          {view.rules.map((rule) => (
            <RuleRow key={rule.id} view={view} rule={rule} />
          ))}
        </tbody>
      </table>
      {view.rules.length > PRINTED && (
        <p className="note printed">
          The {PRINTED} worst of {view.rules.length} rules; the page on screen has all.
        </p>
      )}
    </>
  );
}

function RuleRow({ view, rule }: { view: Comparison; rule: ComparedRule }) {
  const { minimumN, locale } = view.site;
  const failed = (at: number) => failedShare(rule.checks[at] as Checks);
  const isRanked = rule.checks.some(({ evaluated }) => isEnough(minimumN, evaluated));
  return (
    <CompareRow
      className={isRanked ? undefined : 'unranked'}
      view={view}
      name={<RuleName rule={rule} />}
      cell={(column, at) => <Failed rule={rule} checks={rule.checks[at]} column={column} view={view} />}
      apart={{
        ends: farthestOn(rule, minimumN),
        change: (now, before) => failedChange(failed(now), failed(before), locale),
        rise: 'more',
        worse: 'high',
        isKnown: true,
      }}
    />
  );
}

interface FailedProps {
  rule: ComparedRule;
  checks: Checks | undefined;
  column: Compared;
  view: Comparison;
}

/** "40.0% 20 of 50"; with too few calls for a share "3 of 4"; nothing where the rule was not checked. */
function Failed({ rule, checks, column, view: { site } }: FailedProps) {
  if (!checks || checks.evaluated === 0) return <span className="quiet">not checked</span>;
  const on = { ...callsIn(column), rule: [rule.id] };
  const counts = (
    <>
      <FigureLink figure="rule failed" to={on} open={failedOf(checks) > 0}>
        {count(failedOf(checks), site.locale)}
      </FigureLink>{' '}
      of{' '}
      <FigureLink figure="rule evaluated" to={{ ...on, result: 'evaluated' }}>
        {count(checks.evaluated, site.locale)}
      </FigureLink>
    </>
  );
  if (!isEnough(site.minimumN, checks.evaluated)) return <span className="nowrap">{counts}</span>;
  return (
    <>
      <b>
        <FigureLink figure="rule failed share" to={{ ...on, result: 'evaluated' }}>
          {share(failedShare(checks), site.locale)}
        </FigureLink>
      </b>{' '}
      <span className="quiet nowrap">{counts}</span>
    </>
  );
}
