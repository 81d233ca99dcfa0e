import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fileStore } from '../../../store/file.ts';
import type { Store } from '../../../store/store.ts';
import { runHere, type Said } from '../../../testing/run-here.ts';
import { oneCall, writeOld } from './recordings.ts';

/** A folder with recordings and stores, in which commands are typed. */
export interface Place extends Disposable {
  /** The path of the folder with recordings. */
  recordings: string;
  url(name: string): string;
  store(name: string): Store;
  /** @param env beside the stores */
  command(args: string, env?: NodeJS.ProcessEnv): Promise<Said>;
  /** @param config by default that of the folder with recordings */
  configure(org: string, config?: object): Promise<string>;
  /** A file of the folder with recordings, as old as one that nobody writes any more. */
  put(name: string, body: Uint8Array | string): void;
  /** A call that can be worked on, and one that never can. */
  putCalls(): void;
}

/** One rule that phrases decide, and one that needs a model. */
export const RULES = {
  qa_rules: [
    {
      rule_name: 'Greets',
      category: 'Opening',
      weight: 1,
      match: { speaker: 'agent', any: ['thank you for calling'] },
    },
    { rule_name: 'Is kind', category: 'Tone', weight: 1 },
  ],
};

export async function openPlace(): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'cci-pipeline-'));
  const recordings = join(folder, 'recordings');
  mkdirSync(recordings);
  const url = (name: string) => pathToFileURL(join(folder, name)).href;
  const store = (name: string) => fileStore(url(name));
  const stores = Object.fromEntries(
    ['input', 'results', 'config', 'reports'].map((name) => [`CCI_${name.toUpperCase()}_URL`, url(name)]),
  );
  const put = (name: string, body: Uint8Array | string) => writeOld(join(recordings, name), body);
  return {
    ...{ recordings, url, store, put },
    command: (args, env = {}) => runHere(args.split(' '), { ...stores, ...env }),
    configure: (org, config = { provider: { kind: 'folder', url: url('recordings') } }) =>
      store('config').put(`${org}/pipeline-config.json`, JSON.stringify(config)),
    putCalls() {
      const { sound, transcript } = oneCall();
      put('20261123-081500_+447946000901_ann.wav', sound);
      put('20261123-081500_+447946000901_ann.vtt', transcript);
      put('broken_+447946000902.wav', 'no sound');
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}
