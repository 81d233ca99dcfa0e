/** What commands say where a store refuses: real calls through the SDK to the double, and real folders. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { main } from '../cli.ts';
import { CONFIG, plainRenderer, putCall } from '../fixtures/world.ts';
import { Damaged, problemsOf, UserError } from '../lib/errors.ts';
import { openStore } from '../store/open.ts';
import type { Fault } from '../store/testing/s3-double/faults.ts';
import { type S3Double, s3Double } from '../store/testing/s3-double.ts';
import { build } from './build.ts';
import type { Answer } from './command.ts';
import { exportFiles } from './export.ts';
import { COMMANDS } from './table.ts';

// Pages are not what is judged here, and the real ones take their time.
vi.mock('../render/renderer.ts', () => ({ openRenderer: async () => plainRenderer }));

const folder = mkdtempSync(join(tmpdir(), 'cci-troubles-'));
let double: S3Double;
const urls = () => ({ results: double.url('results'), config: double.url('config'), reports: double.url('reports') });
const settings = () => ({ ...urls(), now: '2026-04-02T08:00:00Z', threads: '1' });
const forbid = (when: Fault['when']) =>
  void double.faults.push({ status: 403, code: 'AccessDenied', times: Number.POSITIVE_INFINITY, when });

beforeAll(async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'key');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  double = await s3Double();
  await openStore(urls().config).put('acme/report-config.json', JSON.stringify(CONFIG));
  await putCall(openStore(urls().results), 'acme', { id: 'c1' });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await double[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(() => {
  double.faults.length = 0;
});

const said = async (answer: Promise<Answer>) => ({ text: (await answer).text, failed: (await answer).failed });
const thrown = (answer: Promise<Answer>) =>
  answer.then(
    () => expect.unreachable(),
    (error: unknown) => error,
  );

const WRITE =
  /Cannot write s3:\/\/bucket\/reports\/\S+: these credentials may not write there \(AccessDenied\)\. Grant s3:PutObject for s3:\/\/bucket\/reports\/\./;

describe('a reports store', () => {
  const readOnly = () => forbid(({ method, key }) => method === 'PUT' && key.startsWith('reports/'));
  const expectRefused = (text: string[], site: string) => {
    expect(text[0]).toMatch(new RegExp(`^acme: failed; ${site}\\. ${WRITE.source}$`));
    expect(text[1]).toBe('1 of 1 organization failed; nothing was published.');
    expect(text[2]).toMatch(
      /^status\.json of s3:.* was not written, .* Cannot write s3:\/\/bucket\/reports\/status\.json: /,
    );
    expect(text).toHaveLength(3);
  };

  it('that cannot be written is told of each organization, and that its status was not written', async () => {
    readOnly();
    const { text, failed } = await said(build(settings()));
    expectRefused(text, 'it has no site yet');
    expect(failed).toBe(true);
  });

  it('that cannot be written any more leaves the site as it was', async () => {
    expect(await said(build(settings()))).toMatchObject({ failed: false });
    await putCall(openStore(urls().results), 'acme', { id: 'c2' });
    readOnly();
    const { text, failed } = await said(build(settings()));
    expectRefused(text, 'its previous site stays');
    expect(failed).toBe(true);
  });

  it('of which the status alone cannot be written has published all the same, and fails', async () => {
    forbid(({ method, key }) => method === 'PUT' && key === 'reports/status.json');
    const { text, failed } = await said(build(settings()));
    expect(text[0]).toMatch(/^acme: published build \d+ with 2 calls/);
    expect(text[1]).toMatch(/^status\.json of s3:.* was not written/);
    expect(failed).toBe(true);
  });

  it.each([
    ['list', 's3:ListBucket', (key: string, method: string) => method === 'GET' && key === ''],
    ['read', 's3:GetObject', (key: string, method: string) => method === 'GET' && key !== ''],
    ['remove', 's3:DeleteObject', (_key: string, method: string) => method === 'DELETE'],
  ])('names the right to %s where it is missing', async (verb, right, when) => {
    await putCall(openStore(urls().results), 'acme', { id: `for ${verb}` });
    forbid(({ key, method }) => when(key, method));
    const all = await build(settings()).then(
      ({ text, failed }) => (failed ? text : ['it did not fail']),
      (error: unknown) => problemsOf(error),
    );
    expect(all[0]).toMatch(
      new RegExp(`Cannot ${verb} s3://bucket/\\S+: these credentials may not ${verb} there .* Grant ${right} for `),
    );
  });

  it('that is damaged says what, and to build again', async () => {
    const pointer = double.bucket.objects.get('reports/acme/pointer.json');
    if (!pointer) throw new Error('nothing was published');
    const { manifest } = JSON.parse(Buffer.from(pointer.body).toString()) as { manifest: string };
    const key = `reports/acme/${manifest}`;
    const whole = double.bucket.objects.get(key)?.body ?? new Uint8Array();
    const damages: [string, () => void][] = [
      ['missing manifest: acme/builds/', () => double.bucket.remove(key)],
      ['damaged manifest: acme/builds/', () => void double.bucket.put(key, 'x')],
      ['damaged pointer: acme/pointer.json', () => void double.bucket.put('reports/acme/pointer.json', '{')],
    ];
    for (const [i, [what, damage]] of damages.entries()) {
      damage();
      const error = await thrown(exportFiles({ reports: urls().reports, org: ['acme'], out: join(folder, `out${i}`) }));
      expect(error).toBeInstanceOf(Damaged);
      expect(problemsOf(error).join()).toContain(what);
      expect(problemsOf(error).join()).toContain('Build this organization again: build --org ID --force.');
      double.bucket.put(key, whole);
    }
    expect(await said(build(settings()))).toMatchObject({ failed: false });
  });
});

/**
 * They tell of stores in another way, and have tests of their own: the gate asks one only for a reader, and answers 503; `doctor` and `init` look
 * at several; `check` reads a file, and `preview` goes on.
 */
