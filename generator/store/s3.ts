import type { GetObjectCommandOutput } from '@aws-sdk/client-s3';
import { inBlocks } from '../lib/blocks.ts';
import { encodeText } from '../lib/bytes.ts';
import { sender } from './s3-client.ts';
import { isBeyondEnd, isConflict, isMissing, isRefused, mayWriteBy, tellsRights } from './s3-errors.ts';
import type { ObjectAnswer } from './s3-get.ts';
import { listPages } from './s3-list.ts';
import { explained, type Request } from './s3-sentences.ts';
import { readS3Url } from './s3-url.ts';
import type { S3Options } from './s3-wire.ts';
import {
  checkKey,
  folderPart,
  type GetOptions,
  PreconditionFailed,
  type PutOptions,
  type Store,
  type StoredObject,
} from './store.ts';

/**
 * A bucket, or the part of it below a prefix. ETags are as S3 gives them, quotes included.
 * @param url `s3://bucket/prefix?options`; see `readS3Url`. Nothing is asked of the network before the first use.
 * @throws {UserError} where the URL is wrong; on use, where credentials, bucket or region are.
 */
export function s3Store(url: string, options: S3Options = {}): Store {
  const place = readS3Url(url);
  const { bucket, base } = place;
  const send = sender(place, options);
  const encryption = {
    ...(place.sse && { ServerSideEncryption: place.sse }),
    ...(place.kmsKeyId && { SSEKMSKeyId: place.kmsKeyId }),
  };
  const pathOf = (key: string): string => {
    checkKey(base + key);
    return base + key;
  };
  const explain = (verb: Request['verb'], key: string) => (error: unknown) => {
    throw error instanceof PreconditionFailed ? error : explained(error, place, { verb, key });
  };

  async function get(key: string, { ifMatch, range }: GetOptions = {}): Promise<StoredObject | undefined> {
    const wanted = { key: pathOf(key), ifMatch, range: range && `bytes=${range.start}-${range.end - 1}` };
    const object = { Bucket: bucket, Key: wanted.key, ...(ifMatch !== undefined && { IfMatch: ifMatch }) };
    const input = { ...object, ...(wanted.range && { Range: wanted.range }) };
    return send(async ({ client, sdk, read }) => {
      try {
        return received((await read(wanted)) ?? (await answerOf(await client.send(new sdk.GetObjectCommand(input)))));
      } catch (error) {
        if (!isBeyondEnd(error)) throw error;
        // The refusal names neither ETag nor size.
        const { ETag = '', ContentLength = 0 } = await client.send(new sdk.HeadObjectCommand(object));
        return { body: new Uint8Array(), etag: ETag, size: ContentLength };
      }
    }).catch((error) => {
      if (isMissing(error)) return undefined;
      if (isRefused(error)) throw new PreconditionFailed(key);
      return explain('read', key)(error);
    });
  }

  /** After conflicts to the last try, what lies there now says whether the condition can still hold. */
  async function stillHolds(key: string, { ifNoneMatch, ifMatch }: PutOptions): Promise<boolean> {
    const present = await get(key);
    return (!ifNoneMatch || !present) && (ifMatch === undefined || ifMatch === present?.etag);
  }

  return {
    url,
    list: (prefix) => inBlocks(() => listPages(send, place, prefix, {})),
    listRange: (prefix, range) => inBlocks(() => listPages(send, place, prefix, range)),
    async folders(prefix) {
      folderPart(prefix);
      const names: string[] = [];
      for await (const page of listPages(send, place, prefix, { delimiter: '/' })) {
        for (const { key } of page) {
          const name = key.slice(prefix.length, -1);
          // "a//b" has a folder without a name, which no key here can reach.
          if (key.endsWith('/') && name !== '') names.push(name);
        }
      }
      return names;
    },
    async top() {
      const names: string[] = [];
      for await (const page of listPages(send, place, '', { delimiter: '/' }))
        for (const { key } of page) if (key !== '') names.push(key);
      return names;
    },
    get,
    async put(key, body, options = {}) {
      const bytes = typeof body === 'string' ? encodeText(body) : body;
      const input = {
        Bucket: bucket,
        Key: pathOf(key),
        Body: bytes,
        ContentLength: bytes.byteLength,
        ...(options.ifNoneMatch && { IfNoneMatch: options.ifNoneMatch }),
        ...(options.ifMatch !== undefined && { IfMatch: options.ifMatch }),
        ...encryption,
      };
      return send(async ({ client, sdk }) => {
        const { ETag } = await client.send(new sdk.PutObjectCommand(input));
        if (ETag === undefined) throw new Error('answered without an ETag');
        return ETag;
      }).catch(async (error) => {
        const gone = isMissing(error) && options.ifMatch !== undefined;
        if (isRefused(error) || gone) throw new PreconditionFailed(key);
        if (isConflict(error) && !(await stillHolds(key, options))) throw new PreconditionFailed(key);
        return explain('write', key)(error);
      });
    },
    async share(key, how) {
      const path = pathOf(key);
      return send(({ share }) => share(path, how)).catch(explain('read', key));
    },
    async mayWrite(key) {
      // There is no such upload, so nothing can come of ending it, and whoever may not write is refused before that is looked up.
      const parts = { Parts: [{ PartNumber: 1, ETag: '"none"' }] };
      const input = { Bucket: bucket, Key: pathOf(key), UploadId: 'none', MultipartUpload: parts };
      return send(({ client, sdk }) =>
        client.send(new sdk.CompleteMultipartUploadCommand(input)).then(
          () => undefined,
          (error) => {
            if (!tellsRights(error)) throw error;
            return mayWriteBy(error);
          },
        ),
      ).catch(explain('write', key));
    },
    async remove(key) {
      const input = { Bucket: bucket, Key: pathOf(key) };
      await send(({ client, sdk }) => client.send(new sdk.DeleteObjectCommand(input))).catch((error) => {
        if (!isMissing(error)) explain('remove', key)(error);
      });
    },
  };
}

/** Node fails a body that ends before its announced length, and the request is then sent again. */
const answerOf = async ({ Body, ETag, ContentRange }: GetObjectCommandOutput): Promise<ObjectAnswer> => ({
  body: (await Body?.transformToByteArray()) ?? new Uint8Array(),
  etag: ETag,
  contentRange: ContentRange,
});

function received({ body, etag, contentRange }: ObjectAnswer): StoredObject {
  if (etag === undefined) throw new Error('answered without an ETag');
  const size = /\/(\d+)$/.exec(contentRange ?? '')?.[1]; // e.g., "bytes 0-99/1234"
  return { body, etag, size: size === undefined ? body.byteLength : Number(size) };
}
