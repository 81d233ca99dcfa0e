import { sumsAmong } from '#shared/counts/sums.ts';
import type { Call } from '#shared/model.ts';
import { configuredAgent } from '../../report/agent-names.ts';
import type { Report } from '../../report/report.ts';
import type { TenantConfig } from '../../tenants/config.ts';
import type { DigestRecipient } from '../../tenants/digest-config.ts';

export type Scope = DigestRecipient['scope'];

/** Whether an agent's calls belong to a scope. */
export function inScope(config: TenantConfig, scope: Scope): (agent: string | null) => boolean {
  if (scope === 'all') return () => true;
  if ('agent' in scope) return (agent) => agent === scope.agent;
  return (agent) => agent !== null && Object.hasOwn(config.agents, agent) && config.agents[agent]?.team === scope.team;
}

/**
 * The report with the sums of the scope's calls alone. Its days, which figures exist, rules' names and the usual length of a call stay those
 * of the whole organization, as on its site.
 */
export function scopedReport(report: Report, scope: Scope): Report {
  if (scope === 'all') return report;
  return { ...report, sums: sumsAmong(report.sums, inScope(report.config, scope)) };
}

export const scopedCalls = (report: Report, scope: Scope, calls: readonly Call[]): Call[] => {
  const isWanted = inScope(report.config, scope);
  return calls.filter(({ agent }) => isWanted(agent));
};

/** Whose calls: "team South", "Ann Lee"; null: everybody's. */
export function scopeName(report: Report, scope: Scope): string | null {
  if (scope === 'all') return null;
  return 'team' in scope ? `team ${scope.team}` : configuredAgent(report, scope.agent).name;
}

/** What is wrong with a scope, as a sentence; undefined where nothing is. A team that nobody is in would be quiet for ever. */
export function problemOfScope({ agents }: TenantConfig, scope: Scope): string | undefined {
  if (scope === 'all' || !('team' in scope)) return undefined;
  if (Object.values(agents).some(({ team }) => team === scope.team)) return undefined;
  return `no agent in report-config.json has the team ${JSON.stringify(scope.team)}. Correct the recipient's scope, or give the team to its agents.`;
}
