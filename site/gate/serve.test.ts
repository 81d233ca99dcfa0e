import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { HOSTILE_LINES, obeyedIn } from '../../generator/fixtures/hostile-lines.ts';
import { UserError } from '../../generator/lib/errors.ts';
import { openStore } from '../../generator/store/open.ts';
import { forge, makeKeys, publishableKeyOf, sessionClaims } from '../../scripts/demo/identity/forge.ts';
import type { AccessLine } from './context.ts';
import { serve, toOutput } from './serve.ts';
import { publishSite, rawRequest } from './testing/gate.ts';

test('it says everything that is missing at once, and starts nothing', async () => {
  const error = await serve({}).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UserError);
  const { problems } = error as UserError;
  for (const name of ['CCI_REPORTS_URL', 'CCI_SITE_URL', 'PUBLISHABLE_KEY', 'CLERK_SECRET_KEY', 'CCI_CLERK_JWT_KEY']) {
    expect(problems.filter((sentence) => sentence.includes(name))).toHaveLength(1);
  }
});

test('it serves what lies in a folder, and says where a port is taken', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cci-serve-'));
  const keys = makeKeys();
  const reports = `file:${folder}`;
  await publishSite(openStore(reports), 'org_1', { '/': 'hello', '/404.html': 'none' });
  const settings = {
    reports,
    siteUrl: 'https://reports.example.com',
    publishableKey: publishableKeyOf('clerk.example.com'),
    secretKey: 'sk_live_x',
    jwtKey: keys.pem,
    port: '0',
  };
  const gate = await serve(settings, () => {});
  try {
    const { port } = new URL(gate.url);
    const facts = { issuer: 'https://clerk.example.com', origin: settings.siteUrl, user: 'user_1' };
    const token = forge(sessionClaims({ ...facts, org: { id: 'org_1', name: 'One' } }), { keys });
    const response = await rawRequest(Number(port), '/', [`Cookie: __session=${token}; __client_uat=1`]);
    expect([response.status, response.text]).toEqual([200, 'hello']);
    await expect(serve({ ...settings, port })).rejects.toThrow(`port ${port} (EADDRINUSE)`);
  } finally {
    await gate.close();
    await rm(folder, { recursive: true });
  }
});

test('the access log holds what was asked as it was, and nothing that a terminal or a CI runner obeys', () => {
  const line: AccessLine = { at: '2026-03-31T05:30:00.000Z', method: 'GET', path: '', status: 404, bytes: 0, ms: 1 };
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  for (const path of HOSTILE_LINES) toOutput({ ...line, path, user: path });
  const printed = write.mock.calls.map(([text]) => String(text));
  write.mockRestore();
  expect(printed.flatMap(obeyedIn)).toEqual([]);
  expect(printed.map((text) => (JSON.parse(text) as AccessLine).path)).toEqual(HOSTILE_LINES);
});
