import type { TenantConfig } from '../tenants/config.ts';
import { maskNames } from './names.ts';

/** Puts a name from outside (a key, a column) into the form in which it may be shown. */
export type ShowName = (name: string) => string;

/**
 * The one way by which keys, column names and the like go from what was read to pages, data, output and logs. Where the tenant
 * masks, a run of seven or more digits in them is masked, and so are groups that may be one number.
 */
export const outsideNames = ({ masking }: Pick<TenantConfig, 'masking'>): ShowName =>
  masking ? maskNames : (name) => name;
