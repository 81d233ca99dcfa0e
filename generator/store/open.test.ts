import { expect, it } from 'vitest';
import { UserError } from '../lib/errors.ts';
import { openStore, storeUrlProblem } from './open.ts';

it.each(['file:folder', 'file:./a b', 'file:/folder', 'file:///folder', 's3://bucket', 's3://bucket/a?sse=AES256'])(
  'opens %s',
  (url) => {
    expect(storeUrlProblem(url)).toBeUndefined();
    expect(openStore(url)).toHaveProperty('list');
  },
);

it.each([
  ['', 'is not a store: write file: and a folder, or s3://bucket'],
  ['folder', 'is not a store: write file: and a folder, or s3://bucket'],
  ['s4://bucket', 'is not a store: write file: and a folder, or s3://bucket'],
  ['constructor:x', 'is not a store: write file: and a folder, or s3://bucket'],
  ['file:', 'names no folder: write it as file:folder or file:///folder'],
  ['file://host/folder', 'names no folder: write it as file:folder or file:///folder'],
  ['file:///a%2Fb', 'names no folder: write it as file:folder or file:///folder'],
  ['s3:bucket', 'is not an S3 store: write it as s3://bucket or s3://bucket/prefix'],
  ['s3://bucket?sse=none', 'is not an S3 store: sse cannot be "none"'],
])('says what is wrong with "%s", where it is set and where it is opened', (url, why) => {
  expect(storeUrlProblem(url)).toBe(why);
  expect(() => openStore(url)).toThrow(UserError);
  expect(() => openStore(url)).toThrow(`${JSON.stringify(url)} ${why}.`);
});
