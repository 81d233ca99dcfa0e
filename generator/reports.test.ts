import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { ROOT } from './render/version.ts';

const ENTRY = join(ROOT, 'generator/reports.mjs');
const folder = mkdtempSync(join(tmpdir(), 'cci-bin-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const { bin, engines, scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

/** In a folder that has a `.env`, without any variable of ours. */
function start(program: string, args: string[], variables: { [name: string]: string } = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, ...variables },
  });
  return { status, stdout, stderr };
}

it('is what package.json calls cci-reports, and can be started', () => {
  expect(bin).toEqual({ 'cci-reports': 'generator/reports.mjs' });
  expect(readFileSync(ENTRY, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  if (process.platform !== 'win32') expect(statSync(ENTRY).mode & 0o111).toBe(0o111);
});

it('reads .env where a person starts it, and prints nothing of it', () => {
  const named = join(folder, 'cci-reports');
  symlinkSync(ENTRY, named);
  const store = (name: string) => pathToFileURL(join(folder, name)).href;
  writeFileSync(join(folder, '.env'), `CCI_REPORTS_URL=${store('from-file')}\nCCI_MASKING_KEY=hidden\n`);
  const byName = start(named, ['builds']);
  expect([byName.status, byName.stderr]).toEqual([
    2,
    expect.stringContaining(`${store('from-file')} has no published`),
  ]);
  expect(byName.stdout + byName.stderr).not.toContain('hidden');
  // A developer's file must not decide what tests and workflows do.
  expect(start(ENTRY, ['builds']).stderr).toContain('CCI_REPORTS_URL is missing');
  const byNpm = start(ENTRY, ['builds'], { npm_lifecycle_event: 'reports' });
  expect(byNpm.stderr).toContain(`${store('from-file')} has no published`);
  expect(scripts.reports).toBe('node generator/reports.mjs');
});

it('says in a sentence that a Node is too old', () => {
  const old = `Object.defineProperty(process, 'versions', { value: { node: '20.20.2' } }); import(${JSON.stringify(pathToFileURL(ENTRY).href)})`;
  const { status, stderr } = spawnSync(process.execPath, ['--eval', old], { encoding: 'utf8' });
  const oldest = engines.node.slice('>='.length);
  expect([status, stderr]).toEqual([
    2,
    `cci-reports needs Node ${oldest} or newer, and this is Node 20.20.2, at ${process.execPath}. Install a newer one. In a checkout, npm run reports brings one.\n`,
  ]);
  // What it is told with must not itself need a newer one: nothing but Node's oldest modules is imported before.
  expect([...readFileSync(ENTRY, 'utf8').matchAll(/^import .*/gm)].join()).toBe(
    "import { basename } from 'node:path';",
  );
});
