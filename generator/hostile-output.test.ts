/** Whatever stands in the stores, in arguments and in the environment, no command prints what a terminal or a CI runner obeys. */

import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { main } from './cli.ts';
import { HOSTILE_LINES, obeyedIn } from './fixtures/hostile-lines.ts';
import { CONFIG, csvOf, DEFAULT_ROW, objectsOf, plainRenderer } from './fixtures/world.ts';
import { type S3Double, s3Double } from './store/testing/s3-double.ts';

vi.mock('./render/renderer.ts', () => ({ openRenderer: async () => plainRenderer }));

const RUNS = Number(process.env.CCI_RUNS ?? 1);
const DAY = '2026-03-30';
const NOW = ['--now', '2026-04-02T08:00:00Z'];
const folder = mkdtempSync(join(tmpdir(), 'cci-hostile-'));
let double: S3Double;
let liar: Server;
/** What the liar says of each request. */
let lie = '';
let output = '';

beforeAll(async () => {
  liar = createServer((_request, response) => {
    const text = [...lie].map((each) => (/[\w ]/.test(each) ? each : `&#${each.codePointAt(0)};`)).join('');
    response.writeHead(400, { 'content-type': 'application/xml' });
    response.end(`<?xml version="1.0"?><Error><Code>${text}</Code><Message>${text}</Message></Error>`);
  });
  await new Promise<void>((ready) => liar.listen(0, '127.0.0.1', ready));
});
afterAll(async () => {
  liar.closeAllConnections();
  await new Promise((closed) => liar.close(closed));
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  double = await s3Double();
  const take = (text: string | Uint8Array) => {
    output += String(text);
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(take);
  vi.spyOn(process.stderr, 'write').mockImplementation(take);
  vi.spyOn(console, 'error').mockImplementation((text: string) => void take(`${text}\n`));
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await double[Symbol.asyncDispose]();
});

/** Every place of a store from which a command may print something. */
function plant(text: string): void {
  const put = (key: string, value: unknown) =>
    double.bucket.put(key, typeof value === 'string' ? value : JSON.stringify(value));
  const calls = 'results/acme/final/v2.0-flat/calls';
  for (const org of ['acme', 'bad', 'odd', 'broken'])
    for (const [key, body] of objectsOf(org, { id: 'c1' })) put(`results/${org}/${key}`, body);
  put(`results/${text}/x`, 'x');
  put(`results/${text}`, 'x');
  put(`results/acme/${text}`, 'x');
  put(`${calls}/${text}.jsonl`, text);
  put(`${calls}/q.jsonl`, { call_id: text, [text]: text, overall_score: text });
  put(`results/acme/enriched/${text}.json`, { [text]: text });
  const columns = [...Object.keys(DEFAULT_ROW), `x${text}`.replaceAll('\0', '')];
  put(`${calls}/${text}.csv`, csvOf(columns, [{ ...DEFAULT_ROW, call_id: text, started_at: text }]));
  const digest = { recipients: [{ address: 'ann@example.com', scope: { team: text } }], time: '00:00' };
  const plain = text.replaceAll(/[^\p{L}]/gu, '') || 'x';
  put('config/acme/report-config.json', {
    ...CONFIG,
    name: text,
    columns: { topic: `no ${text}` },
    metadata: { [plain]: text },
    digest,
  });
  put('config/acme/ai-config.json', { json_output_schema: { [text]: text } });
  put('config/bad/report-config.json', {
    [text]: text,
    agents: { [text]: { name: 1, [text]: 2 } },
    timeZone: text,
    locale: text,
    passMark: text,
    columns: { call_id: 3, [text]: text },
    metadata: { [text]: 3 },
    brand: { logo: text, accent: text },
    views: [{ name: text, href: text }],
    digest: { time: text, days: [text], recipients: [{ address: text, scope: { [text]: text } }] },
  });
  put('config/odd/qa-config.json', { scoring: { pass_threshold: text } });
  put('config/broken/report-config.json', text);
  put(`config/${text}/report-config.json`, text);
  put('reports/status.json', {
    version: 1,
    organizations: {
      [text]: { lastRunAt: NOW[1], problem: text },
      acme: {
        lastRunAt: NOW[1],
        listedAt: NOW[1],
        publishedAt: '2027-01-01T00:00:00Z',
        problem: text,
        generation: text,
        calls: text,
        troubles: [{ kind: 'cells', n: 6, of: 7, column: text, sheets: { first: text, count: 1 } }],
      },
    },
  });
  put(`reports/${text}/pointer.json`, text);
  put('reports/broken/pointer.json', text);
  const record = { version: 1, organization: 'acme', date: DAY, kind: text, at: `${DAY}T08:00:00Z`, nonce: 'x' };
  for (const [i, state] of ['unknown', 'failed', 'sent', text].entries())
    put(`reports/mail/ledger/acme/${DAY}/${String(i).repeat(32)}.json`, {
      ...record,
      state,
      recipient: text,
      reason: text,
      receipt: text,
    });
  put(`reports/mail/events/2026/${text}.json`, { eventType: text, mail: { messageId: text } });
}

async function run(...args: string[]): Promise<void> {
  output = '';
  // Else the streams remember all that they were ever given.
  vi.clearAllMocks();
  const status = await main(args);
  expect([args, obeyedIn(output)]).toEqual([args, []]);
  expect([0, 1, 2]).toContain(status);
  expect(output).not.toContain('Unexpected error');
  if (args.includes('--json'))
    expect(() =>
      JSON.parse(
        output
          .slice(output.indexOf('\n{') + 1 || 0)
          .split('\n')
          .find((line) => line.startsWith('{')) ?? '',
      ),
    ).not.toThrow();
}

const texts = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...HOSTILE_LINES) },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.constantFrom(...HOSTILE_LINES, ':', '#', '[', 'a', ' '), { minLength: 2, maxLength: 4 })
      .map((parts) => parts.join('')),
  },
);

