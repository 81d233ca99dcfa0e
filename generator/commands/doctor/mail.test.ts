import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type SesAccount, startSesDouble } from '../../digest/fixtures/ses-double.ts';
import { contextWith, linesOf } from '../../testing/doctor.ts';
import { checkMail } from './mail.ts';

const MAIL_FROM = 'Reports <reports@cci.example>';
const said = async (url: string) => linesOf(await checkMail(contextWith({ settings: { mailFrom: MAIL_FROM } }), url));

describe('a folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cci-doctor-mail-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is tried, and a file in its place is told', async () => {
    expect((await said(`file:${folder}/outbox`))[0]).toMatch(/^mail: ok: Mail is written to the folder/);
    await writeFile(join(folder, 'file'), '');
    expect((await said(`file:${folder}/file`))[0]).toMatch(/^mail: wrong: /);
  });
});

describe('a mail server', () => {
  let server: SMTPServer | undefined;
  afterEach(() => new Promise<void>((closed) => (server ? server.close(() => closed()) : closed())));

  it('is connected to and logged in at, and gets no mail', async () => {
    let mails = 0;
    const listening = new SMTPServer({
      disabledCommands: ['STARTTLS'],
      onAuth: ({ username, password }, _session, done) =>
        password === 'right' ? done(null, { user: String(username) }) : done(new Error('no, ann@example.com')),
      onMailFrom: (_from, _session, done) => {
        mails++;
        done();
      },
    });
    server = listening;
    listening.on('error', () => {});
    await new Promise<void>((done) => listening.listen(0, '127.0.0.1', done));
    const address = listening.server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const right = await said(`smtp://ann:right@127.0.0.1:${port}`);
    expect(right[0]).toBe(
      `mail: ok: The mail server 127.0.0.1:${port} answers and accepts the user name and password. Nothing was sent.`,
    );
    expect(right[1]).toMatch(/^mail: sender: not checked/);
    const wrong = await said(`smtp://ann:s3cret@127.0.0.1:${port}`);
    expect(wrong).toHaveLength(1);
    expect(wrong[0]).toMatch(/^mail: wrong: The mail server .* does not accept the user name and password/);
    expect(wrong[0]).not.toMatch(/s3cret|ann@example/);
    expect(mails).toBe(0);
  });

  it('that is not there is told', async () => {
    expect((await said('smtp://127.0.0.1:1'))[0]).toMatch(/^mail: wrong: The mail server 127\.0\.0\.1:1 has nothing/);
  });
});

describe('Amazon SES', () => {
  beforeEach(() => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'key');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  });
  afterEach(() => vi.unstubAllEnvs());

  async function ofAccount(account: SesAccount, left?: number): Promise<string[]> {
    const double = await startSesDouble({ account, ...(left !== undefined && { left }) });
    try {
      const endpoint = encodeURIComponent(double.endpoint);
      return await said(`ses:eu-central-1?configuration-set=digests&endpoint=${endpoint}`);
    } finally {
      expect(double.attempts).toBe(0);
      await double.close();
    }
  }
  const RIGHT: SesAccount = { verified: ['cci.example'], sets: { digests: true } };

  it('is asked for its quota, the account, the sender and the configuration set', async () => {
    expect(await ofAccount(RIGHT)).toEqual([
      'mail: ok: Amazon SES answers in eu-central-1.',
      'mail: quota: ok: 0 of 50000 mails of 24 hours are sent, at most 1000 a second.',
      'mail: account: ok: Sending is not paused.',
      'mail: sender: ok: The sender of CCI_MAIL_FROM is verified in eu-central-1.',
      'mail: configuration set: ok: The configuration set digests sends its events on.',
    ]);
  });

  it('tells what is wrong with the account', async () => {
    const lines = await ofAccount({ most: 200, paused: true, sets: {} }, 30);
    expect(lines.map((line) => /^.*?: (?:ok|warning|wrong|not checked)(?=: )/.exec(line)?.[0])).toEqual([
      'mail: ok',
      'mail: quota: warning',
      'mail: sandbox: warning',
      'mail: account: wrong',
      'mail: sender: wrong',
      'mail: configuration set: wrong',
    ]);
    expect(lines.join()).not.toContain('reports@');
    expect((await ofAccount({ ...RIGHT, sets: { digests: false } })).at(-1)).toMatch(/set: warning: .*events nowhere/);
  });

  it('leaves open what may not be asked', async () => {
    const denied = ['GetAccountSendingEnabled', 'GetIdentityVerificationAttributes', 'DescribeConfigurationSet'];
    const lines = await ofAccount({ ...RIGHT, denied });
    expect(lines.slice(2)).toEqual([
      expect.stringMatching(/^mail: account: not checked: .*Grant ses:GetAccountSendingEnabled/),
      expect.stringMatching(/^mail: sender: not checked: .*Grant ses:GetIdentityVerificationAttributes/),
      expect.stringMatching(/^mail: configuration set: not checked: .*Grant ses:DescribeConfigurationSet/),
    ]);
  });

  it('that cannot be reached says so once', async () => {
    const lines = await said('ses:eu-central-1?configuration-set=digests&endpoint=http%3A%2F%2F127.0.0.1%3A1');
    expect(lines).toEqual([expect.stringMatching(/^mail: quota: wrong: Amazon SES in eu-central-1 cannot be reached/)]);
  });
});
