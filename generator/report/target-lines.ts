import { decimal } from '#shared/format/format.ts';
import { shareTarget } from '#shared/format/target.ts';
import type { TenantConfig } from '../tenants/config.ts';

/** The targets in words, one after the other: "QA passed 85%", "average score 85", "Identity verified 98%". */
export function targetTexts({ targets = {}, locale }: TenantConfig): string[] {
  const { qaPassed, averageScore, rules = {} } = targets;
  return [
    ...(qaPassed === undefined ? [] : [`QA passed ${shareTarget(qaPassed, locale)}`]),
    ...(averageScore === undefined ? [] : [`average score ${decimal(averageScore, locale)}`]),
    ...Object.entries(rules).map(([name, share]) => `${name} ${shareTarget(share, locale)}`),
  ];
}
