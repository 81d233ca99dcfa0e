import type { TenantConfig } from '../tenants/config.ts';

/** What of a tenant's configuration decides how its calls are understood. */
export type CallTerms = Pick<
  TenantConfig,
  | 'timeZone'
  | 'agentDomains'
  | 'passMark'
  | 'shortestCallSeconds'
  | 'columns'
  | 'metadata'
  | 'insightKeys'
  | 'phrases'
  | 'playback'
>;

/** That alone, to be sent to threads: with it a tenant may name 100,000 agents, and each batch of calls would carry them. */
export const callTerms = (config: CallTerms): CallTerms => {
  const { timeZone, agentDomains, passMark, shortestCallSeconds, columns, metadata, insightKeys, phrases, playback } =
    config;
  return { timeZone, agentDomains, passMark, shortestCallSeconds, columns, metadata, insightKeys, phrases, playback };
};
