import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { openStore } from '../../../generator/store/open.ts';
import { type S3Double, s3Double } from '../../../generator/store/testing/s3-double.ts';

/** One way to run the product: which Node runs which folder, and what only this one writes to. */
export interface Side extends AsyncDisposable {
  name: string;
  node: string;
  /** The checkout, or a pack. */
  root: string;
  /** For mail, previews and exported sites. */
  folder: string;
  /** Its copy of the input, and its reports. An ETag there is made of the bytes, so that two of them hold the same. */
  double: S3Double;
}

/** How a command ended. */
export interface Ended {
  status: number;
  /** Both outputs, without what differs by chance: durations, ports and the side's own folder. */
  said: string;
}

/** What a side reads. */
export const STORES = ['results', 'config', 'input'] as const;

/** What differs from run to run: how long something took, the double's port, and whether the checkout was edited after it was packed. */
const CHANCE = [/\d+(?:[.,]\d+)? m?s\b/g, /127\.0\.0\.1(?::|%3A)\d+/g, /-dirty\b/g] as const;
const ACCESS = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret', AWS_REGION: 'eu-central-1' };

/** A side with its own copy of an input, which lies in folders. */
export async function openSide(side: Pick<Side, 'name' | 'node' | 'root' | 'folder'>, input: string): Promise<Side> {
  mkdirSync(side.folder, { recursive: true });
  const double = await s3Double();
  for (const name of STORES) {
    const from = openStore(`file:${join(input, name)}`);
    for await (const { key } of from.list('')) {
      const object = await from.get(key);
      if (object) double.bucket.put(`${name}/${key}`, object.body);
    }
  }
  return { ...side, double, [Symbol.asyncDispose]: () => double[Symbol.asyncDispose]() };
}

/** Run a command of the product as an operator does, with nothing else in its environment. @param env instead of its own stores */
export function runOn(side: Side, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const { node, root, folder, double } = side;
  const stores = Object.fromEntries(
    [...STORES, 'reports'].map((store) => [`CCI_${store.toUpperCase()}_URL`, double.url(store)]),
  );
  const mail = {
    CCI_MAIL_URL: `file:${join(folder, 'outbox')}`,
    CCI_MAIL_FROM: 'reports@cci-demo.example',
    CCI_SITE_URL: 'https://reports.example.com',
  };
  return new Promise((done) => {
    execFile(
      node,
      ['generator/reports.mjs', ...args],
      {
        cwd: root,
        env: { PATH: process.env.PATH, ...ACCESS, ...stores, ...mail, ...env },
        maxBuffer: 64 * 1024 * 1024,
      },
      (error, stdout, stderr) => {
        const both = `${stdout}${stderr.split('\n').sort().join('\n')}`.replaceAll(folder, '…');
        const said = CHANCE.reduce((text, chance) => text.replaceAll(chance, '…'), both);
        done({ status: error ? Number(error.code ?? 1) : 0, said });
      },
    );
  });
}

/** Of a pointer, a mark or a mail: an id that is new each time, and the sum over it. */
const RANDOM = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|"check":"[0-9a-f]{64}"/g;

/** SHA-256; of what may hold a random id without it. */
export function hashOf(path: string, bytes: Uint8Array): string {
  const isText = /\.(?:json|eml)$/.test(path);
  return createHash('sha256')
    .update(isText ? Buffer.from(bytes).toString('latin1').replaceAll(RANDOM, '…') : bytes)
    .digest('hex');
}

/** SHA-256 of each file in some folders below one, by its path from there. */
export function filesIn(folder: string, names: readonly string[]): Map<string, string> {
  const hashes = new Map<string, string>();
  for (const place of names.map((name) => join(folder, name))) {
    if (!existsSync(place)) continue;
    for (const entry of readdirSync(place, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile()) hashes.set(relative(folder, path), hashOf(path, readFileSync(path)));
    }
  }
  return hashes;
}

/** SHA-256 of each file that a side has written, and of each object in its bucket: also what its pipeline made of recordings. */
export function writtenBy({ folder, double }: Side): Map<string, string> {
  const hashes = filesIn(folder, ['outbox', 'site', 'previews']);
  for (const [key, { body }] of double.bucket.objects) hashes.set(key, hashOf(key, body));
  return hashes;
}
