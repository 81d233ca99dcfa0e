import { decimal } from '#shared/format/format.ts';
import { shareTarget } from '#shared/format/target.ts';
import { ruleId } from '../normalize/rules.ts';
import type { TenantConfig } from '../tenants/config.ts';

/** Names of rules for which a target is set and that no call has, as the tenant wrote them. */
export const unknownTargets = ({ targets }: TenantConfig, rules: { [rule: string]: unknown }): string[] =>
  Object.keys(targets?.rules ?? {}).filter((name) => !Object.hasOwn(rules, ruleId(name)));

/** @param name puts a name into the form in which it may stand there */
export const unknownTargetText = (rule: string, name: (text: string) => string): string =>
  `No call has the rule ${name(rule)}, for which "targets" sets a share.`;

/** The targets in words, one after the other: "QA passed 85%", "average score 85", "Identity verified 98%". */
export function targetTexts({ targets = {}, locale }: TenantConfig, unknown: readonly string[]): string[] {
  const { qaPassed, averageScore, rules = {} } = targets;
  return [
    ...(qaPassed === undefined ? [] : [`QA passed ${shareTarget(qaPassed, locale)}`]),
    ...(averageScore === undefined ? [] : [`average score ${decimal(averageScore, locale)}`]),
    ...Object.entries(rules).map(
      ([name, share]) =>
        `${name} ${shareTarget(share, locale)}${unknown.includes(name) ? ' (no call has a rule of this name)' : ''}`,
    ),
  ];
}
