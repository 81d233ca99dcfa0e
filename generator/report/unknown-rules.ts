import { ruleId } from '../normalize/rules.ts';
import type { TenantConfig } from '../tenants/config.ts';

/** A rule that the configuration names and no call has. */
export interface UnknownRule {
  setting: 'criticalRules' | 'customerRules' | 'targets' | 'alerts';
  /** As the tenant wrote it. */
  name: string;
}

/** Names of rules in each setting that has some. */
const NAMED: { [setting in UnknownRule['setting']]: (config: TenantConfig) => readonly string[] } = {
  criticalRules: ({ criticalRules }) => criticalRules,
  customerRules: ({ customerRules }) => customerRules,
  targets: ({ targets }) => Object.keys(targets?.rules ?? {}),
  alerts: ({ digest }) => (digest?.alerts ?? []).flatMap(({ ruleFailed }) => ruleFailed?.rule ?? []),
};

/** Rules that are configured and that no call has, each once for a setting; none while the data has no rules at all. */
export function unknownRules(config: TenantConfig, rules: { [rule: string]: unknown }): UnknownRule[] {
  if (Object.keys(rules).length === 0) return [];
  return Object.entries(NAMED).flatMap(([setting, namesIn]) => {
    const unknown = namesIn(config).filter((name) => !Object.hasOwn(rules, ruleId(name)));
    return [...new Map(unknown.map((name) => [ruleId(name), name])).values()].map((name) => ({
      setting: setting as UnknownRule['setting'],
      name,
    }));
  });
}

/** @param name puts a name into the form in which it may stand there */
export function unknownRuleText({ setting, name: rule }: UnknownRule, name: (text: string) => string): string {
  const why = {
    criticalRules: 'which "criticalRules" names',
    customerRules: 'which "customerRules" names',
    targets: 'for which "targets" sets a share',
    alerts: 'for which an alert is set in "digest"',
  }[setting];
  return `No call has the rule ${name(rule)}, ${why}.`;
}
