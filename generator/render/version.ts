import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { once } from '#shared/once.ts';
import { sha256 } from '../lib/bytes.ts';
import { ownPack } from './pack.ts';
import { resolvedPackages } from './packages.ts';

/** The repository's folder. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/**
 * What a page's bytes depend on beside its view model. The bundle itself is no measure: it holds random keys and paths. Pages
 * name their scripts by hash, and the scripts count as the engine does: so its counting belongs to the template.
 */
export const TEMPLATE = ['site/report', 'site/styles', 'generator/shared', 'scripts/build.ts', 'astro.config.mjs'];
/** What a site's content depends on: beside the pages, how the input is read, counted, kept and published. */
export const CODE = [
  ...TEMPLATE,
  ...['lib', 'tenants', 'masking', 'source', 'normalize', 'publish', 'days', 'report', 'render', 'read', 'build'].map(
    (stage) => `generator/${stage}`,
  ),
  ...['build', 'loss', 'previous-build'].map((file) => `generator/${file}.ts`),
];

const isSource = (name: string): boolean => !/\.(test|spec)\.ts$/.test(name) && !name.split('/').includes('fixtures');

// Both versions are asked for in one process, whose sources stay as they were when it began.
const hashOf = once((file: string) => sha256(readFileSync(join(ROOT, file))));
const lock = once(() => readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
const ownPackages = once(() => resolvedPackages(lock()));

/**
 * SHA-256 over the sources of some files and folders of the repository, and over the versions of packages. Tools of development
 * are none of these, unless they are named: a new one changes nothing that is made.
 * @param packages names; by default what the product depends on at run time. Each counts with what it depends on.
 */
export function sourceHash(paths: readonly string[], packages?: readonly string[]): string {
  const parts = packages ? resolvedPackages(lock(), packages) : [...ownPackages()];
  for (const path of paths) {
    const entries = path.includes('.') ? [''] : readdirSync(join(ROOT, path), { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => typeof entry === 'string' || entry.isFile())
      .map((entry) => (typeof entry === 'string' ? path : join(entry.parentPath, entry.name).slice(ROOT.length)));
    for (const file of files.sort()) if (isSource(file)) parts.push(file, hashOf(file));
  }
  return sha256(parts.join('\n'));
}

/** Version of the templates: pages of another version are rendered again. A pack is as old as what it was made of. */
export const templateVersion = (): string => ownPack()?.template ?? sourceHash(TEMPLATE);

/** Version of all that decides on a site's content: state of another version is not used. */
export const codeVersion = (): string => ownPack()?.code ?? sourceHash(CODE);