it('prints nothing that a terminal or a runner obeys, whatever it reads', async () => {
  const url = (name: string) => double.url(name);
  await fc.assert(
    fc.asyncProperty(texts, async (text) => {
      double.bucket.objects.clear();
      plant(text);
      for (const [name, value] of Object.entries({
        AWS_ACCESS_KEY_ID: 'key',
        AWS_SECRET_ACCESS_KEY: 'secret',
        CCI_RESULTS_URL: url('results'),
        CCI_CONFIG_URL: url('config'),
        CCI_REPORTS_URL: url('reports'),
        CCI_MAIL_URL: 'smtp://127.0.0.1:1',
        CCI_MAIL_FROM: 'Reports <reports@cci.example>',
      }))
        vi.stubEnv(name, value);
      await run('build', ...NOW);
      await run('build', '--json', '--force', ...NOW);
      for (const command of ['tenants', 'status', 'plan', 'digest', 'digest log', 'digest reconcile']) {
        const words = [...command.split(' '), ...(command === 'tenants' || command === 'plan' ? [] : NOW)];
        await run(...words);
        await run(...words, '--json');
      }
      await run('digest', 'resend', '--org', 'acme', '--date', DAY, '--force', ...NOW);
      await run('digest', '--dry-run', '--org', 'acme', '--date', DAY, ...NOW);
      await run('export', '--org', 'broken', '--out', join(folder, 'out'));
      await run('erase', '--org', 'acme', '--call', text);
      for (const command of ['build', 'status', 'digest', 'export', 'erase']) await run(command, '--org', text);
      await run(text);
      await run('build', text, `--${text}`, `--now=${text}`, '--results', text);
      await run('build', '--results', `s3://bucket?${text}`);
      await run('export', '--org', 'acme', '--out', join(folder, `x${text.replaceAll('\0', '')}`, 'y'));
      for (const name of ['CCI_CHANGED', 'CCI_SHARD', 'CCI_MAIL_FROM', 'CCI_MAIL_URL', 'CCI_REPORTS_URL']) {
        vi.stubEnv(name, text);
        await run(name === 'CCI_CHANGED' ? 'plan' : name === 'CCI_SHARD' ? 'build' : 'digest');
        vi.stubEnv(
          name,
          { CCI_REPORTS_URL: url('reports'), CCI_MAIL_FROM: 'a@cci.example', CCI_MAIL_URL: 'file:x' }[name] ?? '',
        );
      }
      lie = text;
      vi.stubEnv('CCI_REPORTS_URL', `s3://bucket?endpoint=http://127.0.0.1:${(liar.address() as AddressInfo).port}`);
      for (const command of ['build', 'status', 'digest']) await run(command);
    }),
    { numRuns: RUNS, seed: 7, endOnFailure: true, examples: [[HOSTILE_LINES.join('')]] },
  );
});

it('cuts what is too long', async () => {
  const long = 'x'.repeat(100_000);
  vi.stubEnv('CCI_RESULTS_URL', `s3://${long}`);
  await run('build', `--${long}`, long, '--org', long);
  await run(long);
});
