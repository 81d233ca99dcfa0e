import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { commitOf } from '../../generator/commands/version.ts';
import { PACK_FILE, type Pack } from '../../generator/render/pack.ts';
import { codeVersion, ROOT, templateVersion } from '../../generator/render/version.ts';
import type { Product } from './products.ts';

/** Whoever runs it may read it. */
const MODE = 0o644;

/** What a folder was filled with. */
export interface Written {
  files: number;
  bytes: number;
}

/**
 * Fill an empty folder with a product. Its files lie as in the project, so that each finds the others.
 * @param traced paths of what it runs with, from `root`
 * @param root the project's folder
 */
export function writePack(folder: string, product: Product, traced: readonly string[], root = ROOT): Written {
  rmSync(folder, { recursive: true, force: true });
  const data = product.data.flatMap((path) => filesAt(root, path));
  const files = [...new Set([...traced, ...data])].sort();
  for (const file of files) {
    const to = join(folder, file);
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(join(root, file), to);
    chmodSync(to, MODE);
  }
  const own = { 'package.json': manifestOf(root), [PACK_FILE]: packOf(product) };
  for (const [file, content] of Object.entries(own))
    writeFileSync(join(folder, file), `${JSON.stringify(content, null, 2)}\n`, { mode: MODE });
  return sizeOf(folder);
}

/** Of `package.json` what Node reads as it runs, and what tells people what this is. */
function manifestOf(root: string): object {
  const { name, version, license, type, bin, engines, imports } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  ) as { [key: string]: unknown };
  return { name, version, gitHead: commitOf(root), private: true, license, type, bin, engines, imports };
}

const packOf = ({ name, commands, native }: Product): Pack => ({
  name,
  ...(commands && { commands }),
  ...(native && { platform: `${process.platform}-${process.arch}` }),
  template: templateVersion(),
  code: codeVersion(),
});

/** @returns a file itself, or all files in a folder: paths from `root` */
function filesAt(root: string, path: string): string[] {
  if (statSync(join(root, path)).isFile()) return [path];
  return readdirSync(join(root, path)).flatMap((name) => filesAt(root, `${path}/${name}`));
}

function sizeOf(folder: string): Written {
  const sizes = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => statSync(join(entry.parentPath, entry.name)).size);
  return { files: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}
