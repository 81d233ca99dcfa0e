import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { runHere } from '../../testing/run-here.ts';
import { withVariables } from './env-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cci-init-'));
  vi.spyOn(process, 'cwd').mockReturnValue(folder);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = () => readFileSync(join(folder, '.env'), 'utf8');
const STORES = ['results', 'config', 'reports'].flatMap((name) => [`--${name}`, `file:${name}`]);
const init = (...args: string[]) => runHere(['init', ...args], {});

it('writes the settings for this user alone, with fresh keys, and says what comes next', async () => {
  const first = await init(...STORES, '--site', 'https://reports.example.com', '--from', "O'Hara <a@b.example>");
  expect(first).toMatchObject({ status: 0 });
  expect(first.stdout).toContain('results: file:results holds no organization yet.');
  expect(first.stdout).toContain('Next: let the pipeline write results');
  expect(statSync(join(folder, '.env')).mode & 0o777).toBe(0o600);
  const read = parseEnv(file());
  expect(read).toMatchObject({
    CCI_RESULTS_URL: 'file:results',
    CCI_SITE_URL: 'https://reports.example.com',
    CCI_MAIL_FROM: "O'Hara <a@b.example>",
    CCI_MASKING_KEY: expect.stringMatching(/^[0-9a-f]{64}$/),
    CCI_UNSUBSCRIBE_KEY: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(read.CCI_MASKING_KEY).not.toBe(read.CCI_UNSUBSCRIBE_KEY);
  const said = first.stdout + first.stderr;
  for (const key of [read.CCI_MASKING_KEY, read.CCI_UNSUBSCRIBE_KEY]) expect(said).not.toContain(key);
});

it('keeps keys, comments and other variables, and replaces nothing before somebody agrees', async () => {
  const key = '0123456789abcdef'.repeat(2);
  writeFileSync(join(folder, '.env'), `# mine\nCLERK_SECRET_KEY=x\nCCI_MASKING_KEY=${key}\nCCI_REPORTS_URL=file:old`);
  const refused = await init(...STORES);
  expect(refused.status).toBe(2);
  expect(refused.stderr).toContain('.env has another value of CCI_REPORTS_URL, so nothing was written.');
  expect(file()).toContain('file:old');
  const json = await init(...STORES, '--yes', '--json');
  expect(JSON.parse(json.stdout)).toMatchObject({ replaced: ['CCI_REPORTS_URL'] });
  expect(json.stdout).not.toContain(key);
  expect(file().startsWith('# mine\nCLERK_SECRET_KEY=x\n')).toBe(true);
  expect(parseEnv(file())).toMatchObject({
    CLERK_SECRET_KEY: 'x',
    CCI_MASKING_KEY: key,
    CCI_REPORTS_URL: 'file:reports',
  });
  const once = file();
  expect((await init()).status).toBe(0);
  expect(file()).toBe(once);
});

it('writes nothing where a store cannot be opened, a setting is wrong or one is missing', async () => {
  writeFileSync(join(folder, 'plain'), '');
  const wrong = await init(...STORES.slice(0, 4), '--reports', `file:${join(folder, 'plain')}`);
  expect(wrong.status).toBe(2);
  expect(wrong.stderr).toContain('reports: ');
  expect((await init(...STORES, '--site', 'reports')).stderr).toContain(
    '--site: "reports" is not the address of a site',
  );
  expect((await init('--results', 'file:x')).stderr).toContain('--reports URL or CCI_REPORTS_URL is missing');
  expect(() => file()).toThrow();
});

it.each(["a'b", 'a b#c', 'a`"b', '\\n$X', 'p@ss\\word'])('writes %j so that Node reads it again', (value) => {
  expect(parseEnv(withVariables('A=1', { CCI_MAIL_URL: value }))).toEqual({ A: '1', CCI_MAIL_URL: value });
});

it('refuses a value that no quotes can hold', () => {
  expect(() => withVariables('', { CCI_MAIL_URL: `x'"\`\ny` })).toThrow('cannot be written to a settings file');
});
