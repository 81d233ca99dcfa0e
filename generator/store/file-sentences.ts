import type { Items } from '../lib/blocks.ts';
import { inSteps } from '../lib/command-line/steps.ts';
import { withFiles } from '../lib/file-errors.ts';
import { type Printable, say } from '../lib/printable.ts';
import type { Store } from './store.ts';

/** A store of files whose errors say in sentences what could not be done with which key, why, and what to do. */
export function explainedFiles(store: Store): Store {
  const at = (verb: string, key: string): Printable => say`${verb} ${key === '' ? '' : `${key} in `}${store.url}`;
  const explained = <T>(doing: Printable, items: Items<T>): Items<T> =>
    inSteps(items, (next) => withFiles(doing, next));
  return {
    ...store,
    list: (prefix) => explained(at('list', prefix), store.list(prefix)),
    folders: (prefix) => withFiles(at('list', prefix), () => store.folders(prefix)),
    top: () => withFiles(at('list', ''), () => store.top()),
    get: (key, options) => withFiles(at('read', key), () => store.get(key, options)),
    put: (key, body, options) => withFiles(at('write', key), () => store.put(key, body, options)),
    remove: (key) => withFiles(at('remove', key), () => store.remove(key)),
  };
}
