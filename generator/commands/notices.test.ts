import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recipientHash } from '../digest/ledger/ledger.ts';
import type { SendOutcome } from '../digest/options.ts';
import { putCall } from '../fixtures/world.ts';
import { readStatus } from '../publish/status.ts';
import { fileStore } from '../store/file.ts';
import { runHere } from '../testing/run-here.ts';
import { seenByAll, seenOfBuild, seenOfDigests } from './notices.ts';

const folder = mkdtempSync(join(tmpdir(), 'cci-notices-'));
const url = (name: string) => pathToFileURL(join(folder, name)).href;
const [results, config] = [fileStore(url('results')), fileStore(url('config'))];
/** What an organization has written, and no notice may say. */
const CANARY = 'Jane Canary +441632960999';
const BAD = { passMark: CANARY };
const GOOD = { timeZone: 'Europe/London', agentDomains: ['agents.example'] };

beforeAll(async () => {
  for (const org of ['org_1', 'org_2']) await putCall(results, org, { id: `canary-${org}` });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const configure = (spec: object) => config.put('org_1/report-config.json', JSON.stringify(spec));
const command = (args: string, env: NodeJS.ProcessEnv = {}) =>
  runHere(args.split(' '), {
    CCI_RESULTS_URL: url('results'),
    CCI_CONFIG_URL: url('config'),
    CCI_REPORTS_URL: url('reports'),
    CCI_MAIL_URL: url('outbox'),
    CCI_MAIL_FROM: 'Reports <reports@cci.example>',
    CCI_NOTIFY_URL: 'mailto:ops@example.com',
    ...env,
  });
/** The texts of all notices, oldest first. */
async function notices(): Promise<string[]> {
  let names: string[] = [];
  try {
    names = readdirSync(join(folder, 'outbox')).filter((name) => name.endsWith('.eml'));
  } catch {}
  const mails = await Promise.all(names.map((name) => simpleParser(readFileSync(join(folder, 'outbox', name)))));
  return mails.sort((a, b) => Number(a.date) - Number(b.date)).map(({ text }) => text?.trim() ?? '');
}

describe('the operator', () => {
  it('is told once that an organization failed, and once that it is in order again, with nothing that it wrote', async () => {
    await configure(BAD);
    const at = (hour: string) => `build --now 2026-04-02T${hour}:00:00Z`;
    const first = await command(at('08'));
    expect([first.status, first.stderr.includes('notice')]).toEqual([1, false]);
    const failed = 'CCI Lite Reports: 1 problem\n\norg_1: its last run failed. status --org org_1 says why.';
    expect(await notices()).toEqual([failed]);
    // The same run once more, and the next: nothing new to tell.
    for (const hour of ['08', '09']) await command(at(hour));
    expect(await notices()).toEqual([failed]);
    await configure(GOOD);
    expect((await command(at('10'))).status).toBe(0);
    await command(at('11'));
    expect(await notices()).toEqual([failed, 'CCI Lite Reports: 1 in order again\n\norg_1: its runs succeed again.']);
    const { notices: kept } = (await readStatus(fileStore(url('reports')))).status;
    expect(kept).toMatchObject({ claimed: {}, acceptedAt: '2026-04-02T10:00:00.000Z' });
    expect(JSON.stringify(kept)).not.toMatch(/canary|ops@example\.com/i);
  });

  it('is told by run of the build and of the digests in one message', async () => {
    const before = (await notices()).length;
    await configure({
      ...GOOD,
      passMark: 70,
      digest: { recipients: [{ address: 'maria@example.com', scope: { team: 'Nowhere' } }] },
    });
    await config.put('org_2/report-config.json', JSON.stringify(BAD));
    const { status, stderr } = await command('run --now 2026-04-02T12:00:00Z');
    expect([status, stderr.includes('notice')]).toEqual([1, false]);
    const [last, ...more] = (await notices()).slice(before);
    expect(more).toEqual([]);
    expect(last?.split('\n\n')).toEqual([
      'CCI Lite Reports: 3 problems',
      'org_1: digests about 2026-04-01: 1 not sent. digest log --org org_1 says which.',
      'org_2: its last run failed. status --org org_2 says why.',
      'org_2: its digests could not be looked at. digest log --org org_2 says which.',
    ]);
    expect(last).not.toMatch(/canary|maria/i);
    // By hand, and without sending: nobody else is told.
    for (const args of ['digest --dry-run', 'digest --date 2026-04-01', 'digest --kind daily'])
      await command(`${args} --now 2026-04-02T13:00:00Z`);
    expect(await notices()).toHaveLength(before + 1);
  });

  it('hears of a notice that cannot be sent on standard error and in status.json, and the run does not fail for it', async () => {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const closed = `https://127.0.0.1:${(server.address() as AddressInfo).port}/secret-token`;
    await new Promise((done) => server.close(done));
    await configure(GOOD);
    await config.put('org_2/report-config.json', JSON.stringify(GOOD));
    const { status, stdout, stderr } = await command('build --json --now 2026-04-02T14:00:00Z', {
      CCI_NOTIFY_URL: closed,
    });
    const said =
      'A notice was not sent: the webhook of CCI_NOTIFY_URL cannot be reached (ECONNREFUSED). The next run sends it.';
    expect([status, JSON.parse(stdout).notices]).toEqual([0, [said]]);
    expect(stderr).toContain(said);
    expect(stdout + stderr).not.toContain('secret-token');
    const object = await fileStore(url('reports')).get('status.json');
    expect(new TextDecoder().decode(object?.body)).not.toMatch(/secret-token|127\.0\.0\.1/);
    const stands = await command('status --now 2026-04-02T14:01:00Z');
    expect([stands.status, stands.stdout]).toEqual([0, expect.stringContaining(said)]);
  });

  it('is told before anything is done what a notice needs', async () => {
    const { status, stderr } = await command('build', { CCI_MAIL_FROM: '' });
    expect([status, stderr]).toEqual([2, expect.stringContaining('CCI_MAIL_FROM is missing')]);
    const wrong = await command('build', { CCI_NOTIFY_URL: 'http://hooks.example.com/secret-token' });
    expect([wrong.status, wrong.stderr.trim()]).toEqual([
      2,
      'CCI_NOTIFY_URL: its value is not the address of a webhook: write https:// and what the receiver gave you, or mailto: and one mail address.',
    ]);
    const short = await command('digest', { CCI_NOTIFY_KEY: 'short' });
    expect([short.status, short.stderr]).toEqual([
      2,
      expect.stringContaining('CCI_NOTIFY_KEY: its value is too short'),
    ]);
  });
});

describe('what a run has found', () => {
  const outcome = (digests: SendOutcome['digests'], failed = true): SendOutcome => ({
    ...{ digests, text: [], failed },
    organizations: [{ org: 'org_1', failed }],
  });
  const one = (state: 'sent' | 'failed' | 'unknown', kind: 'daily' | 'weekly') => ({
    ...{ org: 'org_1', kind, date: '2026-03-29', state },
    recipient: recipientHash('org_1', 'maria@example.com'),
  });

  it('counts digests by issue and state, without anything of who gets them', () => {
    const digests = [one('sent', 'daily'), one('failed', 'daily'), one('failed', 'daily'), one('unknown', 'weekly')];
    const other = { ...one('failed', 'daily'), org: 'org_2' };
    expect(seenOfDigests(outcome([...digests, other]))).toEqual([
      { org: 'org_1', digests: { '2026-03-29 failed': 2, '2026-03-29-weekly unknown': 1 } },
    ]);
    expect(seenOfDigests(outcome([]))).toEqual([{ org: 'org_1', digests: { 'all not sent': 1 } }]);
    expect(seenOfDigests(outcome([one('sent', 'daily')], false))).toEqual([{ org: 'org_1', digests: {} }]);
  });

  it('tells nothing of calls where a build failed, and puts several commands together', () => {
    const failed = seenOfBuild({ org: 'org_1', problems: [] }, 0);
    expect(failed).toEqual({ org: 'org_1', build: 'failed' });
    expect(
      seenByAll(
        [failed],
        [
          { org: 'org_1', digests: {} },
          { org: 'org_2', digests: {} },
        ],
      ),
    ).toEqual([
      { org: 'org_1', build: 'failed', digests: {} },
      { org: 'org_2', digests: {} },
    ]);
  });
});
