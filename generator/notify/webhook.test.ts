import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Notice } from './channel.ts';
import { NotTaken } from './channel.ts';
import { payloadOf } from './payload.ts';
import { webhook } from './webhook.ts';

const KEY = '0123456789abcdef0123456789abcdef';
const NOTICE: Notice = {
  id: 'a'.repeat(32),
  at: '2026-04-02T08:00:00.000Z',
  changes: [
    { organization: 'org_1', subject: 'build', state: 'trouble' },
    { organization: 'org_1', subject: 'digests', state: 'ok' },
    { organization: 'org_2', subject: 'calls', state: 'ok', since: '2026-04-02T07:00:00.000Z' },
  ],
};
const TEXT = [
  'CCI Lite Reports: 1 problem, 2 in order again',
  'org_1: its last run failed. status --org org_1 says why.',
  'org_1: its digests go out again. What stayed unknown or failed is in digest log --org org_1.',
  'org_2: calls arrive again; the newest began 2026-04-02 07:00 UTC.',
].join('\n');

const got: { url?: string; headers: IncomingMessage['headers']; body: string }[] = [];
let answer: (response: ServerResponse, request: IncomingMessage) => void;
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', () => {
    got.push({ url: request.url, headers: request.headers, body });
    answer(response, request);
  });
});
beforeAll(() => new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening)));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  got.length = 0;
  answer = (response) => response.end('ok');
});

const url = (path = '/services/token') => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
const now = () => new Date('2026-04-02T08:00:05Z');
const send = (to = url(), more: { key?: string; timeoutMs?: number } = { key: KEY }) =>
  webhook(to, { now, ...more }).send(NOTICE);
const failure = async (to?: string, more?: { key?: string; timeoutMs?: number }): Promise<Error> => {
  const error = await send(to, more).then(
    () => expect.fail('it was taken'),
    (thrown: Error) => thrown,
  );
  // Neither the address nor the token in it is told.
  for (const secret of ['token', '127.0.0.1', String((server.address() as AddressInfo).port)])
    expect(error.message).not.toContain(secret);
  return error;
};

describe('a webhook', () => {
  it('gets one POST of JSON with the text, the organizations and what has changed', async () => {
    await send();
    expect(got).toHaveLength(1);
    expect(got[0]?.headers['content-type']).toBe('application/json');
    expect(JSON.parse(got[0]?.body ?? '')).toEqual({
      version: 1,
      id: NOTICE.id,
      at: NOTICE.at,
      kind: 'trouble',
      text: TEXT,
      organizations: ['org_1', 'org_2'],
      changes: [
        { organization: 'org_1', subject: 'build', state: 'trouble' },
        { organization: 'org_1', subject: 'digests', state: 'ok' },
        { organization: 'org_2', subject: 'calls', state: 'ok' },
      ],
    });
  });

  it('can tell by the signature that time and body are as they were sent', async () => {
    await send();
    const [{ headers, body } = { headers: {}, body: '' }] = got;
    const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['cci-signature'])) ?? [];
    expect(t).toBe('1775116805');
    const mac = (text: string) => createHmac('sha256', KEY).update(text).digest('hex');
    expect(v1).toBe(mac(`${t}.${body}`));
    expect(v1).not.toBe(mac(`${t}.${body} `));
    await send(url(), {});
    expect(got[1]?.headers['cci-signature']).toBeUndefined();
  });

  it.each([400, 404, 429, 500, 503])('that answers %d has not taken it', async (status) => {
    answer = (response) => response.writeHead(status).end('secret words of the server');
    const error = await failure();
    expect(error).toBeInstanceOf(NotTaken);
    expect(error.message).toMatch(new RegExp(`^the webhook of CCI_NOTIFY_URL answered ${status}\\b`));
    expect(error.message).not.toContain('secret');
  });

  it('that leads elsewhere is not followed', async () => {
    answer = (response) => response.writeHead(307, { Location: url('/elsewhere') }).end();
    const error = await failure();
    expect([error instanceof NotTaken, got.map((each) => each.url)]).toEqual([true, ['/services/token']]);
    expect(error.message).toContain('answered 307, and redirects are not followed');
  });

  it('that cannot be reached has not taken it', async () => {
    const gone = createServer();
    await new Promise<void>((listening) => gone.listen(0, '127.0.0.1', listening));
    const { port } = gone.address() as AddressInfo;
    await new Promise((closed) => gone.close(closed));
    const error = await failure(`http://127.0.0.1:${port}/token`);
    expect([error instanceof NotTaken, error.message]).toEqual([
      true,
      'the webhook of CCI_NOTIFY_URL cannot be reached (ECONNREFUSED)',
    ]);
    expect(await failure('http://127.0.0.1:25/token')).toMatchObject({
      message: 'the port in CCI_NOTIFY_URL belongs to another service, so nothing is sent to it',
    });
    // What it speaks is not TLS.
    expect(await failure(url().replace('http:', 'https:'))).toBeInstanceOf(NotTaken);
  });

  it('that does not answer, or breaks off, may have taken it', async () => {
    answer = () => {};
    const silent = await failure(url(), { timeoutMs: 200 });
    expect([silent instanceof NotTaken, silent.message]).toEqual([
      false,
      'the webhook of CCI_NOTIFY_URL did not answer in time',
    ]);
    answer = (_response, request) => request.socket.destroy();
    const broken = await failure();
    expect([broken instanceof NotTaken, broken.message]).toEqual([
      false,
      expect.stringMatching(/^the connection to the webhook of CCI_NOTIFY_URL broke \(\w+\)$/),
    ]);
  });
});

it.each(['prod-1.westeurope.logic.azure.com', 'x.environment.api.powerplatform.com', 'acme.webhook.office.com'])(
  'Teams, at %s, gets the same lines as a card',
  (host) => {
    const { text, type, attachments } = JSON.parse(payloadOf(NOTICE, host)) as {
      [key: string]: unknown;
      attachments: { contentType: string; content: { body: { text: string }[] } }[];
    };
    expect([text, type, attachments[0]?.contentType]).toEqual([
      TEXT,
      'message',
      'application/vnd.microsoft.card.adaptive',
    ]);
    expect(attachments[0]?.content.body.map((block) => block.text).join('\n')).toBe(TEXT);
  },
);

it('no other host gets a card, which Slack would refuse', () => {
  for (const host of ['hooks.slack.com', 'logic.azure.com.example.com', 'evilpowerplatform.com'])
    expect(payloadOf(NOTICE, host)).not.toContain('attachments');
});
