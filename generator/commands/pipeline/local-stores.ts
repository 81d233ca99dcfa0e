import { existsSync } from 'node:fs';
import type { Settings } from '../../settings.ts';

const STORES = ['input', 'results', 'config', 'reports'] as const;
/** Folders in the current one, for somebody who has nothing but recordings. */
const FOLDER = '.data';

/** Flags of stores for another command to be typed, where nothing else names them. @param names those that it needs */
export const storeFlags = (
  settings: Settings,
  isLocal: boolean,
  names: readonly (typeof STORES)[number][] = STORES,
): string => (isLocal ? names.map((name) => ` --${name} ${settings[name]}`).join('') : '');

/**
 * Settings with stores. Where no store is set, they are in `.data/`: made there where recordings are named, else used where it is there.
 * @returns `isLocal`: whether they are those
 */
export function withStores(settings: Settings): { settings: Settings; isLocal: boolean } {
  const isNothingSet = STORES.every((name) => settings[name] === undefined);
  const isLocal = isNothingSet && (settings.recordingsFolder !== undefined || existsSync(FOLDER));
  if (!isLocal) return { settings, isLocal };
  return {
    settings: { ...settings, ...Object.fromEntries(STORES.map((name) => [name, `file:${FOLDER}/${name}`])) },
    isLocal,
  };
}
