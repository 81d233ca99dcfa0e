import { labelOf } from '../format/insight.ts';
import type { DimensionId } from '../model.ts';

/** It is its own parameter in an address. */
export type { DimensionId } from '../model.ts';

/** A dimension of an organization with the values that are told apart; calls with another value count as "other". */
export interface Dimension {
  id: DimensionId;
  /** Most calls first. */
  values: string[];
}

const FIELD = 'field.';
const INSIGHT = 'insight.';

export const isDimensionId = (key: string): key is DimensionId =>
  key === 'topic' || key === 'phrase' || key.startsWith(INSIGHT) || key.startsWith(FIELD);

export const isInsightId = (id: DimensionId): boolean => id.startsWith(INSIGHT);
export const fieldId = (label: string): DimensionId => `${FIELD}${label}`;
export const insightId = (key: string): DimensionId => `${INSIGHT}${key}`;

/** The label of the field that a dimension is; undefined where it is another. */
export const fieldOf = (id: DimensionId): string | undefined =>
  id.startsWith(FIELD) ? id.slice(FIELD.length) : undefined;

/** A dimension as it is called: "Topic", "Phrase", "Queue", "Customer intent". */
export const dimensionName = (id: DimensionId): string =>
  id === 'topic' ? 'Topic' : id === 'phrase' ? 'Phrase' : (fieldOf(id) ?? labelOf(id.slice(INSIGHT.length)));

const YES_NO: { [value: string]: string } = { true: 'Yes', false: 'No' };

/** A value as it is shown. */
export const dimensionValue = (id: DimensionId, value: string): string =>
  id !== 'topic' && id !== 'phrase' && Object.hasOwn(YES_NO, value) ? (YES_NO[value] as string) : value;
