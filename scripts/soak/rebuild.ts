import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cp, link, mkdir, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { published } from '../../generator/fixtures/world.ts';
import { ROOT } from '../../generator/render/version.ts';
import { fileStore } from '../../generator/store/file.ts';
import { ORG, writeCalls } from '../bench/build/calls.ts';
import { type Check, must } from './lib/check.ts';
import { sizeOf } from './lib/sizes.ts';

const DAYS = 90;

export const check: Check = {
  does: 'the sites of CCI_TENANTS tenants (50) with CCI_CALLS calls each (2,000) are made again from a lost reports store, the same to the byte: prints the time',
  async run({ say }) {
    const tenants = sizeOf('CCI_TENANTS', 50);
    const calls = sizeOf('CCI_CALLS', 2000);
    const folder = mkdtempSync(join(tmpdir(), 'rebuild-'));
    try {
      const { calls: written } = await writeCalls(folder, { calls, days: DAYS }, () => {});
      const orgs = await multiply(folder, tenants);
      say(`${tenants} tenants with ${written} calls each`);
      const first = await build(folder);
      const before = await sites(folder, orgs);
      rmSync(join(folder, 'reports'), { recursive: true });
      const again = await build(folder);
      const after = await sites(folder, orgs);
      say(
        `from nothing ${first.toFixed(0)} s; from a lost store ${again.toFixed(0)} s, one machine, a folder as the store`,
      );
      for (const org of orgs) must(before.get(org) === after.get(org), `the site of ${org} is another one than before`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** The same objects below the prefix of each tenant; links, so that they take no room. @returns organizations */
async function multiply(folder: string, tenants: number): Promise<string[]> {
  const orgs = Array.from({ length: tenants - 1 }, (_, i) => `tenant_${i + 1}`);
  for (const store of ['results', 'config'])
    for (const org of orgs) {
      const [from, to] = [join(folder, store, ORG), join(folder, store, org)];
      if (store === 'config') await cp(from, to, { recursive: true });
      else await linkAll(from, to);
    }
  return [ORG, ...orgs];
}

async function linkAll(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const each of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, each.name), join(to, each.name)];
    if (each.isDirectory()) await linkAll(source, target);
    else await link(source, target);
  }
}

/** The command as it is run every hour. @returns seconds */
async function build(folder: string): Promise<number> {
  const url = (name: string) => pathToFileURL(join(folder, name)).href;
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      join(ROOT, 'generator/reports.mjs'),
      ...['build', '--results', url('results'), '--config', url('config'), '--reports', url('reports')],
    ],
    {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      env: { ...process.env, CCI_MASKING_KEY: '0123456789abcdef0123456789abcdef' },
    },
  );
  must(status === 0, `build ended with ${status}: ${stdout.slice(-2000)}${stderr.slice(-2000)}`);
  return (performance.now() - started) / 1000;
}

/** Organization → all of its paths and their hashes. */
async function sites(folder: string, orgs: readonly string[]): Promise<Map<string, string>> {
  const reports = fileStore(pathToFileURL(join(folder, 'reports')).href);
  const all = new Map<string, string>();
  for (const org of orgs) {
    const site = await published(reports, org);
    must(site.size > 0, `${org} has no site`);
    all.set(org, JSON.stringify([...site]));
  }
  return all;
}
