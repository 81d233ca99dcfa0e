import { moreRulesInWords, reasonInWords } from '#shared/format/attention-reason.ts';
import { duration, score, whenStarted } from '#shared/format/format.ts';
import type { CallLine, SiteView } from '#shared/view.ts';
import Icon from '../ui/Icon.tsx';

interface Props {
  calls: CallLine[];
  site: SiteView;
  /** False on an agent's own page: rows are named by their time. */
  agents?: boolean;
  /** Number of the first one. */
  first?: number;
  /** The query of the list that these are the first calls of: whoever opens one can go on through it. */
  list?: string | undefined;
}

export default function Attention({ calls, site, agents = true, first = 1, list = '' }: Props) {
  const { locale } = site;
  const scored = calls.some((call) => call.score !== undefined);
  return (
    <ol className={scored ? 'attention' : 'attention no-score'} start={first}>
      {calls.map((call, index) => {
        const gist = call.summary ?? call.topic;
        const when = whenStarted(call, site);
        const length = call.durationSeconds !== undefined && duration(call.durationSeconds);
        return (
          <li key={call.href}>
            <span className="rank">{first + index}</span>
            {scored && (
              <span className={call.passed === false ? 'score below' : 'score'}>
                {call.score !== undefined ? (
                  <span>
                    <span className="visually-hidden">Score </span>
                    {score(call.score, site.passMark, locale)} <small>{call.grade}</small>
                  </span>
                ) : (
                  <span className="no-result">
                    <Icon name={call.passed === undefined ? 'none' : call.passed ? 'pass' : 'fail'} />{' '}
                    <small>{resultInWords(call)}</small>
                  </span>
                )}
              </span>
            )}
            <span className="who">
              <a href={`${call.href}${list}`}>{agents ? call.agent.name : when || call.id}</a>{' '}
              <span className="when">{[agents && when, length].filter(Boolean).join(' · ')}</span>
            </span>
            <div className="why">
              <ul className="reasons">
                {wordsOf(call, locale).map(({ shape, text }, at) => (
                  <li key={text} className={at === 0 ? 'first' : undefined}>
                    <Icon name={shape} /> {text}
                  </li>
                ))}
              </ul>
              {gist && <p className="gist">{gist}</p>}
            </div>
            <span className="go" aria-hidden="true">
              ›
            </span>
          </li>
        );
      })}
    </ol>
  );
}

/** Why a call has no score. */
function resultInWords({ qa, passed, tooShort }: CallLine): string {
  if (tooShort) return 'too short';
  if (qa !== 'evaluated') return qa;
  return passed === undefined ? 'no score' : passed ? 'passed' : 'failed';
}

/** The reasons of a call in words; how many more rules failed is said after the first. */
function wordsOf(call: CallLine, locale: string) {
  const reasons = (call.reasons ?? []).filter(
    (r) => r.kind !== 'failed' || call.failedRules.every((rule) => !rule.critical),
  );
  const words = reasons.map((reason) => reasonInWords(reason, locale));
  const more = moreRulesInWords(call.failedRules);
  const at = words[0]?.shape === 'critical' || words[0]?.shape === 'fail' ? 1 : 0;
  return more ? words.toSpliced(at, 0, { shape: 'more', text: more }) : words;
}
