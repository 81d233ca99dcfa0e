import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ACCOUNT_FAULTS, type AccountFault, type SesDouble, startSesDouble } from '../fixtures/ses-double.ts';
import { buildMessage } from './message.ts';
import { ses, sesClient } from './ses.ts';
import { NotSent, Refused } from './transport.ts';

const ID = 'a'.repeat(32);
const ADDRESS = 'ann@example.com';
const message = () =>
  buildMessage({
    id: ID,
    organization: 'org_test',
    date: '2025-12-09',
    from: { name: 'Reports', address: 'reports@cci.example' },
    to: { name: 'Ann Lee', address: ADDRESS },
    subject: '79% passed · ▼',
    html: '<p>Hello</p>',
    text: 'Hello\n',
    at: new Date('2025-12-10T07:00:00Z'),
  });

let double: SesDouble;
beforeAll(() => {
  process.env.AWS_ACCESS_KEY_ID = 'test';
  process.env.AWS_SECRET_ACCESS_KEY = 'test';
});
beforeEach(async () => {
  double = await startSesDouble();
});
afterEach(() => double.close());

const url = (endpoint = double.endpoint) =>
  `ses:eu-central-1?configuration-set=digests&timeout=400&endpoint=${endpoint}`;
const send = async () => (await ses(url())).send(await message());

/** What each says, and what to do. */
const TOLD: { [fault in AccountFault]: RegExp } = {
  'no right': /^these AWS credentials may not send \(AccessDenied: .*\)\. Grant ses:SendRawEmail/,
  'wrong key': /^Amazon SES does not know the access key id \(InvalidClientTokenId: .*\)\. Check AWS_/,
  'wrong secret': /^the secret access key is not the one .* \(SignatureDoesNotMatch: .*\)\. Check the clock, and AWS_/,
  'wrong clock': /^Amazon SES finds the clock of this machine wrong \(RequestExpired: .*\)\. Set the clock/,
  paused: /^Amazon SES has paused sending \(AccountSending.*\)\. See the SES console/,
  'no such set': /^there is no such configuration set in that region \(Config.*\)\. Correct CCI_MAIL_URL/,
  'used up': /^the account’s 24-hour mail quota is used up \(Throttling: .*\)\. Run digest again later/,
};

describe('SES', () => {
  it('gets the very bytes, for one destination, with tags and configuration set', async () => {
    expect(await send()).toEqual({ id: 'm-1' });
    const { raw, ...rest } = double.accepted[0] as SesDouble['accepted'][number];
    expect(rest).toEqual({
      destinations: [ADDRESS],
      tags: { 'digest-id': ID, organization: 'org_test' },
      configurationSet: 'digests',
    });
    expect(Buffer.from((await message()).bytes).toString()).toBe(raw);
  });

  it('is asked once, whatever it answers', async () => {
    expect(await sesClient('eu-central-1', undefined, 1000).config.maxAttempts()).toBe(1);
    for (const fault of ['accept then reset', 'accept then 500', 'accept then hang', 'throttle'] as const) {
      const before = double.attempts;
      double.faults.set(ADDRESS, fault);
      await expect(send(), fault).rejects.toThrow();
      expect(double.attempts - before, fault).toBe(1);
    }
  });

  it.each([
    ['throttle', NotSent, { again: true, stop: false }],
    ['refuse', Refused, {}],
  ] as const)('says of “%s” that nothing left', async (fault, kind, more) => {
    double.faults.set(ADDRESS, fault);
    const error = await send().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(kind);
    expect(error).toMatchObject(more);
  });

  it.each(['accept then reset', 'accept then 500', 'accept then hang'] as const)(
    'does not know after “%s”',
    async (fault) => {
      double.faults.set(ADDRESS, fault);
      const error = await send().catch((thrown: unknown) => thrown);
      expect(error).not.toBeInstanceOf(NotSent);
      expect(error).not.toBeInstanceOf(Refused);
    },
  );

  it('says that nothing left where nobody listens', async () => {
    const gone = await startSesDouble();
    await gone.close();
    const transport = await ses(url(gone.endpoint));
    const error = await transport.send(await message()).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NotSent);
    expect(error).toMatchObject({ again: true, stop: true });
    await transport.close();
  });

  it.each(ACCOUNT_FAULTS)('stops, and blames no mail, where the fault is of the account: %s', async (fault) => {
    double.faults.set(ADDRESS, fault);
    const error = await send().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NotSent);
    expect(error).toMatchObject({ again: false, stop: true });
    expect((error as Error).message).toMatch(TOLD[fault]);
  });

  it('stops where the quota of the day is used up', async () => {
    const full = await startSesDouble({ left: 1 });
    const transport = await ses(url(full.endpoint));
    await transport.send(await message());
    await expect(transport.send(await message())).rejects.toMatchObject({ stop: true });
    expect(full.attempts).toBe(1);
    await full.close();
  });

  it.each(['silent', 'denied'] as const)('sends all the same where the quota is %s', async (quota) => {
    const server = await startSesDouble({ quota });
    const transport = await ses(url(server.endpoint));
    for (const id of ['m-1', 'm-2']) expect(await transport.send(await message())).toEqual({ id });
    await transport.close();
    await server.close();
  });
});

it('is understood by another server of its protocol, which knows no quota', async () => {
  const { default: start } = await import('aws-ses-v2-local');
  const server = await start({ port: 0 });
  const address = server.address();
  const endpoint = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const transport = await ses(`ses:eu-central-1?configuration-set=digests&endpoint=${endpoint}`);
  try {
    expect((await transport.send(await message())).id).toMatch(/./);
    const store = (await (await fetch(`${endpoint}/store`)).json()) as { emails: { subject: string }[] };
    expect(store.emails.map(({ subject }) => subject)).toEqual(['79% passed · ▼']);
  } finally {
    await transport.close();
    server.close();
  }
});
