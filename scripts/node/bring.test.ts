import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ROOT } from '../../generator/render/version.ts';
import { missingEntries, unchecked } from '../complete-lockfile.ts';
import { openNode } from './bring.mjs';

const NAME = `node-${process.platform}-${process.arch}`;
const lockText = readFileSync(join(ROOT, 'scripts/node/package-lock.json'), 'utf8');
const { optionalDependencies } = JSON.parse(readFileSync(join(ROOT, 'scripts/node/package.json'), 'utf8'));

let root: string;
let said: string[];
let installs: number;
const linked = () => join(root, 'node_modules', '.bin', 'node');

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'cci-node-'));
  cpSync(join(ROOT, 'scripts/node'), join(root, 'scripts/node'), { recursive: true });
  cpSync(join(ROOT, '.npmrc'), join(root, '.npmrc'));
  needs('>=999');
  [said, installs] = [[], 0];
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const versionOf = (program: string) => execFileSync(program, ['--version'], { encoding: 'utf8' }).trim().slice(1);
const needs = (node: string) => writeFileSync(join(root, 'package.json'), JSON.stringify({ engines: { node } }));

/** As npm would install it: a program that says its version. */
function npm(version: string, status = 0) {
  return (_: string[], folder: string) => {
    installs++;
    expect(readdirSync(folder)).toEqual(['.npmrc', 'package-lock.json', 'package.json']);
    writeProgram(join(folder, 'node_modules', NAME, 'bin', 'node'), version);
    return status;
  };
}

function writeProgram(path: string, version: string) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\necho v${version}\n`);
  chmodSync(path, 0o755);
}

function start(install = npm(optionalDependencies[NAME])) {
  const own = openNode({ root, npm: install, say: (text: string) => void said.push(text) });
  const status = own.check() || own.bring();
  return { status, node: own.node() };
}

it('locks each platform’s package with its hash, and no address', () => {
  const { packages } = JSON.parse(lockText);
  expect([missingEntries(packages), unchecked(packages)]).toEqual([{}, []]);
  expect(packages[''].optionalDependencies).toEqual(optionalDependencies);
  expect(new Set(Object.values(optionalDependencies)).size).toBe(1);
  expect(lockText).not.toContain('"resolved"');
});

it('installs nothing where the machine’s own Node will do, and takes away a link to another', () => {
  needs('>=24');
  mkdirSync(dirname(linked()), { recursive: true });
  writeFileSync(linked(), 'an older one');
  expect(start()).toEqual({ status: 0, node: process.execPath });
  expect([installs, existsSync(linked()), said]).toEqual([0, false, []]);
});

const wanted = optionalDependencies[NAME];
const itWith = it.skipIf(process.platform === 'win32' || wanted === undefined);

itWith('installs Node once where the machine’s own is too old, and links it again after packages were', () => {
  for (const kept of ['node_modules', '.cache']) {
    expect(start()).toEqual({ status: 0, node: linked() });
    expect([installs, versionOf(linked())]).toEqual([1, wanted]);
    rmSync(join(root, kept), { recursive: true });
  }
  expect(start().status).toBe(0);
  expect(installs).toBe(1);
});

itWith('puts the version that is wanted in the place of another one', () => {
  for (const path of [linked(), join(root, '.cache', 'node', 'node_modules', NAME, 'bin', 'node')])
    writeProgram(path, '24.0.0');
  expect(start().status).toBe(0);
  expect([installs, versionOf(linked())]).toEqual([1, wanted]);
});

itWith('begins again where it was killed, and leaves nothing of that', () => {
  mkdirSync(join(root, '.cache', 'node-12345', 'node_modules'), { recursive: true });
  expect(start().status).toBe(0);
  expect([installs, readdirSync(join(root, '.cache'))]).toEqual([1, ['node']]);
  expect(readdirSync(dirname(linked()))).toEqual(['node']);
});

itWith('says what to do where it cannot be installed, or does not run, and tries again', () => {
  for (const install of [npm(wanted, 7), npm('1.0.0')]) expect(start(install).status).toBeGreaterThan(0);
  expect(said.join('\n')).toMatch(/could not be installed from npm[\s\S]*nodejs\.org/);
  expect([existsSync(linked()), readdirSync(join(root, '.cache'))]).toEqual([false, []]);
  expect([start().status, installs]).toEqual([0, 3]);
});

it('says what to do where npm has none for the platform', () => {
  writeFileSync(join(root, 'scripts/node/package.json'), '{ "optionalDependencies": {} }');
  expect(start().status).toBe(1);
  expect([installs, said.join(' ')]).toEqual([0, expect.stringMatching(/needs Node 999 or newer.*npm has none for/)]);
});
