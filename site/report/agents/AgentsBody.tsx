import type { ReactNode } from 'react';
import { count } from '#shared/format/format.ts';
import { isEnough } from '#shared/format/rate.ts';
import type { AgentLine, AgentsPage, TeamLine } from '#shared/view.ts';
import AgentName from '../components/ui/AgentName.tsx';
import Context from '../components/ui/Context.tsx';
import Lead from '../components/ui/Lead.tsx';
import Only from '../components/ui/Only.tsx';
import SectionHead from '../components/ui/SectionHead.tsx';
import { fileName } from '../data/file-name.ts';
import { type Column, columnsOf, type Row } from './agents-columns.tsx';

/** The figures of the agents page. */
export default function AgentsBody({ view }: { view: AgentsPage }) {
  const { site, agents, teams, only, window, trust, lead } = view;
  const known = agents.filter(({ agent }) => agent.id !== null).length;
  return (
    <>
      <Context site={site} window={window} trust={trust} />
      <Only only={only} site={site}>
        {lead.length > 0 && <Lead phrase={lead} />}
        <section className="section" aria-labelledby="all-agents">
          <SectionHead
            id="all-agents"
            title={known === 1 ? 'One agent' : `${count(known, site.locale)} agents`}
            note={noteOf(view)}
          />
          {agents.length === 0 ? (
            <div className="message">
              <b>
                {only
                  ? `No agent of ${only.teams.length === 1 ? 'this team' : 'these teams'} has a call in this period.`
                  : 'No agent is known yet.'}
              </b>
              {!only && (
                <p>
                  An agent is identified by the call’s agent field, or by an address in one of the organization’s agent
                  domains. No call in this period has either.
                </p>
              )}
            </div>
          ) : (
            <>
              <p className="find-agent" hidden>
                <label htmlFor="find-agent">Find an agent</label>
                <input id="find-agent" autoComplete="off" placeholder="Name, id or team" type="search" />
                <span id="find-result" className="note" role="status" />
                <button id="agents-csv" type="button" className="button">
                  CSV of this table
                </button>
              </p>
              <AgentTable view={view} />
              {teams.length > 0 && <WithoutTeam view={view} />}
            </>
          )}
        </section>
      </Only>
    </>
  );
}

function noteOf({ agents, site: { hasQa, minimumN } }: AgentsPage): string {
  if (!hasQa) return 'figures of the period';
  const few = agents.some(({ agent, ranked }) => agent.id !== null && !ranked);
  const order = agents.some(({ ranked }) => ranked) ? ', lowest share passed first' : '';
  return `figures of the period${order}${few ? `; agents with fewer than ${minimumN} evaluated calls are not ranked` : ''}`;
}

function AgentTable({ view }: { view: AgentsPage }) {
  const { site, agents, teams, only, window } = view;
  const columns = columnsOf(view);
  const everyone: Row = {
    name: only ? 'All of them' : 'Everyone',
    by: '',
    of: {},
    ...view.everyone,
    ranked: isEnough(site.minimumN, view.everyone.totals.qaEvaluated),
  };
  const sorted = agents.some(({ ranked }) => ranked) ? 'QA passed' : 'Calls';
  const rows = (lines: Row[]) =>
    lines.map((row) => <TableRow row={row} columns={columns} view={view} key={row.find ?? row.by} />);
  return (
    <table
      className="table"
      data-sortable=""
      data-file={fileName(
        ['agents', ...(only?.teams.map(({ name }) => name) ?? []), window?.from, window?.to],
        site.name,
      )}
    >
      <thead>
        <tr>
          <th scope="col">Agent</th>
          {columns.map((column) => (
            <th
              scope="col"
              className={classOf(column)}
              aria-sort={column.head !== sorted ? undefined : sorted === 'Calls' ? 'descending' : 'ascending'}
              data-times={column.file?.times}
              data-decimals={column.file?.decimals}
              data-unit={column.file?.unit}
              key={column.head}
            >
              {column.head}
            </th>
          ))}
        </tr>
      </thead>
      {agents.length > 1 && <tbody className="everyone">{rows([everyone])}</tbody>}
      {teams.length > 0 && <tbody className="of-teams">{rows(teams.map((line) => teamRow(line, view)))}</tbody>}
      <tbody>{rows(agents.map(agentRow))}</tbody>
    </table>
  );
}

const classOf = ({ words, drop, quiet }: Column): string | undefined =>
  [!words && 'n', drop && `drop-${drop}`, quiet && 'quiet'].filter(Boolean).join(' ') || undefined;

function TableRow({ row, columns, view: { site } }: { row: Row; columns: Column[]; view: AgentsPage }) {
  return (
    <tr className={site.hasQa && !row.ranked ? 'unranked' : undefined}>
      <th scope="row" data-by={row.by || undefined} data-find={row.find}>
        {row.name}
      </th>
      {columns.map((column) => {
        const few = column.covers !== undefined && !isEnough(site.minimumN, column.covers(row));
        const key = column.head === 'QA passed' && row.ranked;
        return (
          <td
            className={[classOf(column), key && 'key'].filter(Boolean).join(' ') || undefined}
            data-by={column.by(row)}
            data-few={few ? '' : undefined}
            key={column.head}
          >
            {column.cell(row)}
          </td>
        );
      })}
    </tr>
  );
}

const agentRow = ({ agent, ...line }: AgentLine): Row => ({
  name: <AgentName agent={agent} />,
  by: agent.name,
  find: agent.id ?? undefined,
  of: { agent: [agent.id ?? ''] },
  team: agent.team,
  ...line,
});

function teamRow({ team, agents, ...line }: TeamLine, { site }: AgentsPage): Row {
  return {
    name: (
      <>
        <span className="quiet">Team</span> <a href={team.href}>{team.name}</a>
      </>
    ),
    by: team.name,
    of: { team: [team.name] },
    beside: `${count(agents, site.locale)} ${agents === 1 ? 'agent' : 'agents'}`,
    ...line,
  };
}

/** Agents who are in no team count in no row of one: they are not passed over in silence. */
function WithoutTeam({ view: { agents, site } }: { view: AgentsPage }): ReactNode {
  const others = agents.filter(({ agent }) => agent.id !== null && agent.team === undefined);
  const calls = others.reduce((sum, { totals }) => sum + totals.calls, 0);
  return (
    <p className="note">
      Teams are as configured now.
      {others.length > 0 &&
        ` ${count(others.length, site.locale)} ${others.length === 1 ? 'agent is' : 'agents are'} in no team, with ${count(calls, site.locale)} ${calls === 1 ? 'call' : 'calls'}.`}
    </p>
  );
}
