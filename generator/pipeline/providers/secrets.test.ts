import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { openSecrets } from './secrets.ts';
import { failure } from './testing/conformance.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cci-secrets-'));
});
afterEach(() => rm(folder, { recursive: true }));

const local = (name: string) => openSecrets({ CCI_SECRETS: folder })(name);
const write = async (file: string, text: string, mode = 0o600) => {
  await writeFile(join(folder, file), text);
  await chmod(join(folder, file), mode);
};

it('reads a file of the organization, and of other secrets one below its kind', async () => {
  await write('acme.json', '{"password":"hunter2"}');
  await mkdir(join(folder, 'openai'));
  await write('openai/acme.json', '{"key":"k"}');
  expect(await local('cci-lite/oak/acme')).toEqual({ password: 'hunter2' });
  expect(await local('cci-lite/3cx/acme')).toEqual({ password: 'hunter2' });
  expect(await local('cci-lite/openai/acme')).toEqual({ key: 'k' });
});

it.each([
  ['others may read it', '{"password":"hunter2"}', 0o640, 'Run chmod 600'],
  ['it is no JSON', '{"password":"hunter2"', 0o600, 'is no JSON object'],
  ['it is a list', '["hunter2"]', 0o600, 'is no JSON object'],
])('refuses a file where %s, without a word of it', async (_, text, mode, reason) => {
  await write('acme.json', text, mode);
  const error = await failure(() => local('cci-lite/oak/acme'));
  expect([error.kind, error.message]).toEqual(['configuration', expect.stringContaining(reason)]);
  expect(`${error.message} ${error.cause}`).not.toContain('hunter2');
});

it('says which file is missing', async () => {
  expect((await failure(() => local('cci-lite/oak/acme'))).message).toContain(join(folder, 'acme.json'));
});

it.each([
  'acme',
  'other/oak/acme',
  'cci-lite/acme',
  'cci-lite/oak/../../x',
  'cci-lite/oak/..',
  'cci-lite//acme',
  'cci-lite/oak/a\nb',
  '',
])('takes %j for no name of a secret', async (name) => {
  expect((await failure(() => local(name))).message).toContain('is no name of a secret');
});

/** Speaks as Secrets Manager does: the real client is asked. */
let answer: { status: number; body: object };
const asked: unknown[] = [];
const server = createServer(async (request, response) => {
  asked.push([request.headers['x-amz-target'], await json(request)]);
  const { status, body } = answer;
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
});
beforeAll(() => new Promise<void>((done) => server.listen(0, '127.0.0.1', done)));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
const fromAws = () => {
  const { port } = server.address() as AddressInfo;
  vi.stubEnv('AWS_ENDPOINT_URL_SECRETS_MANAGER', `http://127.0.0.1:${port}`);
  vi.stubEnv('AWS_REGION', 'eu-central-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'id');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'key');
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1');
  return openSecrets({})('cci-lite/oak/acme');
};

it('asks AWS Secrets Manager where no folder is set', async () => {
  answer = { status: 200, body: { Name: 'cci-lite/oak/acme', SecretString: '{"password":"hunter2"}' } };
  expect(await fromAws()).toEqual({ password: 'hunter2' });
  expect(asked.at(-1)).toEqual(['secretsmanager.GetSecretValue', { SecretId: 'cci-lite/oak/acme' }]);
});

it.each([
  ['ResourceNotFoundException', 400, 'configuration', 'has none in this account'],
  ['AccessDeniedException', 400, 'configuration', 'Grant secretsmanager:GetSecretValue'],
  ['UnrecognizedClientException', 400, 'configuration', 'check the AWS credentials'],
  ['ThrottlingException', 400, 'retry', 'cannot be read now'],
  ['InternalServiceError', 500, 'retry', 'cannot be read now'],
] as const)('says what to do about %s', async (code, status, kind, reason) => {
  answer = { status, body: { __type: code, message: 'hunter2' } };
  const error = await failure(fromAws);
  expect([error.kind, error.message]).toEqual([kind, expect.stringContaining(reason)]);
  expect(error.message).not.toContain('hunter2');
});
