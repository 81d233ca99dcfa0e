import { encodeText } from '../../../lib/bytes.ts';
import { type Answer, type Bucket, errorAnswer } from './objects.ts';

/** When every object was written: after all times that tests have in their data. */
const LAST_MODIFIED = '2027-01-01T00:00:00.000Z';

/** ListObjectsV2. A page ends after so many objects and folders; the token says what came last. */
export function answerList(bucket: Bucket, query: URLSearchParams, name: string, pageSize: number): Answer {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const limit = Math.min(pageSize, Number(query.get('max-keys') ?? 1000));
  const token = query.get('continuation-token');
  const after = token === null ? query.get('start-after') : Buffer.from(token, 'base64url').toString();
  if (token === '') return errorAnswer(400, 'InvalidArgument');
  const encoding = query.get('encoding-type');
  if (encoding !== null && encoding !== 'url') return errorAnswer(400, 'InvalidArgument');
  const written = (text: string) => escaped(encoding === 'url' ? urlEncoded(text) : text);

  const folders: string[] = [];
  const objects: string[] = [];
  let last: string | undefined;
  let more = false;
  const keys = bucket.keys();
  for (let i = after === null ? 0 : firstAfter(keys, after); i < keys.length; i++) {
    const key = keys[i] as string;
    if (!key.startsWith(prefix)) continue;
    const cut = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const folder = cut < 0 ? undefined : key.slice(0, cut + delimiter.length);
    // A folder that came on the page before, or that StartAfter names, is not told twice.
    if (folder !== undefined && (folder === folders.at(-1) || folder === after)) continue;
    if (folders.length + objects.length === limit) {
      more = true;
      break;
    }
    last = folder ?? key;
    if (folder !== undefined) folders.push(folder);
    else objects.push(key);
  }

  const contents = objects.map((key) => {
    const { etag, body } = bucket.objects.get(key) ?? { etag: '', body: new Uint8Array() };
    return (
      `<Contents><Key>${written(key)}</Key><LastModified>${LAST_MODIFIED}</LastModified>` +
      `<ETag>${escaped(etag)}</ETag><Size>${body.byteLength}</Size><StorageClass>STANDARD</StorageClass></Contents>`
    );
  });
  const prefixes = folders.map((folder) => `<CommonPrefixes><Prefix>${written(folder)}</Prefix></CommonPrefixes>`);
  const next = more
    ? `<NextContinuationToken>${Buffer.from(last ?? '').toString('base64url')}</NextContinuationToken>`
    : '';
  const xml =
    '<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">' +
    `<Name>${name}</Name><Prefix>${written(prefix)}</Prefix><KeyCount>${objects.length + folders.length}</KeyCount>` +
    `<MaxKeys>${limit}</MaxKeys>${encoding ? '<EncodingType>url</EncodingType>' : ''}` +
    `<IsTruncated>${more}</IsTruncated>${next}${contents.join('')}${prefixes.join('')}</ListBucketResult>`;
  return { status: 200, headers: { 'content-type': 'application/xml' }, body: encodeText(xml) };
}

/** Index of the first key after `after`, by halving; all keys below a folder that a token names count as before it. */
function firstAfter(keys: readonly string[], after: string): number {
  const bytes = Buffer.from(after);
  let [low, high] = [0, keys.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (Buffer.compare(Buffer.from(keys[middle] as string), bytes) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** As S3 does: a space becomes "+", and "/" stays. */
const urlEncoded = (text: string): string => encodeURIComponent(text).replaceAll('%20', '+').replaceAll('%2F', '/');

const escaped = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: S3 writes them as references
  text.replace(/[&<>"\u0000-\u001f]/g, (character) => `&#x${character.charCodeAt(0).toString(16)};`);
