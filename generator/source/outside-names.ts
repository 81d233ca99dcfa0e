import type { TenantConfig } from '../tenant-config.ts';

/** Puts a name from outside (a key, a column) into the form in which it may be shown. */
export type ShowName = (name: string) => string;

/** Seven digits or more, however they are grouped: they may be somebody's number. */
const NUMBER = /\p{Nd}(?:[\s().,/+_-]{0,4}\p{Nd}){6,}/gu;

/**
 * The one way by which keys, column names and the like go from what was read to pages, data, output and logs. Where the tenant
 * masks, a run of seven or more digits in them is masked.
 */
export const outsideNames = ({ masking }: Pick<TenantConfig, 'masking'>): ShowName =>
  masking ? (name) => name.replaceAll(NUMBER, '•••') : (name) => name;
