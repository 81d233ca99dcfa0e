import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, expect, it } from 'vitest';
import { COMMANDS } from '../../generator/commands/table.ts';
import { PACK_FILE } from '../../generator/render/pack.ts';
import { codeVersion, ROOT, templateVersion } from '../../generator/render/version.ts';
import { GATE_PACK, GENERATOR_PACK, PRODUCTS, type Product } from './products.ts';
import { writePack } from './write.ts';
import { zipOf } from './zip.ts';

const folder = mkdtempSync(join(tmpdir(), 'cci-pack-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A project of three files. */
const root = join(folder, 'project');
const FILES = {
  'package.json':
    '{"name":"a","type":"module","imports":{"#b/*":"./b/*"},"scripts":{"c":"d"},"dependencies":{"e":"1"}}',
  'generator/a.ts': 'export const a = 1;',
  '.build/gate/client/a.js': 'a',
};
for (const [file, content] of Object.entries(FILES)) {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), content, { mode: 0o600 });
}
const product: Product = { ...GATE_PACK, data: ['.build/gate/client'] };
const text = (path: string) => readFileSync(path, 'utf8');

it('fills a folder with what is needed, readable for everybody, and says what it is', () => {
  const out = join(folder, 'out');
  mkdirSync(out);
  writeFileSync(join(out, 'old.ts'), 'of the pack before');
  const { files, bytes } = writePack(out, product, ['generator/a.ts'], root);
  expect(existsSync(join(out, 'old.ts'))).toBe(false);
  expect(text(join(out, 'generator/a.ts'))).toBe(FILES['generator/a.ts']);
  expect(statSync(join(out, '.build/gate/client/a.js')).mode & 0o777).toBe(0o644);
  expect(JSON.parse(text(join(out, 'package.json')))).toEqual({
    name: 'a',
    private: true,
    type: 'module',
    imports: { '#b/*': './b/*' },
  });
  const versions = { template: templateVersion(), code: codeVersion() };
  expect(JSON.parse(text(join(out, PACK_FILE)))).toEqual({ name: 'gate', commands: ['serve'], ...versions });
  expect(files).toBe(4);
  expect(bytes).toBeGreaterThan(100);
});

it('makes the same archive of the same files, which anybody can read', () => {
  const out = join(folder, 'zipped');
  writePack(out, product, ['generator/a.ts'], root);
  const zip = zipOf(out);
  writePack(out, product, ['generator/a.ts'], root);
  expect(Buffer.compare(zipOf(out), zip)).toBe(0);
  expect(Object.keys(unzipSync(zip)).sort()).toEqual([
    '.build/gate/client/a.js',
    PACK_FILE,
    'generator/a.ts',
    'package.json',
  ]);
  // Of each entry the archive's directory says: made on Unix, a file with the mode 644.
  const at = Buffer.from(zip).indexOf('PK\u0001\u0002');
  expect([zip[at + 5], Buffer.from(zip).readUInt32LE(at + 38) >>> 16]).toEqual([3, 0o100644]);
});

it('packs commands that there are, and each file that starts by its path', () => {
  for (const { commands = [], entries, data } of PRODUCTS) {
    expect(Object.keys(COMMANDS)).toEqual(expect.arrayContaining(commands));
    for (const path of [...entries, ...data])
      if (!path.startsWith('.build/')) expect(existsSync(join(ROOT, path)), path).toBe(true);
  }
  // All but one of the commands that are loaded when they run, of which some share a module.
  expect(GATE_PACK.without.length).toBeGreaterThan(15);
  expect(GATE_PACK.without).toContain('generator/commands/digest/digest.ts');
  expect(GATE_PACK.without).not.toContain('generator/commands/serve.ts');
  const { entry } = JSON.parse(text(join(ROOT, 'knip.json'))) as { entry: string[] };
  expect(entry).toContain('generator/{read,render}/worker.ts');
  const workers = entry.filter((path) => /^generator\/.*worker/.test(path));
  expect(workers).toHaveLength(1);
  expect(GENERATOR_PACK.entries).toEqual(
    expect.arrayContaining(['generator/read/worker.ts', 'generator/render/worker.ts']),
  );
});
