import { text } from 'node:stream/consumers';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import { buildMessage } from './message.ts';
import { smtp } from './smtp.ts';
import { NotSent, Refused } from './transport.ts';

const message = () =>
  buildMessage({
    id: 'a'.repeat(32),
    organization: 'org_test',
    date: '2025-12-09',
    from: { name: 'Reports', address: 'reports@cci.example' },
    to: { name: 'Ann Lee', address: 'ann@example.com' },
    subject: '79% passed · ▼',
    html: '<p>Hello</p>',
    text: 'Hello\n.\n..dots\n',
    at: new Date('2025-12-10T07:00:00Z'),
  });

type Options = ConstructorParameters<typeof SMTPServer>[0];
let server: SMTPServer | undefined;
afterEach(() => new Promise<void>((closed) => (server ? server.close(() => closed()) : closed())));

async function listen(options: Options): Promise<string> {
  const listening = new SMTPServer({ authOptional: true, disabledCommands: ['STARTTLS'], ...options });
  server = listening;
  await new Promise<void>((done) => listening.listen(0, '127.0.0.1', done));
  const address = listening.server.address();
  return `smtp://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}
const send = async (url: string) => (await smtp(url)).send(await message());
const failure = (url: string) => send(url).catch((thrown: unknown) => thrown);
const reply = (responseCode: number) => Object.assign(new Error('no'), { responseCode });

describe('SMTP', () => {
  it('gets the mail whole, for one recipient', async () => {
    const got: { to: string[]; raw: string }[] = [];
    const url = await listen({
      onData: async (stream, { envelope }, done) => {
        got.push({ to: envelope.rcptTo.map(({ address }) => address), raw: await text(stream) });
        done();
      },
    });
    await send(url);
    expect(got.map(({ to }) => to)).toEqual([['ann@example.com']]);
    const mail = await simpleParser(got[0]?.raw ?? '');
    expect([mail.subject, mail.text]).toEqual(['79% passed · ▼', 'Hello\n.\n..dots\n']);
  });

  it('says of a reply that nothing left: for now, or for good', async () => {
    const busy = await failure(await listen({ onRcptTo: (_to, _session, done) => done(reply(451)) }));
    expect(busy).toBeInstanceOf(NotSent);
    expect(busy).toMatchObject({ again: true });
    server?.close();
    expect(await failure(await listen({ onRcptTo: (_to, _session, done) => done(reply(550)) }))).toBeInstanceOf(
      Refused,
    );
  });

  it('says that nothing left where nobody listens', async () => {
    expect(await failure('smtp://127.0.0.1:1')).toBeInstanceOf(NotSent);
  });

  it('does not know where the connection ends after the data', async () => {
    const url = await listen({
      onData: async (stream) => {
        await text(stream);
        server?.close();
        for (const socket of sockets) socket.destroy();
      },
    });
    const sockets = new Set<import('node:net').Socket>();
    server?.server.on('connection', (socket) => sockets.add(socket));
    const error = await failure(url);
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(NotSent);
    expect(error).not.toBeInstanceOf(Refused);
    server = undefined;
  });
});
