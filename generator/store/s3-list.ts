import { Unavailable, UserError } from '../lib/errors.ts';
import { say, shownJson } from '../lib/printable.ts';
import type { Send } from './s3-client.ts';
import { explained } from './s3-sentences.ts';
import type { S3Place } from './s3-url.ts';
import { compareKeys, folderPart, type KeyRange, type ListedObject } from './store.ts';

/**
 * Page after page of a listing, in order. With a delimiter, folders come as keys that end in it, without ETag.
 * @throws where the bucket does not list in UTF-8 order, as directory buckets do: a merge with it would lose objects.
 */
export async function* listPages(
  send: Send,
  place: S3Place,
  prefix: string,
  { after, upTo, delimiter }: KeyRange & { delimiter?: string },
): AsyncGenerator<readonly ListedObject[]> {
  folderPart(prefix);
  const { bucket, base } = place;
  let token: string | undefined;
  let last = after;
  do {
    const input = {
      Bucket: bucket,
      Prefix: base + prefix,
      // XML cannot hold every character that a key can.
      EncodingType: 'url' as const,
      ...(delimiter && { Delimiter: delimiter }),
      ...(after !== undefined && !token && { StartAfter: base + after }),
      ...(token && { ContinuationToken: token }),
    };
    const page = await send(({ client, sdk }) => client.send(new sdk.ListObjectsV2Command(input))).catch((error) => {
      throw explained(error, place, { verb: 'list', key: prefix });
    });
    const decoded = (key = '') => (page.EncodingType === 'url' ? decodeURIComponent(key.replaceAll('+', ' ')) : key);
    const folders = page.CommonPrefixes?.map((each) => ({ key: decoded(each.Prefix), etag: '', size: 0 })) ?? [];
    const objects = page.Contents?.map(({ Key, ETag = '', Size = 0, LastModified }) => ({
      key: decoded(Key),
      etag: ETag,
      size: Size,
      ...(LastModified && { modified: LastModified.getTime() }),
    }));
    const listed = [...(objects ?? []), ...folders].map((each) => ({ ...each, key: each.key.slice(base.length) }));
    if (folders.length > 0) listed.sort((a, b) => compareKeys(a.key, b.key));
    const wanted: ListedObject[] = [];
    let isOver = false;
    for (const each of listed) {
      if (last !== undefined && compareKeys(last, each.key) >= 0)
        throw new UserError([
          say`s3://${bucket} does not list in UTF-8 order: ${shownJson([last, each.key])}. Use a general purpose bucket: directory buckets list in no order.`,
        ]);
      last = each.key;
      isOver = upTo !== undefined && compareKeys(each.key, upTo) > 0;
      if (isOver) break;
      // Consoles leave empty objects named "folder/" to show folders: they are no objects of ours.
      if (delimiter || !/(^|\/)$/.test(each.key)) wanted.push(each);
      // Else a range that ends with its page would ask for one more.
      isOver = each.key === upTo;
      if (isOver) break;
    }
    if (wanted.length > 0) yield wanted;
    if (isOver) return;
    token = page.IsTruncated ? page.NextContinuationToken : undefined;
    if (page.IsTruncated && !token)
      throw new Unavailable([
        say`s3://${bucket} cut a listing without saying how to go on. Use a server that supports ListObjectsV2.`,
      ]);
  } while (token);
}
