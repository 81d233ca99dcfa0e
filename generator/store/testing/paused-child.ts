/** A process that changes objects as it is told, and stands still before a call of the file system until it is told to go on. */
import { once } from 'node:events';
import { fileStore } from '../file.ts';
import { type Change, perform } from './history.ts';
import { stepped } from './stepped.ts';

export interface Order {
  url: string;
  key: string;
  change: Change;
  /** Number of the call before which it stands still, from 1; it is told and waited for. */
  stopAt: number;
}

/** What it tells: that it stands still before the call that was named, or how the change ended. */
export type Report = { at: string } | { refused: boolean } | { error: string };

const tell = (report: Report) => process.send?.(report);

process.on('message', async (message: Order | 'go on') => {
  if (message === 'go on') return;
  const { url, key, change, stopAt } = message;
  let calls = Number.NEGATIVE_INFINITY;
  const store = fileStore(
    url,
    stepped(async (name) => {
      if (++calls !== stopAt) return;
      const told = once(process, 'message');
      tell({ at: name });
      await told;
    }),
  );
  try {
    await store.put(`warm/${process.pid}`, 'a store tidies up before its first change');
    calls = 0;
    tell({ refused: (await perform(store, key, change)).refused });
  } catch (error) {
    tell({ error: String(error) });
  }
});
