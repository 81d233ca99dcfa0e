import { count } from '#shared/format/format.ts';
import type { SiteView, TrustView } from '#shared/view.ts';

/** Sentences on the overview; the others are on the page about the figures. */
const SHOWN = 3;

/** What is wrong with much of the input: said before any figure, since figures without it mislead. */
export default function Troubles({ trust, site }: { trust: TrustView; site: SiteView }) {
  const { troubles = [] } = trust;
  if (troubles.length === 0) return null;
  const more = troubles.length - SHOWN;
  return (
    <div className="troubles">
      {troubles.slice(0, SHOWN).map((text) => (
        <p key={text}>{text}</p>
      ))}
      <p className="note">
        {more > 0 && `And ${count(more, site.locale)} more. `}
        <a href="/about/#troubles">What was not read</a>
      </p>
    </div>
  );
}
