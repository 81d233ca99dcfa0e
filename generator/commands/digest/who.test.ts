import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readEvents } from '../../digest/ledger/events.ts';
import { recipientHash } from '../../digest/ledger/ledger.ts';
import { addressHash } from '../../digest/recipients/address-hash.ts';
import { isUnsubscribed, unsubscribe } from '../../digest/recipients/preferences.ts';
import { mergeStatus } from '../../publish/status.ts';
import { fileStore } from '../../store/file.ts';
import { runHere } from '../../testing/run-here.ts';

const folder = mkdtempSync(join(tmpdir(), 'cci-who-'));
const url = (name: string) => pathToFileURL(join(folder, name)).href;
const [config, reports] = [fileStore(url('config')), fileStore(url('reports'))];
const NOW = '2026-03-30T05:30:00Z';
const AGENT = 'ann@agents.example';
const RECIPIENTS = [
  { address: 'maria@example.com', kinds: ['daily', 'weekly', 'monthly'] },
  { address: 'sam@example.com', scope: { agent: AGENT }, member: false },
  { address: 'Maria@example.com' },
  { address: 'kim@example.com', scope: { team: 'Nowhere' } },
  { address: 'lee@example.com' },
];
const hash = (name: string) => recipientHash('org_1', `${name}@example.com`);

const bounce = (at: string, more: object = {}) =>
  JSON.stringify({
    eventType: 'Bounce',
    bounce: { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress: 'sam@example.com' }], ...more },
    mail: { timestamp: at },
  });

