import { addressOf, inDomains } from '#shared/calls/parties.ts';
import type { Call } from '#shared/model.ts';
import { closest } from '../../lib/closest.ts';
import { type Printable, quoted, say } from '../../lib/printable.ts';
import { counted } from '../../lib/words.ts';
import type { RecentInput } from '../../read/recent.ts';
import type { TenantConfig } from '../../tenants/config.ts';
import { type Finding, ok, warning } from './finding.ts';

/** A domain of so many calls is a company's, and may be named. */
const NAMED_SHARE = 0.1;
const MOST_NAMED = 3;
/** Calls of unknown agents are usual up to this share. */
const UNKNOWN_SHARE = 0.2;

/** What of one organization is compared with its newest calls. */
export interface Compared {
  org: string;
  config: TenantConfig;
  recent: RecentInput;
  /** Whether agents may be named. */
  mayName: boolean;
  /** The sender of digests, where it is set. */
  mailFrom?: string;
}

/** Whether "agentDomains" finds the agents of calls. */
export function checkDomains({ org, config: { agentDomains }, recent: { newest } }: Compared): Finding[] {
  if (newest.length === 0) return [];
  const hosts = hostsOf(newest);
  const findings: Finding[] = [];
  const of = say`the newest ${counted(newest.length, 'call')}`;
  for (const domain of agentDomains) {
    if ([...hosts.keys()].some((host) => inDomains(`x@${host}`, [domain]))) continue;
    const near = closest(domain, namedHosts(hosts, newest.length, []));
    findings.push(
      warning(
        'domains',
        say`No address in ${of} is in ${quoted(domain)}, which "agentDomains" names.${meant(near)}`,
        org,
      ),
    );
  }
  const unknown = newest.filter(({ agent }) => agent === null).length;
  const others = namedHosts(hosts, newest.length, agentDomains);
  if (unknown / newest.length > UNKNOWN_SHARE) {
    const seen = others.map((host) => say`${quoted(host)} (${counted(hosts.get(host) ?? 0, 'call')})`);
    const which =
      others.length === 0 ? '' : say` Domains in them that "agentDomains" does not name: ${seen.join(', ')}.`;
    findings.push(
      warning(
        'domains',
        say`The agent of ${unknown} of ${of} is not known.${which} Write the agents’ own domains into "agentDomains".`,
        org,
      ),
    );
  }
  return findings.length > 0
    ? findings
    : [ok('domains', say`The agents of ${newest.length - unknown} of ${of} are known.`, org)];
}

/** Whether "agents" names those who have calls. */
export function checkAgents({ org, config: { agents }, recent: { newest }, mayName }: Compared): Finding[] {
  const ids = Object.keys(agents);
  if (ids.length === 0 || newest.length === 0) return [];
  const seen = new Set(newest.flatMap(({ agent }) => agent ?? []));
  const unnamed = [...seen].filter((id) => !Object.hasOwn(agents, id));
  const misspelt = ids
    .filter((id) => !seen.has(id))
    .map((id) => ({ id, near: closest(id, unnamed) }))
    .filter(({ near }) => near.length > 0);
  const of = say`the newest ${counted(newest.length, 'call')}`;
  const findings: Finding[] = [];
  if (misspelt.length > 0 && !mayName)
    findings.push(
      warning(
        'agents',
        say`${counted(misspelt.length, 'id')} in "agents" ${misspelt.length === 1 ? 'has' : 'have'} no call and may be misspelt: agents with nearly the same id have calls. Run doctor outside a CI to see them.`,
        org,
      ),
    );
  if (mayName)
    for (const { id, near } of misspelt.slice(0, MOST_AGENTS))
      findings.push(
        warning('agents', say`None of ${of} is of ${quoted(id)}, which "agents" names.${meant(near)}`, org),
      );
  const hasTeams = Object.values(agents).some(({ team }) => team !== undefined);
  const unknown = unnamed.length - new Set(misspelt.flatMap(({ near }) => near)).size;
  if (hasTeams && unknown > 0)
    findings.push(
      warning(
        'agents',
        say`${unknown} of the ${seen.size} agents in ${of} ${unknown === 1 ? 'is' : 'are'} not in "agents", so their calls are of no team. Add them.`,
        org,
      ),
    );
  return findings.length > 0 ? findings : [ok('agents', say`"agents" names those who have calls.`, org)];
}
/** Lines about agents. */
const MOST_AGENTS = 10;

/** The question after a name that nothing has. */
export const meant = (near: readonly string[]): Printable =>
  near.length === 0
    ? say``
    : say` Did you mean ${near
        .slice(0, 3)
        .map((each) => quoted(each))
        .join(' or ')}?`;

/** In how many calls each domain stands. */
function hostsOf(calls: readonly Call[]): Map<string, number> {
  const hosts = new Map<string, number>();
  for (const { from = '', to = '' } of calls) {
    const own = [from, to]
      .map(addressOf)
      .flatMap((address) => (address.includes('@') ? address.slice(address.lastIndexOf('@') + 1) : []));
    for (const host of new Set(own)) if (host !== '') hosts.set(host, (hosts.get(host) ?? 0) + 1);
  }
  return hosts;
}

/** Domains that many calls have, most first, but for those of the agents. */
const namedHosts = (hosts: ReadonlyMap<string, number>, calls: number, agentDomains: readonly string[]): string[] =>
  [...hosts]
    .filter(([host, n]) => n / calls >= NAMED_SHARE && !inDomains(`x@${host}`, agentDomains))
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_NAMED)
    .map(([host]) => host);
