import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { nodeFileTrace } from '@vercel/nft';
import { ROOT } from '../../generator/render/version.ts';
import type { Product } from './products.ts';

/** What the code reads in a checkout, and a pack has otherwise or not at all. */
const REPLACED = ['package.json', 'package-lock.json', '.cache/**'];
/** Where all lies that a pack can hold. */
const ROOMS = ['.build/', 'generator/', 'node_modules/', 'site/'];

/** Whether an import of this project leads nowhere. What packages try, such as code of other platforms, is their matter. */
const isLost = (warning: string): boolean =>
  /Failed to resolve dependency "(?!file:)/.test(warning) &&
  ['generator', 'site'].some((room) => warning.includes(` loaded from ${join(ROOT, room)}`));

/**
 * The files that a product runs with: its entries and all that they import, in this project and in packages.
 * @returns paths from the project's folder, sorted
 * @throws where an import of this project leads nowhere, or to what no pack should hold
 */
export async function tracedFiles({ entries, without }: Pick<Product, 'entries' | 'without'>): Promise<string[]> {
  const { fileList, warnings } = await nodeFileTrace(
    entries.map((entry) => join(ROOT, entry)),
    {
      base: ROOT,
      processCwd: ROOT,
      ignore: [...without, ...REPLACED],
      ts: true,
      conditions: ['node', 'import'],
      readFile: async (path) => readAsScript(path),
    },
  );
  const lost = [...warnings].map(String).filter(isLost);
  if (lost.length > 0) throw new Error(`not all that is imported was found:\n${lost.join('\n')}`);
  const files = [...fileList].map((file) => file.replaceAll('\\', '/')).sort();
  const elsewhere = files.filter((file) => !ROOMS.some((room) => file.startsWith(room)));
  if (elsewhere.length > 0) throw new Error(`a pack would hold what it has no use for: ${elsewhere.join(', ')}`);
  return files;
}

/** What Node would run of a file: TypeScript without its types. Null where there is no such file. */
function readAsScript(path: string): Buffer | string | null {
  try {
    const bytes = readFileSync(path);
    return path.endsWith('.ts') && !path.includes('node_modules') ? stripTypeScriptTypes(bytes.toString()) : bytes;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EISDIR') return null;
    throw error;
  }
}
