import { say } from '../../../lib/printable.ts';
import { readS3Url } from '../../../store/s3-url.ts';
import type { Store } from '../../../store/store.ts';
import type { Context } from '../context.ts';
import { type Finding, warning } from '../finding.ts';

/** Buckets of the pipeline that have no object at all; those that cannot be listed are told of elsewhere. */
export async function checkBuckets({ input, results, config }: Context['stores'], env: NodeJS.ProcessEnv) {
  const empty: string[] = [];
  for (const store of [input, results, config])
    if (store && isOnAws(store, env) && (await isEmpty(store))) empty.push(store.url.split('?')[0] ?? store.url);
  if (empty.length === 0) return [];
  const finding: Finding = warning(
    'aws: buckets',
    say`${empty} ${empty.length === 1 ? 'is' : 'are'} empty: the pipeline has written nothing there, and has nothing to read there. Check the names of the buckets, and what is said above of functions and triggers.`,
  );
  return [finding];
}

const isOnAws = ({ url }: Store, env: NodeJS.ProcessEnv): boolean => url.startsWith('s3:') && readS3Url(url, env).aws;

async function isEmpty(store: Store): Promise<boolean> {
  try {
    for await (const _ of store.list('')) return false;
    return true;
  } catch {
    return false;
  }
}