const OTHERS = ['serve', 'doctor', 'init', 'check', 'preview'];
/** What a command needs beside the stores. */
const labels = join(folder, 'labels.csv');
writeFileSync(labels, 'call,rule,pass\nc1,Greeting,yes\n');
const ARGUMENTS: { [command: string]: string[] } = {
  'digest preview': ['--org', 'acme', '--out', join(folder, 'preview')],
  'digest resume': ['--org', 'acme', '--to', 'ann@example.com'],
  'digest resend': ['--org', 'acme', '--date', '2026-03-30'],
  export: ['--org', 'acme', '--out', join(folder, 'none')],
  erase: ['--org', 'acme', '--call', 'c1'],
  evaluate: ['--org', 'acme', '--labels', labels],
  'pipeline erase': ['--org', 'acme', '--call', 'c1'],
  'pipeline reanalyse': ['--org', 'acme'],
  'pipeline replay': ['--org', 'acme', '--call', 'c1'],
  rollback: ['--org', 'acme'],
  'tenant add': ['--org', 'acme', '--name', 'Acme', '--zone', 'Europe/London', '--yes'],
  'tenant check': ['--org', 'acme'],
  'tenant remove': ['--org', 'acme', '--yes'],
};

it('every command says what is wrong with the access to a store, and none calls it unexpected', async () => {
  const { results, config, reports } = urls();
  const mail = { CCI_MAIL_URL: pathToFileURL(join(folder, 'outbox')).href, CCI_MAIL_FROM: 'reports@cci.example' };
  const variables = { CCI_RESULTS_URL: results, CCI_CONFIG_URL: config, CCI_REPORTS_URL: reports, ...mail };
  for (const [name, value] of Object.entries({ ...variables, CCI_INPUT_URL: double.url('input') }))
    vi.stubEnv(name, value);
  const printed: string[] = [];
  const error = vi.spyOn(console, 'error').mockImplementation((text: string) => void printed.push(text));
  const commands = Object.keys(COMMANDS).filter((name) => !OTHERS.includes(name));
  // One that a setting is to blame for, and one that passes; every other refusal is told by the store itself in the same way.
  const refusals: [number, string, boolean][] = [
    [403, 'RequestTimeTooSkewed', false],
    [507, 'XMinioStorageFull', true],
  ];
  for (const [httpStatus, code, passing] of refusals)
    for (const command of commands) {
      printed.length = 0;
      double.faults.push({ status: httpStatus, code, times: Number.POSITIVE_INFINITY });
      const status = await main([...command.split(' '), ...(ARGUMENTS[command] ?? [])]);
      double.faults.length = 0;
      expect([command, status, printed]).toEqual([
        command,
        passing ? 1 : 2,
        [expect.stringMatching(new RegExp(`^Cannot (list|read) s3://bucket/.*\\(${code}\\)\\. `))],
      ]);
    }
  error.mockRestore();
});

describe('a folder', () => {
  const file = join(folder, 'a-file');
  const at = (path: string) => pathToFileURL(path).href;
  beforeEach(() => writeFileSync(file, 'x'));

  it('that is a file, or that nobody may write, is told of each organization', async () => {
    for (const [path, why] of [
      [join(file, 'reports'), /a file is where a folder is needed.* \((ENOTDIR|EEXIST)\)\. Name another folder/],
      ['/sys/cci-reports', /(this user has no right to do that there|the file system is read-only) \(E[A-Z]+\)\./],
    ] as const) {
      const { text, failed } = await said(build({ ...settings(), reports: at(path) }));
      expect(text[0]).toMatch(
        new RegExp(`^acme: failed; it has no site yet\\. Cannot write \\S+ in file:///\\S+: ${why.source}`),
      );
      expect(text[1]).toBe('1 of 1 organization failed; nothing was published.');
      expect(text[2]).toMatch(/^status\.json of file:.* was not written/);
      expect(failed).toBe(true);
    }
  });

  it('to export to that cannot be made is told', async () => {
    const error = await thrown(exportFiles({ reports: urls().reports, org: ['acme'], out: join(file, 'out') }));
    expect(error).toBeInstanceOf(UserError);
    expect(problemsOf(error).join()).toMatch(/^Cannot write the export to \S+: a file is where a folder is needed/);
  });
});
