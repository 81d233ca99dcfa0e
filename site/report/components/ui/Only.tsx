import { Fragment, type ReactNode } from 'react';
import { scopeOf } from '#shared/figures/dataset.ts';
import { andList } from '#shared/format/english.ts';
import type { OnlyTeams, SiteView } from '#shared/view.ts';
import { Scope } from './scope.ts';

interface Props {
  /** Absent: everybody's calls. */
  only: OnlyTeams | undefined;
  site: SiteView;
  children: ReactNode;
}

/** The figures of some teams' calls alone: it says so first, and each link to calls names the teams. */
export default function Only({ only, site: { locale }, children }: Props) {
  if (!only) return children;
  const { teams, everyone } = only;
  const names = teams.map(({ name }) => name);
  return (
    <Scope value={scopeOf(only)}>
      <p className="only">
        <span className="chip">
          {names.length === 1 ? 'Team ' : 'Teams '}
          <b>{andList(names, locale)}</b>
        </span>{' '}
        {names.length === 1 ? 'only calls of this team’s agents' : 'only calls of these teams’ agents'}, as configured
        now
        {teams.map(({ name, href }) => (
          <Fragment key={name}>
            {' · '}
            <a href={href}>{names.length === 1 ? 'page of the team' : `page of ${name}`}</a>
          </Fragment>
        ))}
        {' · '}
        <a href={everyone} data-whole="">
          show everyone
        </a>
      </p>
      {children}
    </Scope>
  );
}
