/** A masking tenant's outside number, planted wherever it can stand, is in no byte that anybody gets. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PLANTED_CONFIG, placesOfPlanted, plantedObjects, SPELLINGS } from '../fixtures/planted.ts';
import { caseBuckets } from '../fixtures/tenants.ts';
import { build, memoryWorld, pageJson, pageText, published } from '../fixtures/world.ts';
import { silentLog } from '../lib/console.ts';
import { readManifest, readPointer } from '../publish/read.ts';
import { readStatus } from '../publish/status.ts';
import { ROOT } from '../render/version.ts';
import { buildAll } from '../run.ts';
import { fileStore } from '../store/file.ts';
import { collect } from '../store/ranges.ts';
import { runHere, type Said } from '../testing/run-here.ts';

const KEY = '0123456789abcdef0123456789abcdef';
const folder = mkdtempSync(join(tmpdir(), 'cci-masking-'));
const url = (name: string) => pathToFileURL(join(folder, name)).href;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const env = () => ({
  CCI_RESULTS_URL: url('results'),
  CCI_CONFIG_URL: url('config'),
  CCI_REPORTS_URL: url('reports'),
  CCI_MASKING_KEY: KEY,
  CCI_MAIL_URL: url('outbox'),
  CCI_MAIL_FROM: 'Reports <reports@cci.example>',
  CCI_SITE_URL: 'https://reports.example.com',
});

/** What a command says, as a process with all of its threads. */
function reports(...args: string[]): string {
  return wholeOf(
    args,
    spawnSync(process.execPath, [join(ROOT, 'generator/reports.mjs'), ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, ...env() },
    }),
  );
}

/** What a command says that has no threads, in this one. */
const here = async (...args: string[]): Promise<string> => wholeOf(args, await runHere(args, env()));

function wholeOf(args: string[], { status, stdout, stderr }: Said): string {
  expect(status, `${args.join(' ')}: ${stderr}`).toBe(0);
  return `${stdout}\n${stderr}`;
}

/** All files below a folder, by their path in it. */
function filesBelow(name: string): Map<string, Buffer> {
  const top = join(folder, name);
  const files = readdirSync(top, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.map(({ parentPath, name: file }) => {
      const path = join(parentPath, file);
      return [relative(top, path), readFileSync(path)];
    }),
  );
}

const leaksIn = (texts: readonly string[]): string[] => texts.flatMap(placesOfPlanted);

describe('a number of a masking tenant', () => {
  const said: { [command: string]: string } = {};
  const planted = plantedObjects('org_1');
  beforeAll(async () => {
    const results = fileStore(url('results'));
    for (const [key, text] of planted) await results.put(key, text);
    for (const text of SPELLINGS) await results.put(`no org ${text}/x`, '');
    await fileStore(url('config')).put('org_1/report-config.json', JSON.stringify(PLANTED_CONFIG));
    said.build = reports('build', '--json', '--now', '2026-04-02T06:00:00Z');
    said.again = reports('build', '--force', '--now', '2026-04-02T07:00:00Z');
    said.tenants = await here('tenants');
    said.tenantsJson = await here('tenants', '--json');
    said.status = await here('status');
    said.statusJson = await here('status', '--json');
    said.export = await here('export', '--org', 'org_1', '--out', join(folder, 'site'));
    said.digest = reports('digest', '--date', '2026-03-30', '--now', '2026-04-02T08:00:00Z');
    said.preview = await here(
      'digest',
      'preview',
      '--org',
      'org_1',
      '--date',
      '2026-03-30',
      '--out',
      join(folder, 'preview'),
    );
    said.log = await here('digest', 'log', '--now', '2026-04-02T08:00:00Z');
  });

  it('is seen by this test wherever it is planted', () => {
    for (const text of SPELLINGS) expect(placesOfPlanted(`ring ${text} soon`), text).not.toEqual([]);
    for (const [key, text] of planted) expect([...placesOfPlanted(key), ...placesOfPlanted(text)], key).not.toEqual([]);
  });

  it('is in no page and no file of its site, nor in their names', () => {
    const files = filesBelow('site');
    expect([...files.keys()].filter((path) => path.startsWith('calls/~')).length).toBe(10 * SPELLINGS.length);
    expect(leaksIn([...files].flatMap(([path, bytes]) => [path, `${path}: ${bytes}`]))).toEqual([]);
    expect(files.get('about/index.html')?.toString()).toContain('•••');
  });

  it('is in no line of output or log, and not in the status of runs', () => {
    expect(leaksIn([...Object.values(said), readFileSync(join(folder, 'reports/status.json'), 'utf8')])).toEqual([]);
    expect(said.tenants).toContain('no org');
  });

  it('is in no mail, in whichever form it is read', async () => {
    const mails = [...filesBelow('outbox'), ...filesBelow('preview')];
    expect(mails.length).toBeGreaterThan(2);
    for (const [path, bytes] of mails) {
      expect(leaksIn([path, bytes.toString('utf8')])).toEqual([]);
      if (!path.endsWith('.eml')) continue;
      const { subject, text, html, headerLines } = await simpleParser(bytes);
      const whole = [subject, text, html, ...headerLines.map(({ line }) => line)].join('\n');
      expect(whole).toContain('/calls/~');
      expect(leaksIn([whole])).toEqual([]);
    }
  });

  it('is in no path of the manifest, of which calls that look alike have different ones', async () => {
    const store = fileStore(url('reports'));
    const current = await readPointer(store, 'org_1');
    const { files } = await readManifest(store, 'org_1', current?.pointer ?? expect.fail());
    expect(leaksIn((await collect(files)).map(([path]) => path))).toEqual([]);
  });
});

