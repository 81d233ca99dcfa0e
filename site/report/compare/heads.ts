import type { Compared, Comparison } from '#shared/figures/compare/compared.ts';
import { callsOf } from '#shared/figures/dataset.ts';
import type { CallFilter } from '#shared/filter/filter.ts';
import { span } from '#shared/format/format.ts';

/** What tells a column from the others: the agent, or the period. */
export const headOf = ({ of, site }: Pick<Comparison, 'of' | 'site'>, { name, period }: Compared): string =>
  of === 'agents' ? name : span(period.from, period.to, site.locale);

/** The calls of a column. */
export const callsIn = ({ agent, period }: Compared): CallFilter => ({ ...callsOf(agent), ...period });