beforeAll(async () => {
  const spec = { timeZone: 'Europe/London', agentDomains: ['agents.example'] };
  const digest = { time: '07:00', days: ['monday', 'tuesday', 'friday'], recipients: RECIPIENTS };
  await config.put('org_1/report-config.json', JSON.stringify({ ...spec, digest }));
  const off = { enabled: false, recipients: [{ address: 'ops@example.com' }] };
  await config.put('org_2/report-config.json', JSON.stringify({ ...spec, digest: off }));
  await config.put('org_3/report-config.json', JSON.stringify(spec));
  const line = { lastRunAt: NOW, listedAt: NOW };
  await mergeStatus(reports, new Map([['org_1', line]]), async () => ({ createOnly: true, compareAndSwap: true }));
});
beforeEach(async () => {
  await reports.put('mail/events/one', bounce('2026-03-20T08:00:00Z'));
  await unsubscribe(reports, { organization: 'org_1', recipient: hash('lee'), kind: 'daily' }, new Date(NOW));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const command = (args: string, now = NOW) =>
  runHere(['digest', ...args.split(' '), '--now', now], {
    CCI_CONFIG_URL: url('config'),
    CCI_REPORTS_URL: url('reports'),
  });
/** Kinds and answers of one recipient. */
async function stands(name: string): Promise<{ kind: string; next?: string; whyNot?: string }[]> {
  const { recipients } = JSON.parse((await command('who --org org_1 --json')).stdout);
  return recipients
    .filter(({ recipient }: { recipient: string }) => recipient === hash(name))
    .map(({ kind, next, whyNot }: { kind: string; next?: string; whyNot?: string }) => ({ kind, next, whyNot }));
}

describe('digest who', () => {
  it('lists who gets what, when the next may be sent, and why not, without an address', async () => {
    const { status, stdout } = await command('who');
    expect(status).toBe(0);
    const shown = ['maria', 'sam', 'kim', 'lee'].reduce(
      (text, name) => text.replaceAll(hash(name).slice(0, 8), name.padEnd(8)),
      stdout.replaceAll(recipientHash('org_2', 'ops@example.com').slice(0, 8), 'ops     '),
    );
    expect(shown).toMatchInlineSnapshot(`
      "organization  entry  recipient  kind     scope         next               gets it
      org_1         1      maria      daily    all           2026-03-31T06:00Z  yes
      org_1         1      maria      weekly   all           2026-03-30T06:00Z  yes
      org_1         1      maria      monthly  all           2026-04-01T06:00Z  yes
      org_1         2      sam        daily    one agent     –                  no: mail to this address bounced permanently on 2026-03-20; digest resume takes that back
      org_1         3      maria      daily    all           –                  no: listed before, and an address gets one
      org_1         4      kim        daily    team Nowhere  –                  no: no agent in report-config.json has the team "Nowhere". Correct the recipient's scope, or give the team to its agents
      org_1         5      lee        daily    all           –                  no: unsubscribed; digest resume takes that back
      org_2         1      ops        daily    all           –                  no: "digest.enabled" is false
      org_2: no digest is sent before its first build. Run build.
      "
    `);
    expect(stdout).not.toMatch(/@/);
  });

  it('shows addresses and agents only where it is asked to', async () => {
    const { stdout } = await command('who --org org_1 --addresses');
    expect(stdout).toContain('maria@example.com');
    expect(stdout).toContain(`agent ${AGENT}`);
    const { stdout: json } = await command('who --org org_1 --json');
    expect(json).not.toContain('@');
    expect((await command('who --org org_9')).status).toBe(2);
    expect((await command('who --org org_3')).stdout).toBe('No organization has a recipient of digests.\n');
  });

  it('says which configuration cannot be read, and exits 1', async () => {
    await config.put('org_4/report-config.json', '{"digest":{"time":"soon"}}');
    const { status, stdout } = await command('who');
    expect([status, stdout]).toEqual([1, expect.stringContaining('org_4: it gets no digest: report-config.json:')]);
    expect(stdout).toContain('org_1');
    await config.remove('org_4/report-config.json');
  });
});

describe('digest resume', () => {
  it('puts somebody on again who has unsubscribed, of one kind or all', async () => {
    for (const kind of ['daily', 'weekly', 'monthly'])
      await unsubscribe(reports, { organization: 'org_1', recipient: hash('maria'), kind }, new Date(NOW));
    const one = await command('resume --org org_1 --to MARIA@example.com --kind weekly');
    expect([one.status, one.stdout]).toEqual([
      0,
      `org_1: recipient ${hash('maria').slice(0, 8)} gets the weekly digest again, from the next one that is due.\n`,
    ]);
    expect((await stands('maria')).map(({ kind, whyNot }) => [kind, whyNot?.slice(0, 12)])).toEqual([
      ['daily', 'unsubscribed'],
      ['weekly', undefined],
      ['monthly', 'unsubscribed'],
      ['daily', 'listed befor'],
    ]);
    expect((await command('resume --org org_1 --to maria@example.com')).stdout).toContain('gets the daily, monthly');
    const object = await reports.get(`mail/preferences/org_1/${hash('maria')}-weekly.json`);
    expect(JSON.parse(new TextDecoder().decode(object?.body))).toEqual({
      version: 1,
      subscribed: true,
      at: '2026-03-30T05:30:00.000Z',
      by: 'operator',
    });
    // The link in a mail takes them off again.
    await unsubscribe(reports, { organization: 'org_1', recipient: hash('maria'), kind: 'weekly' }, new Date(NOW));
    expect(await isUnsubscribed(reports, 'org_1', hash('maria'), 'weekly')).toBe(true);
  });

  it('takes back a bounce, until another one comes', async () => {
    const isSuppressed = async () => (await readEvents(reports)).suppressed.has(addressHash('sam@example.com'));
    const { status, stdout } = await command('resume --org org_1 --to sam@example.com');
    expect([status, stdout]).toEqual([0, expect.stringContaining('bounced permanently on 2026-03-20')]);
    expect(stdout).toContain('aws sesv2 delete-suppressed-destination');
    expect(stdout).not.toContain('@');
    expect([await isSuppressed(), (await stands('sam'))[0]?.whyNot]).toEqual([false, undefined]);
    // One that was sent before and came back after.
    await reports.put('mail/events/two', bounce('2026-03-30T05:00:00Z', { timestamp: '2026-03-30T06:00:00Z' }));
    expect(await isSuppressed()).toBe(true);
    await command('resume --org org_1 --to sam@example.com', '2026-03-30T07:00:00Z');
    expect(await isSuppressed()).toBe(false);
    // One that does not say when it was, and lies there since now.
    await reports.put('mail/events/two', JSON.stringify({ ...JSON.parse(bounce('')), mail: {} }));
    expect(await isSuppressed()).toBe(true);
    await reports.put(`mail/resumed/${addressHash('sam@example.com')}.json`, '{"at":"soon"}');
    expect(await isSuppressed()).toBe(true);
    await reports.remove('mail/events/two');
  });

  it.each([
    ['resume --to maria@example.com', 'name the one organization'],
    ['resume --org org_1', '--to ADDRESS is missing'],
    ['resume --org org_1 --to nobody@example.com', 'no recipient in report-config.json of org_1 has this address'],
    ['resume --org org_1 --to sam@example.com --kind monthly', 'the recipient gets no monthly digest'],
    ['resume --org org_9 --to sam@example.com', 'has no configuration'],
  ])('is refused: %s', async (args, why) => {
    const { status, stderr } = await command(args);
    expect([status, stderr]).toEqual([2, expect.stringContaining(why)]);
    expect(stderr).not.toContain('nobody@');
  });

  it('says where nothing was to be taken back', async () => {
    await command('resume --org org_1 --to lee@example.com');
    const { status, stdout } = await command('resume --org org_1 --to lee@example.com');
    expect([status, stdout]).toEqual([0, expect.stringContaining('so nothing was taken back')]);
  });
});
