import { moreRulesInWords, reasonInWords } from '#shared/format/attention-reason.ts';
import { duration, score, sentiment, whenStarted } from '#shared/format/format.ts';
import { SENTIMENTS } from '#shared/format/labels.ts';
import type { CallLine, SiteView } from '#shared/view.ts';
import Icon from '../components/ui/Icon.tsx';
import SectionHead from '../components/ui/SectionHead.tsx';

interface Props {
  best: CallLine;
  worst: CallLine;
  site: SiteView;
  /** Whether they may be of several agents. */
  agents: boolean;
}

/** The best and the worst call, with what makes each so. */
export default function BestAndWorst({ best, worst, site, agents }: Props) {
  const calls = [
    { name: 'Best', call: best },
    { name: 'Worst', call: worst },
  ];
  return (
    <section className="section" aria-labelledby="two-calls">
      <SectionHead
        id="two-calls"
        title="Two calls to hear together"
        note={site.hasQa ? 'highest and lowest score' : 'highest and lowest sentiment'}
      />
      {calls.map(({ name, call }) => (
        <div key={name} className="pair-call">
          <p className="note">{name}</p>
          <p>
            {call.score !== undefined && (
              <b className={call.passed === false ? 'work-rate worse' : 'work-rate'}>
                {`${score(call.score, site.passMark, site.locale)} ${call.grade ?? ''}`}
              </b>
            )}{' '}
            <a href={call.href}>{whenStarted(call, site) ?? call.id}</a>{' '}
            <span className="quiet">
              {[
                agents && call.agent.name,
                call.durationSeconds !== undefined && duration(call.durationSeconds),
                call.topic,
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </p>
          {call.summary && <p className="gist">{call.summary}</p>}
          <ul className="reasons">
            {whyOf(call, site).map(({ shape, text }) => (
              <li key={text}>
                <Icon name={shape} /> {text}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

/** Why it is the one: reasons that need attention, else what went well. */
function whyOf(call: CallLine, { hasQa, locale }: SiteView) {
  const reasons = (call.reasons ?? []).map((reason) => reasonInWords(reason, locale));
  const more = moreRulesInWords(call.failedRules);
  const mood = call.sentiment?.label;
  return [
    ...reasons,
    ...(more ? [{ shape: 'more' as const, text: more }] : []),
    ...(hasQa && call.failedRules.length === 0 ? [{ shape: 'pass' as const, text: 'No rule failed' }] : []),
    ...(mood && mood !== 'negative'
      ? [
          {
            shape: mood,
            text: `${SENTIMENTS[mood]} ${call.sentiment?.score === undefined ? '' : sentiment(call.sentiment.score, locale)}`,
          },
        ]
      : []),
  ];
}
