import { dimensionName } from '#shared/filter/dimension-id.ts';
import { count } from '#shared/format/format.ts';
import type { TopicsPage } from '#shared/view.ts';
import Context from '../ui/Context.tsx';
import Lead from '../ui/Lead.tsx';
import Only from '../ui/Only.tsx';
import SectionHead from '../ui/SectionHead.tsx';
import About from './About.tsx';

const TITLES: { [dimension: string]: string } = { topic: 'What calls are about', phrase: 'What was said' };

/** What calls are about: topics, what was said in them, then each other thing that tells them apart. */
export default function TopicsBody({ view }: { view: TopicsPage }) {
  const { site, tables, lead, calls, trust, only } = view;
  const window = view.window ?? { from: '', to: '', days: 0 };
  return (
    <>
      <Context site={site} window={view.window} trust={trust} />
      <Only only={only} site={site}>
        {lead.length > 0 && <Lead phrase={lead} />}
        {tables.length === 0 && (
          <section className="section">
            <div className="message">
              <b>No topics to compare in this period.</b>
              <p>Fewer than two topics have calls on these days.</p>
            </div>
          </section>
        )}
        {tables.map((table, at) => (
          <section className="section" aria-labelledby={`about-${at}`} key={table.id}>
            <SectionHead
              id={`about-${at}`}
              title={TITLES[table.id] ?? `By ${dimensionName(table.id)}`}
              note={`${count(table.calls, site.locale)} of ${count(calls, site.locale)} ${calls === 1 ? 'call' : 'calls'}${table.id === 'phrase' ? ' with a transcript' : ''}, most calls first`}
            />
            <About table={table} window={window} site={site} />
          </section>
        ))}
      </Only>
    </>
  );
}
