import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONFIG, putCall } from './fixtures/world.ts';
import { ROOT } from './render/version.ts';
import { fileStore } from './store/file.ts';

const folder = mkdtempSync(join(tmpdir(), 'cci-cli-'));
const url = (name: string) => pathToFileURL(join(folder, name)).href;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function reports(...args: string[]) {
  const env = {
    PATH: process.env.PATH,
    CCI_RESULTS_URL: url('results'),
    CCI_CONFIG_URL: url('config'),
    CCI_REPORTS_URL: url('reports'),
  };
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'generator/cli.ts'), ...args], {
    encoding: 'utf8',
    env,
  });
  return { status, stdout, stderr };
}

beforeAll(async () => {
  for (const org of ['org_1', 'org_bad']) {
    await putCall(fileStore(url('results')), org, { id: 'c1' });
    await fileStore(url('config')).put(
      `${org}/report-config.json`,
      JSON.stringify(org === 'org_bad' ? { passMark: 'high' } : CONFIG),
    );
  }
  await fileStore(url('results')).put('not an org/x', '');
});

describe('npm run reports', () => {
  it('explains itself from its tables', () => {
    const { status, stdout } = reports('--help');
    expect(status).toBe(0);
    for (const name of ['run', 'build', 'digest', 'serve', 'export', '--results URL', 'CCI_RESULTS_URL', 'Exit status'])
      expect(stdout).toContain(name);
    expect(reports('export', '--help').stdout).toContain('--out DIR');
  });

  it('builds who can be built, says why the others cannot, and ends with 1', () => {
    const { status, stdout, stderr } = reports('build');
    expect(status).toBe(1);
    expect(stdout).toContain('org_1: published build 1 with 1 call (read 1, gone 0, objects refused 0).');
    expect(stdout).toContain(
      'org_bad: failed; its old site stays. report-config.json: "passMark": "high" is not right: write a number.',
    );
    expect(stderr).toMatch(/org_1 {2}read calls → 1 calls in \d+ ms/);
  });

  it('ends with 0 where all went well, and prints one object with --json', () => {
    const { status, stdout } = reports('build', '--org', 'org_1', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      organizations: [{ org: 'org_1', result: { published: false, calls: 1 } }],
    });
  });

  it.each([
    [['bild'], '"bild" is not a command. There are: run, build, digest, serve, export.'],
    [['build', '--org', 'org_2'], '--org: "org_2" is not in'],
    [
      ['build', '--results', url('nothing')],
      'holds no organization, so nothing was built and every site stays as it was',
    ],
    [['build', '--fast'], '--fast is not a flag of this command'],
    [['export', '--out', 'x'], 'export takes exactly one --org ID'],
  ])('ends with 2 for %j and says what to do', (args, words) => {
    const { status, stdout, stderr } = reports(...args);
    expect(status).toBe(2);
    expect(stderr).toContain(words);
    expect(stdout).toBe('');
    expect(JSON.parse(reports(...args, '--json').stdout).problems.join(' ')).toContain(words);
  });

  it('exports a site as files for a static host, and only into an empty folder', () => {
    const out = join(folder, 'site');
    expect(reports('export', '--org', 'org_1', '--out', out).status).toBe(0);
    const page = readFileSync(join(out, 'calls', 'c1', 'index.html'), 'utf8');
    expect(page).toContain('my parcel has not come');
    for (const [, asset] of page.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g))
      readFileSync(join(out, asset as string));
    readFileSync(join(out, '404.html'));
    const again = reports('export', '--org', 'org_1', '--out', out);
    expect([again.status, again.stderr]).toEqual([2, expect.stringContaining('is not empty')]);
  });
});
