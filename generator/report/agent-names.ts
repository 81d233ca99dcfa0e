import type { Cube } from '#shared/counts/cube.ts';
import { UNKNOWN_AGENT } from '#shared/figures/dataset.ts';
import type { AgentRef, TeamRef } from '#shared/view.ts';
import { agentPath, teamPath } from '../lib/paths.ts';
import type { TenantConfig } from '../tenants/config.ts';

/** What agents are named from. */
export interface Names {
  config: TenantConfig;
  /** The one domain of all agents' addresses, which need not be told with each; see `agentDomainOf`. */
  agentDomain: string | undefined;
}

/**
 * The domain of the agents' addresses, where all have the same: it tells nobody from another. Undefined where what stands before it
 * is also the id or the configured name of another agent.
 */
export function agentDomainOf(config: TenantConfig, cubes: readonly Cube[]): string | undefined {
  const ids = new Set(cubes.flatMap(({ agents }) => Object.keys(agents)));
  const addresses = [...ids].filter((id) => id.includes('@'));
  const domains = new Set(addresses.map((id) => id.slice(id.lastIndexOf('@') + 1)));
  const [domain] = domains;
  if (domain === undefined || domains.size > 1) return undefined;
  const others = [...ids, ...Object.values(config.agents).map(({ name }) => name ?? '')];
  const taken = new Set(others.filter((name) => !name.includes('@')).map((name) => name.toLowerCase()));
  const shortened = addresses.filter((id) => nameIn(config, id) === undefined).map((id) => localPart(id, domain));
  return shortened.every((name) => name !== '' && !taken.has(name.toLowerCase())) ? domain : undefined;
}

const nameIn = ({ agents }: TenantConfig, id: string): string | undefined =>
  Object.hasOwn(agents, id) ? agents[id]?.name : undefined;

const localPart = (id: string, domain: string | undefined): string =>
  domain !== undefined && id.endsWith(`@${domain}`) ? id.slice(0, -domain.length - 1) : id;

/**
 * An agent as the configuration alone names it, for what does not hold all agents of a dataset: the dataset itself, the page of one call,
 * and a recipient's scope. Where there is a dataset, `agentOf` reads it there.
 * @param id "" or null for the unknown agent
 */
export function configuredAgent({ config, agentDomain }: Names, id: string | null): AgentRef {
  if (id === null || id === '') return UNKNOWN_AGENT;
  const agent = Object.hasOwn(config.agents, id) ? config.agents[id] : undefined;
  return { id, name: agent?.name ?? localPart(id, agentDomain), team: agent?.team, href: agentPath(id) };
}

/** The teams of some agents, by name. */
export function teamsOf(agents: { [id: string]: AgentRef }): TeamRef[] {
  const names = new Set(Object.values(agents).flatMap(({ team }) => team ?? []));
  return [...names].sort().map((name) => ({ name, href: teamPath(name) }));
}
