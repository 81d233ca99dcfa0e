import type { StopSignal } from '../lib/command-line/stop.ts';
import { consoleLog, type Log, quietLog } from '../lib/console.ts';
import { type Printable, say } from '../lib/printable.ts';
import type { SettingName, Settings } from '../settings.ts';
import type { ChangeFeed } from '../source/feed/change-feed.ts';
import type { Store } from '../store/store.ts';

/** What a command gives back: an object for `--json`, sentences for people, and whether all went well. */
export interface Answer {
  json: object;
  text: Printable[];
  failed: boolean;
  /** That somebody has stopped it by this, with something left to do. */
  signal?: StopSignal;
}

export interface Command {
  about: string;
  settings: readonly SettingName[];
  /** Variables that are wrong do not end it: it is told of them, and their settings are left out. */
  checksSettings?: true;
  /**
   * Commands load what they need when they run: `--help` is at once.
   * @param wrong sentences about variables, where it checks them itself
   */
  run: (settings: Settings, wrong?: readonly Printable[]) => Promise<Answer>;
  /** A server: its process stays after the answer, until it is told to stop. */
  goesOn?: true;
}

export const open = async (url: string): Promise<Store> => (await import('../store/open.ts')).openStore(url);

export const openFeed = async (url: string): Promise<ChangeFeed> =>
  (await import('../source/feed/open.ts')).openFeed(url);

/** The clock that was set, or the machine's. */
export const clock = (settings: Settings): (() => Date) => {
  const { now } = settings;
  return now === undefined ? () => new Date() : () => new Date(now);
};

/** Where a command says what it does. @param prefix put before each line, such as an organization's id */
export const logOf = ({ quiet }: Settings, prefix: Printable = say``): Log =>
  quiet === 'true' ? quietLog(prefix) : consoleLog(prefix);
