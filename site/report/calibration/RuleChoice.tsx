import type { SiteData } from '#shared/figures/site-data.ts';
import SectionHead from '../components/ui/SectionHead.tsx';
import { calibrationHref, type SampleOf } from '../explorer/list-request.ts';

interface Props {
  site: SiteData;
  /** What the address names, where that is no rule. */
  unknown?: string | undefined;
  days: Omit<SampleOf, 'rule'>;
}

/** Every rule, to choose the one that calls are to be judged by. */
export default function RuleChoice({ site, unknown, days }: Props) {
  const { compare } = new Intl.Collator(site.site.locale, { numeric: true });
  const rules = Object.entries(site.rules).sort(([, a], [, b]) => compare(a.name, b.name));
  return (
    <section className="section" aria-labelledby="choose-rule">
      <SectionHead id="choose-rule" title="Choose a rule" note="of any day" />
      {unknown !== undefined && (
        <p className="message" role="alert">
          <b>No rule is called “{unknown}”.</b>
        </p>
      )}
      <ul className="rule-choice">
        {rules.map(([rule, { name }]) => (
          <li key={rule}>
            <a href={calibrationHref({ rule, ...days })}>{name}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}
