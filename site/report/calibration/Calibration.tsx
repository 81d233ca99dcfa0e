import type { SiteData } from '#shared/figures/site-data.ts';
import type { CallFilter } from '#shared/filter/filter.ts';
import { count, span, whenStarted } from '#shared/format/format.ts';
import { download } from '../browser/download.ts';
import AgentName from '../components/ui/AgentName.tsx';
import { fileName } from '../data/file-name.ts';
import { type ListedCall, ruleName } from '../explorer/listed-calls.ts';
import { calibrationCsv } from './calibration-csv.ts';
import { EACH } from './sample.ts';

interface Props {
  site: SiteData;
  filter: CallFilter;
  /** Identity. */
  rule: string;
  calls: readonly ListedCall[];
  /** The query of each call's address: whoever opens one can go on through the sample. */
  query: string;
}

/** The sheet on which somebody judges the calls of a sample. It says nothing of the report's verdicts. */
export default function Calibration({ site, filter, rule, calls, query }: Props) {
  const { locale, name: organization } = site.site;
  const { from, to } = filter;
  const name = ruleName(site, rule);
  const days = from !== undefined && to !== undefined ? span(from, to, locale) : 'all days';
  const save = () =>
    download(
      `${fileName(['calibration', name, from, to], organization)}.csv`,
      calibrationCsv(
        calls.map(({ row }) => row),
        name,
      ),
      'text/csv;charset=utf-8',
    );
  return (
    <section className="section calibration" aria-labelledby="rule">
      <div className="section-head">
        <h2 id="rule">{name}</h2>
        <span className="note">
          {days}; {calls.length === 1 ? 'one call' : `${count(calls.length, locale)} calls`}, the same for everybody who
          opens this address
        </span>
      </div>
      {calls.length === 0 ? (
        <div className="message">
          <b>No call of these days was checked on this rule.</b>
          <p>
            Choose other days on the <a href="/qa/">QA page</a>.
          </p>
        </div>
      ) : (
        <>
          <p className="prose">
            Judge each call on this rule yourself. Do not look at the report’s result first: a call that you open from
            here hides it. The report passed up to {count(EACH, locale)} of these calls and failed up to{' '}
            {count(EACH, locale)}; they are mixed. Write yes or no for each in the CSV file: the person who runs the
            reports can then tell how far the report agrees with you.
          </p>
          <p className="calibration-tools">
            <button type="button" className="button" onClick={() => print()}>
              Print
            </button>
            <button type="button" className="button button-main" onClick={save}>
              CSV to fill in
            </button>
          </p>
          <table className="table sheet">
            <caption className="visually-hidden">Calls to judge</caption>
            <thead>
              <tr>
                <th scope="col">Call</th>
                <th scope="col">Started</th>
                <th scope="col">Agent</th>
                <th scope="col">Pass</th>
                <th scope="col">Fail</th>
                <th scope="col" className="drop-3">
                  Notes
                </th>
              </tr>
            </thead>
            <tbody>
              {calls.map(({ row, who }) => (
                <tr key={row.path}>
                  <th scope="row">
                    <a href={`${row.path}${query}`}>{row.id}</a>
                  </th>
                  <td className="nowrap">{whenStarted(row, site.site) ?? 'Unknown start time'}</td>
                  <td>
                    <AgentName agent={who} />
                  </td>
                  <td className="box">
                    <i />
                  </td>
                  <td className="box">
                    <i />
                  </td>
                  <td className="notes drop-3" />
                </tr>
              ))}
            </tbody>
          </table>
          <p className="note sheet-by">Judged by:</p>
        </>
      )}
    </section>
  );
}
