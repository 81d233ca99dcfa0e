import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { CallPage } from '#shared/view.ts';
import { compressNow } from '../../../generator/lib/bytes.ts';
import { install, installedVersion } from '../render/newest-packages.ts';
import { cpuNow } from './own-index.ts';

/** An engine beside ours. */
export interface Other {
  name: string; // e.g., "MiniSearch 7.2.0"
  files: number;
  bytes: number;
  /** Milliseconds in this process. */
  cpu?: number;
  /** What a browser loads before it can search for anything. */
  firstLoad: number;
  /** Packages that its installation brings, and their bytes on disk. */
  brings: { packages: number; bytes: number };
}

const VERSIONS = { pagefind: '1.4.0', minisearch: '7.2.0' };

/** @param home a scratch folder @returns why it is not measured, where it cannot be */
export async function others(home: string, views: readonly CallPage[]): Promise<(Other | string)[]> {
  return Promise.all([
    miniSearch(join(home, 'minisearch'), views),
    pagefind(join(home, 'pagefind'), views).catch((error: unknown) => `Pagefind is not measured: ${error}`),
  ]);
}

const textOf = ({ transcript }: CallPage): string => transcript.turns.map(({ text }) => text).join('\n');

interface MiniSearchClass {
  new (options: object): { addAll(documents: object[]): void; toJSON(): object };
}

async function miniSearch(home: string, views: readonly CallPage[]): Promise<Other | string> {
  const problem = install(home, { minisearch: VERSIONS.minisearch });
  if (problem !== undefined) return `MiniSearch is not measured: ${problem}`;
  const MiniSearch = createRequire(join(home, 'x.js'))('minisearch') as MiniSearchClass;
  const began = cpuNow();
  const index = new MiniSearch({ fields: ['text'], idField: 'path' });
  index.addAll(views.map((view) => ({ path: view.path, text: textOf(view) })));
  const bytes = compressNow(Buffer.from(JSON.stringify(index))).length;
  return {
    ...{ name: `MiniSearch ${installedVersion(home, 'minisearch')}`, files: 1, bytes, cpu: cpuNow() - began },
    ...{ firstLoad: bytes, brings: broughtTo(home) },
  };
}

interface PagefindApi {
  createIndex(): Promise<{
    index: {
      addCustomRecord(record: { url: string; content: string; language: string }): Promise<unknown>;
      writeFiles(options: { outputPath: string }): Promise<unknown>;
    };
  }>;
  close(): Promise<unknown>;
}

async function pagefind(home: string, views: readonly CallPage[]): Promise<Other | string> {
  const problem = install(home, { pagefind: VERSIONS.pagefind });
  if (problem !== undefined) return `Pagefind is not measured: ${problem}`;
  const api = (await import(join(home, 'node_modules/pagefind/lib/index.js'))) as PagefindApi;
  const { index } = await api.createIndex();
  for (const view of views) await index.addCustomRecord({ url: view.path, content: textOf(view), language: 'en' });
  const out = join(home, 'out');
  await index.writeFiles({ outputPath: out });
  await api.close();
  // What it has already compressed is sent as it is. Its user interface is left out.
  const files = readdirSync(out, { recursive: true, encoding: 'utf8' })
    .map((name) => join(out, name))
    .filter((file) => statSync(file).isFile() && !/pagefind-(ui|modular|highlight|component)/.test(file));
  const sizes = files.map((file) => [file, sentSize(file)] as const);
  const sum = (of: RegExp) => sizes.reduce((all, [file, size]) => (of.test(file) ? all + size : all), 0);
  return {
    ...{ name: `Pagefind ${installedVersion(home, 'pagefind')}`, files: files.length, bytes: sum(/./) },
    ...{ firstLoad: sum(/pf_meta|pagefind-entry|pagefind\.js|wasm\.en/), brings: broughtTo(home) },
  };
}

const sentSize = (file: string): number =>
  /\.(js|json|css)$/.test(file) ? compressNow(readFileSync(file)).length : statSync(file).size;

function broughtTo(home: string): Other['brings'] {
  const modules = join(home, 'node_modules');
  const files = readdirSync(modules, { recursive: true, encoding: 'utf8' }).map((name) => join(modules, name));
  return {
    packages: files.filter((file) => /node_modules\/(@[^/]+\/)?[^/]+\/package\.json$/.test(file)).length,
    bytes: files.reduce((sum, file) => sum + (statSync(file).isFile() ? statSync(file).size : 0), 0),
  };
}
