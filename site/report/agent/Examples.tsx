import { duration, whenStarted } from '#shared/format/format.ts';
import { failedOf } from '#shared/format/rate.ts';
import { unquote } from '#shared/format/unquote.ts';
import type { RuleExample, RuleLine, SiteView } from '#shared/view.ts';

interface Props {
  rule: RuleLine;
  examples: readonly RuleExample[];
  site: SiteView;
}

/** What was said and noted on calls that failed a rule. */
export default function Examples({ rule, examples, site }: Props) {
  if (failedOf(rule) > 0 && examples.length === 0)
    return <p className="note">No coach note or quote was given with these failures.</p>;
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
