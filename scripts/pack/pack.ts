// `npm run pack [NAME ...] [-- --out DIR]`: writes the gate and the generator into folders that run with Node alone, each with the
// files of this project and of packages that it needs, and no others; and the gate as an archive for AWS Lambda.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../../generator/render/version.ts';
import { checkPack } from './check.ts';
import { PRODUCTS, type Product } from './products.ts';
import { tracedFiles } from './trace.ts';
import { writePack } from './write.ts';
import { LAMBDA, zipOf } from './zip.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { out: { type: 'string', default: join(ROOT, '.pack') } },
});
const names: string[] = PRODUCTS.map(({ name }) => name);
const unknown = positionals.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  process.stderr.write(
    `There is no pack ${unknown.join(', ')}. Name some of: ${names.join(', ')}; or none, for all.\n`,
  );
  process.exit(2);
}

const inMegabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`;

/** @throws where it is larger than it may be */
function within(what: string, bytes: number, limit: number): void {
  if (bytes > limit) throw new Error(`${what} has ${inMegabytes(bytes)}, and may have ${inMegabytes(limit)}`);
}

async function pack(product: Product): Promise<void> {
  const folder = resolve(values.out, product.name);
  const { files, bytes } = writePack(folder, product, await tracedFiles(product));
  const shown = (path: string) => relative(process.cwd(), path);
  process.stderr.write(`pack ${product.name} → ${files} files, ${inMegabytes(bytes)} in ${shown(folder)}\n`);
  within(`the pack of the ${product.name}`, bytes, product.limit);
  checkPack(folder);
  if (product.name !== 'gate') return;
  const zip = zipOf(folder);
  within('the archive of the gate', zip.byteLength, LAMBDA.zipped);
  within('what is in the archive of the gate', bytes, LAMBDA.unzipped);
  writeFileSync(`${folder}.zip`, zip);
  process.stderr.write(
    `pack ${product.name} → ${inMegabytes(zip.byteLength)} for AWS Lambda in ${shown(folder)}.zip\n`,
  );
}

const built = spawnSync(process.execPath, [join(ROOT, 'scripts/build.ts')], { cwd: ROOT, stdio: ['ignore', 2, 2] });
if (built.status !== 0) process.exit(1);
try {
  for (const product of PRODUCTS)
    if (positionals.length === 0 || positionals.includes(product.name)) await pack(product);
} catch (error) {
  process.stderr.write(`pack → failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
