import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pack } from '../../generator/render/pack.ts';
import { ROOT } from '../../generator/render/version.ts';

/** What is packed into a folder of its own. */
export interface Product extends Pick<Pack, 'commands'> {
  name: 'gate' | 'generator';
  /** Files that it starts with, or that it starts by their path: each comes with all that it imports. */
  entries: string[];
  /** Files, and folders with all that is in them, which are read and not imported. */
  data: string[];
  /** What is imported only by what this product does not do: the beginnings of paths. */
  without: string[];
  /** Holds code of one platform. */
  native: boolean;
  /** The most that its folder may take, in bytes. */
  limit: number;
}

const MB = 1_000_000;

/** The gate's own pages and Clerk's code, and how the gate is reached. */
const GATE = {
  entries: ['generator/reports.mjs', 'site/gate/lambda.mjs', '.build/gate/server/entry.mjs'],
  data: ['.build/gate/client', 'site/gate/favicon.ico'],
};

/** What the table of commands loads for all but one of them, whose module has its name. */
function commandsBut(name: string): string[] {
  const table = readFileSync(join(ROOT, 'generator/commands/table.ts'), 'utf8');
  const modules = [...table.matchAll(/\bimport\('\.\/([^']+)'\)/g)].map(([, module = '']) => module);
  return modules.filter((module) => module !== `${name}.ts`).map((module) => `generator/commands/${module}`);
}

export const GATE_PACK: Product = {
  name: 'gate',
  commands: ['serve'],
  ...GATE,
  without: [...commandsBut('serve'), 'generator/source/feed/open.ts'],
  native: false,
  limit: 15 * MB,
};

export const GENERATOR_PACK: Product = {
  name: 'generator',
  entries: [
    ...GATE.entries,
    'generator/read/worker.ts',
    'generator/render/worker.ts',
    '.build/report/server/entry.mjs',
  ],
  data: [...GATE.data, '.build/report', '.build/mail'],
  without: [],
  native: true,
  limit: 60 * MB,
};

export const PRODUCTS: readonly Product[] = [GATE_PACK, GENERATOR_PACK];
