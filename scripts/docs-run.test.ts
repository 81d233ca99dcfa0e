import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { oneCall, writeOld } from '../generator/commands/pipeline/testing/recordings.ts';
import { putCall } from '../generator/fixtures/objects.ts';
import { ROOT } from '../generator/render/version.ts';
import { fileStore } from '../generator/store/file.ts';

/** What stands in blocks "```sh run" of a document, as one script of bash. */
const scriptOf = (document: string): string =>
  [...readFileSync(join(ROOT, document), 'utf8').matchAll(/^```sh run\n(.*?)^```$/gms)]
    .map(([, lines]) => lines)
    .join('');

let home: string;
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'cci-docs-'));
  for (const name of ['results', 'config', 'reports']) mkdirSync(join(home, name));
  for (let n = 1; n <= 3; n++) await putInResults(`c${n}`);
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const putInResults = (id: string) => putCall(fileStore(pathToFileURL(join(home, 'results')).href), 'acme', { id });

/**
 * Runs a document's commands one after the other, as somebody does who copies them; the first that fails ends it.
 * @param first is run before them
 */
function follow(document: string, variables: { [name: string]: string } = {}, first = '') {
  const program = [process.execPath, join(ROOT, 'generator/reports.mjs')];
  const script = scriptOf(document).replaceAll('npm run reports --', 'reports');
  expect(script).toContain('reports ');
  return spawnSync(
    'bash',
    ['-euc', `reports() { ${program.map((part) => `'${part}'`).join(' ')} "$@"; }\n${first}\n${script}`],
    {
      cwd: home,
      encoding: 'utf8',
      // As npm starts a script, so that `.env` is read.
      env: { PATH: process.env.PATH, HOME: home, npm_lifecycle_event: 'reports', ...variables },
    },
  );
}

it('docs/install.md leads from calls in a folder to a site and a digest, which docs/digest.md and docs/operate.md go on from', async () => {
  const { status, stderr } = follow('docs/install.md');
  expect(stderr).not.toContain('is missing');
  expect(status).toBe(0);
  expect(existsSync(join(home, 'reports', 'acme', 'pointer.json'))).toBe(true);
  expect(existsSync(join(home, 'preview'))).toBe(true);

  const digests = follow('docs/digest.md', { CCI_MAIL_URL: 'file:outbox' });
  const mails = readdirSync(join(home, 'outbox')).filter((name) => name.endsWith('.eml'));
  expect([digests.status, mails.length]).toEqual([0, 1]);
  expect(digests.stdout).toContain('1 would send');

  await putInResults('c4');
  const back = follow('docs/operate.md', {}, 'reports build');
  expect([back.status, back.stdout]).toEqual([
    0,
    expect.stringMatching(/published build 2 with 4 calls[\s\S]*acme: build 1/),
  ]);
});

it('docs/pipeline.md leads from a folder of recordings to a site', () => {
  const { sound, transcript } = oneCall();
  mkdirSync(join(home, 'recordings'));
  writeOld(join(home, 'recordings', '20261123-081500_ann.wav'), sound);
  writeOld(join(home, 'recordings', '20261123-081500_ann.vtt'), transcript);
  const { status, stdout } = follow('docs/pipeline.md');
  expect(status).toBe(0);
  expect(stdout).toMatch(
    /1 call worked on: 1 done[\s\S]*See it: .* preview --org acme --results file:\.data\/results --config file:\.data\/config\norganization/,
  );
  expect(existsSync(join(home, '.data', 'reports', 'acme', 'pointer.json'))).toBe(true);
});

it('docs/tenants.md leads to a configuration that is right', () => {
  const { status, stdout } = follow('docs/tenants.md', {
    CCI_RESULTS_URL: 'file:results',
    CCI_CONFIG_URL: 'file:config',
    CCI_REPORTS_URL: 'file:reports',
  });
  expect(status).toBe(0);
  expect(stdout).toContain('report-config.json');
});
