import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Printable } from '../../../generator/lib/printable.ts';
import { main } from '../bucket-events.ts';
import { switchOn } from './switch-on.ts';

const QUEUE = `<QueueConfiguration><Id>ours &amp; theirs</Id><Queue>arn:aws:sqs:eu-central-1:1:others</Queue><Event>s3:ObjectCreated:*</Event><Event>s3:ObjectRemoved:*</Event><Filter><S3Key><FilterRule><Name>prefix</Name><Value>org_1/é+ /</Value></FilterRule></S3Key></Filter></QueueConfiguration>`;
const TOPIC = `<TopicConfiguration><Id>t</Id><Topic>arn:aws:sns:eu-central-1:1:topic</Topic><Event>s3:ObjectRemoved:Delete</Event></TopicConfiguration>`;
const FUNCTION = `<CloudFunctionConfiguration><Id>f</Id><CloudFunction>arn:aws:lambda:eu-central-1:1:function:x</CloudFunction><Event>s3:ObjectCreated:Put</Event><Filter><S3Key><FilterRule><Name>suffix</Name><Value>.json</Value></FilterRule></S3Key></Filter></CloudFunctionConfiguration>`;
const BRIDGE = '<EventBridgeConfiguration></EventBridgeConfiguration>';
const document = (...parts: string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?><NotificationConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${parts.join('')}</NotificationConfiguration>`;

/** The configuration of one bucket, which a write replaces as a whole. */
let config: string;
/** Done before a request is answered; a text in its place is an error's code. */
let meanwhile: (method: string, at: number) => string | undefined;
let requests: string[];
const server = createServer(async (request, response) => {
  const body = await text(request);
  const method = request.method ?? '';
  requests.push(method);
  const code = meanwhile(method, requests.length);
  if (code) {
    response.writeHead(code === 'NoSuchBucket' ? 404 : 403, { 'content-type': 'application/xml' });
    response.end(`<Error><Code>${code}</Code><Message>${code}</Message></Error>`);
    return;
  }
  if (!/^\/results\/?\?.*notification/.test(request.url ?? '')) return void response.writeHead(501).end();
  if (method === 'PUT') config = body;
  response.writeHead(200, { 'content-type': 'application/xml' });
  response.end(method === 'PUT' ? undefined : config);
});
const before = { ...process.env };
let said: string[];
beforeEach(async () => {
  [config, meanwhile, requests, said] = [document(), () => undefined, [], []];
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'key',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_MAX_ATTEMPTS: '1',
  });
});
afterEach(async () => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

const run = (confirm = async () => true) =>
  switchOn(new S3Client({ forcePathStyle: true }), 'results', {
    say: (line: Printable) => void said.push(line),
    confirm,
  });
/** Somebody else writes, just before a request is answered. */
function changeAt(at: number, when: number, to: string): undefined {
  if (at === when) config = to;
}
/** Parts of what is configured, as texts without order. */
const parts = () =>
  [...config.matchAll(/<(Topic|Queue|CloudFunction|EventBridge)Configuration(?:\/>|>.*?<\/\1Configuration>)/gs)]
    .map(([part]) => part.replace(/<(\w+)\/>/g, '<$1></$1>'))
    .sort();

it('adds EventBridge and keeps all that is there, to the letter', async () => {
  config = document(TOPIC, QUEUE, FUNCTION);
  expect(await run()).toBe('written');
  const bare = (part: string) => [...part.matchAll(/>([^<]+)</g)].map(([, value]) => value).sort();
  expect(parts().map(bare)).toEqual([FUNCTION, BRIDGE, QUEUE, TOPIC].map(bare));
  expect(said.join('\n')).toContain(
    'queue arn:aws:sqs:eu-central-1:1:others: s3:ObjectCreated:*, s3:ObjectRemoved:* (prefix org_1/é+ /)',
  );
  expect(said).toContain('+ EventBridge: everything');
  expect(requests).toEqual(['GET', 'GET', 'PUT', 'GET']);
});

it('writes nothing where it is there already, or is not wanted', async () => {
  config = document(QUEUE, BRIDGE);
  expect(await run()).toBe('there');
  config = document(QUEUE);
  expect(await run(async () => false)).toBe('refused');
  expect([config, requests]).toEqual([document(QUEUE), ['GET', 'GET']]);
});

it('writes nothing where somebody has changed it between reading and writing', async () => {
  config = document(QUEUE);
  meanwhile = (_, at) => changeAt(at, 2, document(QUEUE, TOPIC));
  await expect(run()).rejects.toThrow(
    'Somebody has changed the notifications of results meanwhile, so nothing was written',
  );
  expect(config).toBe(document(QUEUE, TOPIC));
});

it('says so where somebody else has written at the same moment', async () => {
  config = document(QUEUE);
  meanwhile = (_, at) => changeAt(at, 4, document(TOPIC));
  await expect(run()).rejects.toThrow('not as they were written');
});

it('writes nothing where it would lose what it does not know', async () => {
  config = document(QUEUE, '<StreamConfiguration><Stream>arn</Stream></StreamConfiguration>');
  await expect(run()).rejects.toThrow('have a part that is not known here (StreamConfiguration)');
  config = document(QUEUE.replace('<Filter>', '<Filter><ObjectSize>1</ObjectSize>'));
  await expect(run()).rejects.toThrow('(ObjectSize)');
  expect(requests).toEqual(['GET', 'GET']);
});

it('is a command that ends with 0, 1 or 2', async () => {
  const out = vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
  const err = vi.spyOn(console, 'error').mockImplementation(() => {});
  expect(await main(['results', '--yes'])).toBe(0);
  expect(parts()).toEqual([BRIDGE]);
  config = document();
  // No terminal in a test.
  expect(await main(['results'])).toBe(1);
  for (const wrong of [[], ['a', 'b'], ['s3://results'], ['results', '--no']]) expect(await main(wrong)).toBe(2);
  for (const code of ['AccessDenied', 'NoSuchBucket', 'AuthorizationHeaderMalformed']) {
    meanwhile = () => code;
    expect([code, await main(['results', '--yes'])]).toEqual([code, 2]);
  }
  expect(err.mock.calls.join('\n')).toContain('Grant s3:GetBucketNotification on the bucket');
  meanwhile = (method) => (method === 'PUT' ? 'InternalError' : undefined);
  expect(await main(['results', '--yes'])).toBe(1);
  expect(await main(['--help'])).toBe(0);
  expect(out).toHaveBeenCalled();
});
