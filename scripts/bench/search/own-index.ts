import type { Call } from '#shared/model.ts';
import { CALLS_A_FILE } from '#shared/search/calls.ts';
import type { IndexFiles } from '#shared/search/lexicon.ts';
import { ROOT_PATH, type SearchRoot } from '#shared/search/root.ts';
import { wordsOf } from '#shared/search/terms.ts';
import type { CallPage } from '#shared/view.ts';
import { placed, updateBlock } from '../../../generator/days/search/day-block.ts';
import { openStems } from '../../../generator/days/search/stems.ts';
import { compressNow, decodeText, encodeText, stableJson } from '../../../generator/lib/bytes.ts';
import { mergedEntries } from '../../../generator/report/search/merged.ts';
import { segmentFiles } from '../../../generator/report/search/segment-files.ts';

/** An index of calls in one segment, as a build makes it: its files as they lie in the store. */
export interface OwnIndex {
  root: SearchRoot;
  /** Bytes as they are sent, by path. */
  sent: ReadonlyMap<string, Uint8Array>;
  files: IndexFiles;
  /** Milliseconds of CPU of words and lists, and of all of it. */
  cpu: { days: number; all: number };
}

export const cpuNow = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** @param views of calls that have a day */
export function ownIndex(views: readonly CallPage[]): OwnIndex {
  const began = cpuNow();
  const stemOf = openStems('en');
  const days = [...Map.groupBy(views, ({ day }) => day ?? '')].sort(([a], [b]) => (a < b ? 1 : -1));
  const blocks = days.map(([, own]) => {
    const fresh = new Map(
      own.map(({ id, transcript }) => [id, new Set(wordsOf(transcript.turns.map(({ text }) => text).join('\n')))]),
    );
    return { block: updateBlock(undefined, own as unknown as Call[], fresh, stemOf), calls: own.length };
  });
  const daysDone = cpuNow();
  const calls = days.flatMap(([, own]) => placed(own as unknown as Call[]) as unknown as CallPage[]);
  const found = calls.map(({ id, path, started, agent }) => ({
    id,
    path,
    ...(started && { started }),
    agent: agent.id,
  }));
  const plain = new Map<string, Uint8Array>();
  const making = segmentFiles('all', mergedEntries(blocks), found);
  let step = making.next();
  for (; !step.done; step = making.next()) plain.set(step.value.path, step.value.bytes);
  const { firsts } = step.value;
  const counts = days.map(([day, own]): [string, number] => [day, own.length]);
  const root: SearchRoot = {
    language: 'en',
    callsAFile: CALLS_A_FILE,
    segments: [{ name: 'all', days: counts, blocks: firsts.length, firsts }],
  };
  plain.set(ROOT_PATH, encodeText(stableJson(root)));
  const sent = new Map([...plain].map(([path, bytes]) => [path, compressNow(bytes)]));
  const at = async (path: string) => plain.get(path) ?? new Uint8Array();
  return {
    ...{ root, sent, cpu: { days: daysDone - began, all: cpuNow() - began } },
    files: { bytes: at, json: async <T>(path: string) => JSON.parse(decodeText(await at(path))) as T },
  };
}