const masked = (over: object) => memoryWorld({ ...over, maskingKey: KEY });

describe('ids that hold a number', () => {
  it('are shown masked, with paths that only the key can tell, and keep their calls apart', async () => {
    const world = masked(caseBuckets('masking-call-id-holds-number'));
    await build(world, 'acme');
    const paths = [...(await published(world.reports, 'acme')).keys()].filter((path) => /^\/calls\/.+/.test(path));
    expect(paths).toEqual([1, 2, 3].map(() => expect.stringMatching(/^\/calls\/~[0-9a-f]{24}\/$/)));
    const page = await pageText(world.reports, 'acme', paths[0] as string);
    expect(page).toMatch(/rec_\d_CUST_••77-[0-9a-f]{10}_AGENT_ann/);
    for (const path of (await published(world.reports, 'acme')).keys())
      expect(placesOfPlanted(await pageText(world.reports, 'acme', path)), path).toEqual([]);
    const other = masked({ ...caseBuckets('masking-call-id-holds-number'), maskingKey: 'other key'.repeat(4) });
    await build({ ...other, maskingKey: 'another key, as long as it has to be' }, 'acme');
    expect([...(await published(other.reports, 'acme')).keys()]).not.toEqual(expect.arrayContaining([paths[0]]));
  });

  it('are refused with a sheet whose lines end in CR alone, of which no cell is quoted', async () => {
    const world = masked(caseBuckets('masking-leak-cr-sheet'));
    await build(world, 'acme');
    for (const path of (await published(world.reports, 'acme')).keys())
      expect(placesOfPlanted(await pageText(world.reports, 'acme', path)), path).toEqual([]);
    const status = await pageJson<{ refused: number }>(world.reports, 'acme', '/data/status.json');
    expect(status.refused).toBe(1);
  });

  it('are named by no error, log line or status of a run that fails on them', async () => {
    const buckets = caseBuckets('masking-call-id-holds-number');
    const failing = {
      ...buckets.results,
      get: async (key: string) => {
        if (key.startsWith('acme/pipeline/')) return undefined;
        throw new Error(`10.0.0.1:9000: precondition failed: ${key}`);
      },
    };
    const lines: string[] = [];
    const log = { ...silentLog, say: (text: string) => void lines.push(text) };
    const world = masked({ ...buckets, results: failing });
    const [outcome] = await buildAll({ ...world, logFor: () => log }, ['acme']);
    const { status } = await readStatus(world.reports);
    expect(lines.join('\n')).toContain('10.0.0.1:9000: ');
    for (const text of [JSON.stringify(outcome), lines.join('\n'), JSON.stringify(status)]) {
      expect(text).toContain('CUST_•••');
      expect(placesOfPlanted(text)).toEqual([]);
    }
  });
});
