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
  // Whoever leaves in the middle of a handshake is an error to it.
  listening.on('error', () => {});
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

  describe('that nothing left this way, and what to do, is said', () => {
    const told = async (url: string, timeoutMs?: number) => {
      const error = await (await smtp(url, timeoutMs)).send(await message()).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(NotSent);
      expect(error).toMatchObject({ stop: true });
      return { again: (error as NotSent).again, reason: (error as NotSent).message };
    };
    const refuse =
      (responseCode: number) =>
      (_given: unknown, _session: unknown, done: (error: Error) => void): void =>
        done(reply(responseCode));

    it.each([
      [
        'nobody listens',
        'smtp://127.0.0.1:1',
        true,
        /127\.0\.0\.1:1 has nothing that listens there .*Check host and port/,
      ],
      // No DNS server is asked about a name that no host can have.
      [
        'the host is unknown',
        `smtp://${'x'.repeat(64)}.invalid`,
        true,
        /:587 is a name that the DNS does not know .*Check the host/,
      ],
    ])('where %s', async (_what, url, again, reason) => {
      expect(await told(url)).toEqual({ again, reason: expect.stringMatching(reason) });
    });

    it('where the password is wrong, for now or for good', async () => {
      const login = async (responseCode: number) =>
        (await listen({ authOptional: false, allowInsecureAuth: true, onAuth: refuse(responseCode) })).replace(
          '//',
          '//user:wrong@',
        );
      expect(await told(await login(535))).toEqual({
        again: false,
        reason: expect.stringMatching(
          /does not accept the user name and password, or wants some .*535.*Correct them in CCI_MAIL_URL$/,
        ),
      });
      server?.close();
      expect((await told(await login(454))).again).toBe(true);
      server?.close();
      const none = await listen({ authOptional: false, allowInsecureAuth: true, onAuth: refuse(535) });
      expect((await told(none)).reason).toMatch(/530.*Correct them in CCI_MAIL_URL$/);
    });

    it('where the sender is not accepted, or no mail at all', async () => {
      expect((await told(await listen({ onMailFrom: refuse(550) }))).reason).toMatch(
        /does not accept the sender .*CCI_MAIL_FROM/,
      );
      server?.close();
      const closed = await listen({ onConnect: (_session, done) => done(reply(554)) });
      expect((await told(closed)).reason).toMatch(/does not greet as a mail server does, or takes no mail .*554/);
    });

    it('where TLS and plain text meet, or a certificate is not trusted', async () => {
      const plain = await listen({});
      expect((await told(plain.replace('smtp:', 'smtps:'))).reason).toMatch(
        /speaks no TLS there .*smtps:\/\/ with port 465$/,
      );
      server?.close();
      const own = await listen({ secure: true });
      expect((await told(own.replace('smtp:', 'smtps:'))).reason).toMatch(
        /certificate that is not trusted .*NODE_EXTRA_CA_CERTS$/,
      );
    });

    it('where the server never greets', async () => {
      const { createServer } = await import('node:net');
      const silent = createServer(() => {});
      await new Promise<void>((ready) => silent.listen(0, '127.0.0.1', ready));
      const { port } = silent.address() as import('node:net').AddressInfo;
      expect((await told(`smtp://127.0.0.1:${port}`, 100)).reason).toMatch(
        /cannot be reached .*a firewall may block the port$/,
      );
      silent.close();
    });
  });

  it('blames the mail alone where its size is not accepted', async () => {
    const url = await listen({ onMailFrom: (_from, _session, done) => done(reply(552)) });
    expect(await failure(url)).toBeInstanceOf(Refused);
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
