import { existsSync, watch } from 'node:fs';
import { join } from 'node:path';
import { printError } from '../../lib/console.ts';
import { messageOf } from '../../lib/errors.ts';
import { say } from '../../lib/printable.ts';
import { ROOT, TEMPLATE } from '../../render/version.ts';
import type { Store } from '../../store/store.ts';

/** Editors write a file in several steps, and several files at once. */
const SETTLE_MS = 200;
/** A folder is asked more often than a bucket, which counts requests. */
const EVERY_MS = { folder: 500, bucket: 5000 };

/** What ends watching. */
type Stop = () => void;

/**
 * Calls back when an organization's configuration has become another one. It is listed now and then, so it works in a folder,
 * on a network file system and in a bucket alike.
 */
export function watchConfiguration(config: Store, org: string, changed: () => void): Stop {
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;
  let last: string | undefined;
  const look = async () => {
    try {
      const now: string[] = [];
      for await (const { key, etag } of config.list(`${org}/`)) now.push(`${key} ${etag}`);
      const text = now.join('\n');
      if (last !== undefined && last !== text && !isOver) changed();
      last = text;
    } catch (error) {
      printError(say`preview: the configuration could not be listed: ${messageOf(error)}`);
    }
    if (!isOver) timer = setTimeout(look, config.url.startsWith('file:') ? EVERY_MS.folder : EVERY_MS.bucket);
  };
  void look();
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}

/** Whether the templates' sources are here: a generator that was packed has only what was made of them. */
export const hasTemplates = (): boolean => TEMPLATE.every((path) => existsSync(join(ROOT, path)));

/** Calls back when a source of the page templates was written. Nothing is watched where they are not here. */
export function watchTemplates(changed: () => void): Stop {
  if (!hasTemplates()) return () => {};
  let timer: NodeJS.Timeout | undefined;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(changed, SETTLE_MS);
  };
  const watchers = TEMPLATE.map((path) => watch(join(ROOT, path), { recursive: !path.includes('.') }, soon));
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
