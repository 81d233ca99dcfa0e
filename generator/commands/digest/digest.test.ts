import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SesDouble, startSesDouble } from '../../digest/fixtures/ses-double.ts';
import { digestId } from '../../digest/ledger/ledger.ts';
import { TAG } from '../../digest/mail/tag.ts';
import { memoryWorld, plainRenderer, putCall } from '../../fixtures/world.ts';
import { silentLog } from '../../lib/console.ts';
import { codeVersion } from '../../render/version.ts';
import { buildAll } from '../../run.ts';
import { fileStore } from '../../store/file.ts';
import { runHere, type Said } from '../../testing/run-here.ts';
import { signalled } from '../../testing/signalled.ts';

const folder = mkdtempSync(join(tmpdir(), 'cci-digest-'));
const url = (name: string) => pathToFileURL(join(folder, name)).href;
const DAY = '2026-03-30';
const NOW = '2026-03-31T08:00:00Z';
const PEOPLE = ['maria@example.com', 'sam@example.com', 'kim@example.com'];
const SPEC = {
  timeZone: 'Europe/London',
  agentDomains: ['agents.example'],
  digest: { recipients: PEOPLE.map((address) => ({ address })) },
};

let ses: SesDouble;
beforeAll(async () => {
  const [config, reports] = [fileStore(url('config')), fileStore(url('reports'))];
  const world = memoryWorld({ now: () => new Date('2026-03-31T03:00:00Z'), codeVersion: codeVersion() });
  for (const org of ['org_1', 'org_2', 'org_3']) {
    await config.put(`${org}/report-config.json`, JSON.stringify(SPEC));
    await putCall(world.results, org, { id: 'c1' });
  }
  await buildAll({ ...world, config, reports, renderer: plainRenderer, logFor: () => silentLog }, undefined);
  ses = await startSesDouble();
});
afterAll(async () => {
  await ses.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The command as people type it. */
const reports = (args: string, mailUrl = url('outbox'), ...more: string[]): Promise<Said> =>
  runHere([...args.split(' '), ...more], {
    CCI_CONFIG_URL: url('config'),
    CCI_REPORTS_URL: url('reports'),
    CCI_MAIL_URL: mailUrl,
    CCI_MAIL_FROM: 'Reports <reports@cci.example>',
    CCI_SITE_URL: 'https://reports.example.com',
    AWS_ACCESS_KEY_ID: 'x',
    AWS_SECRET_ACCESS_KEY: 'x',
  });

const viaSes = () => `ses:eu-central-1?timeout=2000&endpoint=${ses.endpoint}`;
const ledger = () => existsSync(join(folder, 'reports/mail'));
const idOf = (address: string) => digestId({ organization: 'org_1', date: DAY, address, kind: 'daily' });
/** Of one organization in `digest log --json`: states by the beginning of the id. */
const states = (stdout: string): { [address: string]: string } => {
  const { digests } = JSON.parse(stdout) as { digests: { id: string; state: string }[] };
  return Object.fromEntries(
    PEOPLE.flatMap((address) => digests.filter(({ id }) => id === idOf(address)).map(({ state }) => [address, state])),
  );
};

describe('npm run reports -- digest', () => {
  it('names its parts, flags and variables', async () => {
    const { stdout } = await reports('--help');
    for (const name of ['digest preview', 'digest log', 'digest reconcile', 'digest resend'])
      expect(stdout).toContain(`\n  ${name} `);
    expect((await reports('digest --help')).stdout).toMatch(/--to ADDRESS[\s\S]*CCI_UNSUBSCRIBE_KEY/);
    expect((await reports('digest resend --help')).stdout).toMatch(/--id ID/);
  });

  it('says with --dry-run what would go out, and neither sends nor claims', async () => {
    const { status, stdout } = await reports(`digest --dry-run --now ${NOW} --org org_1`);
    expect([status, stdout.match(/would send: 1 call on Mon 30 Mar/g)?.length]).toEqual([0, 1]);
    expect(stdout).toContain(`org_1: ${DAY}: 3 would send.`);
    expect([ledger(), existsSync(join(folder, 'outbox'))]).toEqual([false, false]);
  });

  it('sends with --to one marked test, and requires an organization', async () => {
    const refused = await reports(`digest --now ${NOW} --to me@example.com`);
    expect([refused.status, refused.stderr]).toEqual([
      2,
      expect.stringContaining('--to: name with --org the organization whose digest the test shows.'),
    ]);
    const { status } = await reports(`digest --now ${NOW} --to me@example.com --org org_1`);
    const mails = readdirSync(join(folder, 'outbox')).filter((name) => name.endsWith('.eml'));
    expect([status, mails.length]).toEqual([0, 1]);
    const mail = readFileSync(join(folder, 'outbox', mails[0] as string), 'utf8');
    expect(mail).toMatch(/^To: .*me@example\.com/m);
    expect(mail).toMatch(/^Subject: \[Test\] 1 call on Mon 30 Mar/m);
    expect(existsSync(join(folder, 'reports/mail/ledger'))).toBe(false);
  });

  it('writes with preview every digest, light and dark, and sends none', async () => {
    const before = readdirSync(join(folder, 'outbox')).length;
    const { status, stdout } = await reports(`digest preview --now ${NOW} --org org_1 --out ${join(folder, 'seen')}`);
    const index = join(folder, 'seen', 'index.html');
    expect([status, stdout]).toEqual([0, expect.stringContaining('Open file://')]);
    const frames = [...readFileSync(index, 'utf8').matchAll(/src="([0-9a-f]{32}-(?:light|dark)\.html)"/g)];
    expect(frames).toHaveLength(2 * PEOPLE.length);
    for (const [, name = ''] of frames) {
      const html = readFileSync(join(folder, 'seen', name), 'utf8');
      expect(html).toContain('one evaluated call');
      expect(html.includes('prefers-color-scheme')).toBe(false);
    }
    expect(fileURLToPath(/file:\S+/.exec(stdout)?.[0] ?? '')).toBe(index);
    expect((await reports(`digest preview --now ${NOW}`)).status).toBe(2);
    expect([readdirSync(join(folder, 'outbox')).length, existsSync(join(folder, 'reports/mail/ledger'))]).toEqual([
      before,
      false,
    ]);
  });
});

describe('digests that went wrong', () => {
  it('are told of where a signal stops the run', async () => {
    const { status, stdout } = await signalled(() => reports(`digest --now ${NOW}`), 'SIGTERM');
    expect([status, stdout]).toEqual([
      143,
      'Stopped by SIGTERM: what is not told of as sent was not sent. The next run sends what is due then.\n',
    ]);
  });

  it('end with 1, are shown by log, found by reconcile, and sent again by resend alone', async () => {
    expect(await reports('digest log --json')).toMatchObject({ status: 0, stdout: '{"digests":[]}\n' });
    ses.faults.set('maria@example.com', 'accept then reset').set('sam@example.com', 'refuse');
    const first = await reports(`digest --now ${NOW} --org org_1`, viaSes());
    expect([first.status, first.stdout]).toEqual([1, expect.stringMatching(/1 unknown, 1 failed, 1 sent/)]);
    expect(ses.accepted.map(({ destinations }) => destinations.join())).toEqual([PEOPLE[0], PEOPLE[2]]);

    const log = await reports(`digest log --now ${NOW} --json`);
    expect(log.status).toBe(1);
    expect(states(log.stdout)).toEqual({
      'maria@example.com': 'unknown',
      'sam@example.com': 'failed',
      'kim@example.com': 'sent',
    });
    const table = await reports(`digest log --now ${NOW} --org org_1`);
    expect(table.stdout).toMatch(/^organization +day +kind +id +recipient +state +since +note\n/);
    expect(table.stdout).not.toContain('@example.com');
    expect((await reports(`digest log --now ${NOW} --org org_2`)).stdout).toBe(
      'The ledger has no digests for these days.\n',
    );

    // A run of itself touches neither.
    const second = await reports(`digest --now ${NOW} --org org_1`, viaSes());
    expect([second.status, ses.attempts]).toEqual([1, 3]);

    const nothing = await reports(`digest reconcile --now ${NOW}`);
    expect([nothing.status, nothing.stdout]).toEqual([1, expect.stringContaining('Still unknown: 1.')]);
    const event = { eventType: 'Send', mail: { messageId: 'm-1', tags: { [TAG]: [idOf('maria@example.com')] } } };
    await fileStore(url('reports')).put('mail/events/2026/03/31/one', JSON.stringify(event));
    const found = await reports(`digest reconcile --now ${NOW}`);
    expect([found.status, found.stdout]).toEqual([0, expect.stringContaining('Found as sent: 1. Still unknown: 0.')]);

    const again = await reports(`digest resend --now ${NOW} --org org_1 --date ${DAY}`, viaSes());
    expect([again.status, ses.accepted.at(-1)?.destinations]).toEqual([0, ['sam@example.com']]);
    const after = await reports(`digest log --now ${NOW} --json`);
    expect([after.status, [...new Set(Object.values(states(after.stdout)))]]).toEqual([0, ['sent']]);
    const nobody = await reports(`digest resend --now ${NOW} --org org_1 --date ${DAY}`, viaSes());
    expect([nobody.status, nobody.stderr]).toEqual([2, expect.stringContaining('can be resent')]);
    expect(ses.accepted).toHaveLength(3);
  });

  it('are told alike by digest, log and resend where nothing left', async () => {
    const before = ses.accepted.length;
    ses.faults.set('maria@example.com', 'no right');
    const run = await reports(`digest --now ${NOW} --org org_3`, viaSes());
    expect([run.status, run.stdout]).toEqual([1, expect.stringContaining(`org_3: ${DAY}: 3 not sent.`)]);
    expect(run.stdout).toContain(
      'these AWS credentials may not send (AccessDenied: User is not authorized to perform: ses:SendRawEmail). Grant ses:SendRawEmail for the sender’s identity and the configuration set.\n',
    );
    const log = await reports(`digest log --now ${NOW} --org org_3 --json`);
    const { digests } = JSON.parse(log.stdout) as { digests: { state: string }[] };
    expect([log.status, digests.map(({ state }) => state)]).toEqual([1, ['not sent', 'not sent', 'not sent']]);
    const again = await reports(`digest resend --now ${NOW} --org org_3 --date ${DAY}`, viaSes());
    expect([again.status, again.stdout]).toEqual([0, expect.stringContaining('3 sent')]);
    const next = await reports(`digest --now ${NOW} --org org_3`, viaSes());
    expect([next.status, next.stdout]).toEqual([0, expect.stringContaining('3 already sent')]);
    expect(ses.accepted.slice(before).map(({ destinations }) => destinations.join())).toEqual(PEOPLE);
  });

  it('are sent again by --force where they may have been sent, one by its id', async () => {
    const accepted = ses.accepted.length;
    for (const address of PEOPLE.slice(0, 2)) ses.faults.set(address, 'accept then 500');
    expect((await reports(`digest --now ${NOW} --org org_2`, viaSes())).status).toBe(1);
    const of = `--now ${NOW} --org org_2 --date ${DAY}`;
    expect((await reports(`digest resend ${of}`, viaSes())).status).toBe(2);
    const id = digestId({ organization: 'org_2', date: DAY, address: 'sam@example.com', kind: 'daily' });
    const forced = await reports(`digest resend ${of} --force --id ${id}`, viaSes());
    expect([forced.status, forced.stdout]).toEqual([0, expect.stringContaining('1 sent')]);
    const sent = ses.accepted.slice(accepted).map(({ destinations }) => destinations.join());
    expect(sent).toEqual([...PEOPLE, 'sam@example.com']);
    expect((await reports(`digest log ${of}`)).status).toBe(1);
  });
});
