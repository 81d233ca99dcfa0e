/** The very code that the template holds, beside doubles of SQS, S3, Secrets Manager and GitHub. */
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { type S3Double, s3Double } from '../../../generator/store/testing/s3-double.ts';
import { type SqsDouble, sqsDouble } from '../../../generator/testing/sqs-double.ts';
import { dispatchRights, PLACEHOLDERS } from '../rights.ts';
import { allows, type Use } from '../testing/iam.ts';
import { functionCode } from './bundle.ts';
import type { Drained } from './drain.ts';
import { type GitHubDouble, githubDouble, REPOSITORY } from './testing/github-double.ts';

let run: () => Promise<Drained>;
let [sqs, s3, github]: [SqsDouble, S3Double, GitHubDouble] = [] as never;
let secret: string;
const asked: Use[] = [];
const before = { ...process.env };

const secrets = createServer(async (request, response) => {
  const { SecretId } = JSON.parse(await text(request)) as { SecretId: string };
  const action = String(request.headers['x-amz-target']).replace(/^secretsmanager\./, '');
  asked.push({ action: `secretsmanager:${action}`, resource: SecretId });
  response.setHeader('content-type', 'application/x-amz-json-1.1');
  response.end(JSON.stringify({ ARN: SecretId, SecretString: secret }));
});

beforeAll(async () => {
  await new Promise<void>((ready) => secrets.listen(0, '127.0.0.1', ready));
  const module: { exports: { handler?: typeof run } } = { exports: {} };
  new Function('module', 'exports', 'require', functionCode())(module, module.exports, createRequire(import.meta.url));
  run = module.exports.handler as typeof run;
});
afterAll(() => {
  secrets.closeAllConnections();
  secrets.close();
});

beforeEach(async () => {
  vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
  [sqs, s3, github] = await Promise.all([sqsDouble(), s3Double({ name: 'CODE' }), githubDouble()]);
  secret = JSON.stringify(github.app);
  const { port } = secrets.address() as AddressInfo;
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: 'key',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_REGION: 'us-east-1',
    AWS_MAX_ATTEMPTS: '1',
    AWS_ENDPOINT_URL_S3: decodeURIComponent(new URL(s3.url()).searchParams.get('endpoint') ?? ''),
    AWS_ENDPOINT_URL_SQS: new URL(sqs.url).origin,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: `http://127.0.0.1:${port}`,
    CCI_QUEUE: sqs.url,
    CCI_STATE: 'CODE',
    CCI_APP_SECRET: PLACEHOLDERS.appSecret,
    CCI_GITHUB_API: github.api,
    CCI_REPOSITORY: REPOSITORY,
  });
});
afterEach(async () => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
  for (const double of [sqs, s3, github]) await double[Symbol.asyncDispose]();
});

const changed = (org: string) =>
  sqs.queue.send(JSON.stringify({ detail: { object: { key: `${org}/enriched/a.json` } } }));

it('starts the workflow for what has changed, and not again within the gap', async () => {
  changed('org_2');
  changed('org_1');
  expect(await run()).toEqual({ outcome: 'sent', messages: 2, organizations: 2, all: false });
  expect(github.dispatches).toEqual([
    { event_type: 'pipeline-finished', client_payload: { organizations: ['org_1', 'org_2'] } },
  ]);
  expect(sqs.queue.left).toEqual([]);
  changed('org_3');
  expect(await run()).toMatchObject({ outcome: 'waiting' });
  // Sixteen minutes later.
  s3.bucket.put('dispatch/last', new Date(Date.now() - 16 * 60_000).toISOString());
  expect(await run()).toMatchObject({ outcome: 'sent', organizations: 1 });
  expect(github.dispatches).toHaveLength(2);
});

it('gives the messages back where GitHub does not take the dispatch', async () => {
  changed('org_1');
  github.faults.push({ of: 'dispatch', status: 500 });
  await expect(run()).rejects.toThrow('GitHub failed (500)');
  expect(sqs.queue.visible).toHaveLength(1);
});

it('lets one of two runs at once send', async () => {
  changed('org_1');
  s3.faults.push({
    when: ({ method }) => method === 'PUT',
    change: (bucket) => void bucket.put('dispatch/last', new Date().toISOString()),
  });
  expect(await run()).toMatchObject({ outcome: 'waiting' });
  expect([github.dispatches, sqs.queue.visible.length]).toEqual([[], 1]);
});

it('says what is wrong with the secret, and nothing of what is in it', async () => {
  changed('org_1');
  for (const wrong of ['not json', '{}', '{"appId":"1","installationId":"../2","privateKey":"x"}']) {
    secret = wrong;
    s3.bucket.remove('dispatch/last');
    await expect(run()).rejects.toThrow('must be JSON with appId, installationId and privateKey');
  }
  expect(sqs.queue.visible).toHaveLength(1);
});

it('has every right that it uses, and no other', async () => {
  changed('org_1');
  await run();
  github.faults.push({ of: 'token', status: 500 });
  changed('org_2');
  s3.bucket.put('dispatch/last', '2026-01-01T00:00:00Z');
  await expect(run()).rejects.toThrow('500');
  const actions: { [method: string]: string } = { GET: 's3:GetObject', PUT: 's3:PutObject' };
  const uses = [
    ...asked,
    ...sqs.log.map((action) => ({ action: `sqs:${action.replace(/Batch$/, '')}`, resource: PLACEHOLDERS.trigger })),
    ...s3.log.map(({ method, key }) => ({ action: actions[method] ?? method, resource: `arn:aws:s3:::CODE/${key}` })),
    // Whether there is nothing, or it may not be read, is told only to who may list.
    { action: 's3:ListBucket', resource: PLACEHOLDERS.code },
  ];
  const statements = dispatchRights(PLACEHOLDERS);
  expect(uses.filter((use) => !allows(statements, use))).toEqual([]);
  const granted = statements.flatMap(({ Action }) => Action).sort();
  expect([...new Set(uses.map(({ action }) => action))].sort()).toEqual(granted);
});
