import { Fragment } from 'react';
import { MOST_LOOKED } from '#shared/figures/agent-calls.ts';
import { duration, whenStarted } from '#shared/format/format.ts';
import { failedOf } from '#shared/format/rate.ts';
import { unquote } from '#shared/format/unquote.ts';
import type { AgentPage, RuleExample, RuleLine, SiteView } from '#shared/view.ts';

interface Props {
  rule: RuleLine;
  examples: readonly RuleExample[];
  /** What was said is still to come, or could not be fetched. */
  quotes: AgentPage['workOn'][number]['quotes'];
  site: SiteView;
}

/** What was said and noted on calls that failed a rule. */
export default function Examples({ rule, examples, quotes, site }: Props) {
  if (quotes === 'awaited') return <p className="note">Fetching notes and quotes…</p>;
  if (quotes === 'missing')
    return (
      <p className="note">
        The notes and quotes could not be fetched. They are on the pages of the calls:{' '}
        {examples.map((example, at) => (
          <Fragment key={example.href}>
            {at > 0 && ', '}
            <a href={example.href}>{whenStarted(example, site) ?? example.id}</a>
          </Fragment>
        ))}
        .
      </p>
    );
  if (examples.length === 0) return <p className="note">{nothingGiven(failedOf(rule))}</p>;
  return examples.map((example) => (
    <div key={example.href} className="example">
      {example.evidence && <p className="quote">“{unquote(example.evidence)}”</p>}
      {example.coachNote && (
        <p>
          <span className="quiet">Coach note</span> {example.coachNote}
        </p>
      )}
      <p className="note">
        <a href={example.href}>{whenStarted(example, site) ?? example.id}</a>
        {example.durationSeconds !== undefined && ` · ${duration(example.durationSeconds)}`}
        {!example.evidence && ' · no quote was given'}
      </p>
    </div>
  ));
}

/** No more than the newest failures are looked at. */
const nothingGiven = (failed: number): string =>
  failed > MOST_LOOKED
    ? `No coach note or quote was given with the newest ${MOST_LOOKED} of these failures.`
    : 'No coach note or quote was given with these failures.';
