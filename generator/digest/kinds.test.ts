import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '#shared/calendar/days.ts';
import { compileTemplates } from '../../templates/compile.ts';
import { everything } from '../fixtures/world.ts';
import type { Store } from '../store/store.ts';
import { builtWorld, specOf } from './fixtures/built-world.ts';
import { digestId, recipientHash } from './ledger/ledger.ts';
import { readLog } from './ledger/log.ts';
import { headersOf } from './mail/outbox.ts';
import { NotSent } from './mail/transport.ts';
import type { SendOptions } from './options.ts';
import { unsubscribe, unsubscribeFromAll } from './recipients/preferences.ts';
import { sendDigests } from './send.ts';

const templates = mkdtempSync(join(tmpdir(), 'mail-'));
beforeAll(() => compileTemplates(templates));

const MARIA = 'maria@example.com';
/** Wed 1 Apr: the day before is due, the week to 29 March, and March. */
const FIRST = '2026-04-01T08:00:00Z';
const MARCH = Array.from({ length: 31 }, (_, i) => addDays('2026-03-01', i));
const ALL_KINDS = ['daily', 'weekly', 'monthly'];

/** Somebody who gets these kinds, and a site with a call on each of these days. */
async function start(kinds: string[] | undefined, days = MARCH, more: object = {}) {
  const recipients = [{ name: 'Maria', address: MARIA, ...(kinds && { kinds }) }];
  const calls = days.map((day) => ({ id: `c${day}`, day }));
  const { options, mail, reports, config, build } = await builtWorld(
    templates,
    ['org_1'],
    { recipients, ...more },
    calls,
  );
  const run = async (now = FIRST, over: Partial<SendOptions> = {}) => {
    const { digests, text, failed } = await sendDigests({ ...options, ...over, now: () => new Date(now) });
    return { sent: digests.map(({ kind, date, state }) => `${kind} ${date} ${state}`), text, failed };
  };
  const subjects = async () =>
    [...(await everything(mail))]
      .filter(([key]) => key.endsWith('.eml'))
      .map(([, body]) => headersOf(new TextDecoder().decode(body)).subject);
  const configure = (digest: object, spec: object = {}) =>
    config.put(
      'org_1/report-config.json',
      JSON.stringify({ ...specOf('org_1', { recipients, ...more, ...digest }), ...spec }),
    );
  return { run, subjects, reports, configure, build, options, mail };
}

describe('digests of several kinds', () => {
  it('are each a mail of their own, also on one day, and none is sent again', async () => {
    const { run, subjects, reports } = await start(ALL_KINDS);
    const first = await run();
    expect(first.sent).toEqual(['daily 2026-03-31 sent', 'weekly 2026-03-29 sent', 'monthly 2026-03-31 sent']);
    expect(first.text).toEqual([
      'org_1: 2026-03-31: 1 sent.',
      'org_1: the week to 2026-03-29: 1 sent.',
      'org_1: the month 2026-03: 1 sent.',
    ]);
    expect((await subjects()).sort()).toEqual(
      [
        '100% passed in 7 days to Tue 31 Mar, level with the 7 days before: Rule of org_1 is weakest',
        '100% passed in March 2026: Rule of org_1 is weakest',
        '100% passed in the week 23 – 29 Mar, level with the week before: Rule of org_1 is weakest',
      ].sort(),
    );
    const before = await everything(reports);
    const second = await run();
    expect(second.sent).toEqual(['daily 2026-03-31 already sent']);
    expect(second.text.slice(1)).toEqual([
      'org_1: the week to 2026-03-29: already sent.',
      'org_1: the month 2026-03: already sent.',
    ]);
    expect(second.failed).toBe(false);
    expect(await everything(reports)).toEqual(before);
  });

  it('leave the daily one as it was before there were others: its id, its place in the ledger and its link to stop', async () => {
    const { run, reports, mail } = await start(undefined);
    expect((await run()).sent).toEqual(['daily 2026-03-31 sent']);
    const id = digestId({ organization: 'org_1', date: '2026-03-31', address: MARIA, kind: 'daily' });
    expect(id).toBe('76043517ac4c23600f7ec9443ec93393');
    const keys = [...(await everything(reports)).keys()];
    expect(keys).toContain(`mail/ledger/org_1/2026-03-31/${id}.json`);
    expect(keys.filter((key) => /weekly|monthly/.test(key))).toEqual([]);
    expect([...(await everything(mail)).keys()]).toContain(`2026-03-31-org_1-${id}.eml`);
  });

  it('go to those who have chosen them alone', async () => {
    const { run, configure } = await start(['weekly']);
    expect((await run()).sent).toEqual(['weekly 2026-03-29 sent']);
    await configure({ recipients: [{ address: MARIA, kinds: ['monthly'] }] });
    expect((await run()).sent).toEqual(['monthly 2026-03-31 sent']);
  });

  it('are one a week and one a month, whatever runs come, each after a listing', async () => {
    const days = Array.from({ length: 70 }, (_, i) => addDays('2026-03-01', i));
    const { run, reports, subjects } = await start(['weekly', 'monthly'], days);
    const status = JSON.parse(new TextDecoder().decode((await reports.get('status.json'))?.body));
    const listed = (now: string): Store => ({
      ...reports,
      async get(key, condition) {
        const found = await reports.get(key, condition);
        if (!found || key !== 'status.json') return found;
        status.organizations.org_1.listedAt = now;
        return { ...found, body: new TextEncoder().encode(JSON.stringify(status)) };
      },
    });
    const sent: string[] = [];
    for (const [i, day] of days.slice(31).entries()) {
      // No run on three days of each ten.
      if (i % 10 < 3) continue;
      const now = `${day}T08:20:00Z`;
      sent.push(...(await run(now, { reports: listed(now) })).sent);
    }
    const weeks = ['2026-03-29', '2026-04-05', '2026-04-12', '2026-04-19', '2026-04-26', '2026-05-03'];
    expect(sent.sort()).toEqual([
      ...['2026-03-31', '2026-04-30'].map((end) => `monthly ${end} sent`),
      ...weeks.map((end) => `weekly ${end} sent`),
    ]);
    expect(await subjects()).toHaveLength(8);
  });

  it('wait 24 hours for the days at the end of a week that should have calls, and then go out and say so', async () => {
    const { run, subjects } = await start(['weekly'], MARCH.slice(0, 26));
    const waiting = await run('2026-03-30T08:00:00Z');
    expect(waiting.sent).toEqual(['weekly 2026-03-29 waiting']);
    expect(waiting.text.join()).toContain('no call of the last days of that week has arrived yet');
    expect((await run('2026-03-31T08:00:00Z')).sent).toEqual(['weekly 2026-03-29 sent']);
    expect(await subjects()).toHaveLength(1);
  });

  it('are not sent to somebody who is added when the week is done, but those of the next', async () => {
    const { run, configure, build } = await start(['weekly']);
    await run();
    await configure({ recipients: [MARIA, 'sam@example.com'].map((address) => ({ address, kinds: ['weekly'] })) });
    await build();
    expect((await run('2026-04-02T08:00:00Z')).sent).toEqual([]);
  });

  it('do not tell the same days twice where weeks begin on another day from now on', async () => {
    const { run, configure, build } = await start(['weekly'], undefined, { weekly: { day: 'tuesday' } });
    expect((await run('2026-03-31T08:00:00Z')).sent).toEqual(['weekly 2026-03-29 sent']);
    await configure({}, { weekStart: 'sunday' });
    await build();
    expect((await run()).sent).toEqual([]);
  });

  it('that are unknown are told of until somebody sees to them, and resent by their day', async () => {
    const { run, reports } = await start(['weekly']);
    const broken = { send: () => Promise.reject(new Error('reset')), close: async () => {} };
    expect((await run(FIRST, { transport: broken })).sent).toEqual(['weekly 2026-03-29 unknown']);
    const again = await run('2026-04-02T08:00:00Z');
    expect([again.sent, again.failed]).toEqual([['weekly 2026-03-29 unknown'], true]);
    const log = await readLog(reports, 'org_1', new Date(FIRST), '2026-03-29');
    expect(log.map(({ kind, state }) => [kind, state])).toEqual([['weekly', 'unknown']]);
  });

  it('that could not be sent are sent by the next run', async () => {
    const { run } = await start(['weekly', 'monthly']);
    const down = { send: () => Promise.reject(new NotSent('refused', { stop: true })), close: async () => {} };
    expect((await run(FIRST, { transport: down })).sent).toEqual([
      'weekly 2026-03-29 not sent',
      'monthly 2026-03-31 not sent',
    ]);
    expect((await run()).sent).toEqual(['weekly 2026-03-29 sent', 'monthly 2026-03-31 sent']);
  });

  it('are sent and told of though those of another kind cannot be', async () => {
    const { run, reports } = await start(ALL_KINDS);
    const broken: Store = {
      ...reports,
      async get(key, condition) {
        if (key.includes('2026-03-29-weekly')) throw new Error('the store broke off');
        return reports.get(key, condition);
      },
    };
    const { sent, text, failed } = await run(FIRST, { reports: broken });
    expect(sent).toEqual(['daily 2026-03-31 sent', 'monthly 2026-03-31 sent']);
    expect(text).toEqual([
      'org_1: 2026-03-31: 1 sent.',
      expect.stringMatching(/^org_1: no weekly digest was sent: .*the store broke off/),
      'org_1: the month 2026-03: 1 sent.',
    ]);
    expect(failed).toBe(true);
  });

  it('of which one is resent by hand leave the others to the next run', async () => {
    const [resent, left] = [MARIA, 'sam@example.com'].map((address) => ({ address, kinds: ALL_KINDS }));
    const { run, mail } = await start(undefined, undefined, { recipients: [resent, left] });
    const down = { send: () => Promise.reject(new NotSent('refused', { stop: true })), close: async () => {} };
    await run(FIRST, { transport: down });
    for (const [kind, date] of [
      ['daily', '2026-03-31'],
      ['weekly', '2026-03-29'],
      ['monthly', '2026-03-31'],
    ] as const) {
      const ids = new Set([digestId({ organization: 'org_1', date, address: MARIA, kind })]);
      expect((await run(FIRST, { date, kinds: [kind], ids })).sent).toEqual([`${kind} ${date} sent`]);
    }
    const { sent } = await run();
    expect(sent.filter((each) => /\d sent$/.test(each))).toEqual([
      'daily 2026-03-31 sent',
      'weekly 2026-03-29 sent',
      'monthly 2026-03-31 sent',
    ]);
    expect([...(await everything(mail)).keys()].filter((key) => key.endsWith('.eml'))).toHaveLength(6);
  });

  it('of one kind are asked for by --kind, about the week or month that has a day', async () => {
    const { run } = await start(ALL_KINDS);
    expect((await run(FIRST, { date: '2026-03-17', kinds: ['weekly'] })).sent).toEqual(['weekly 2026-03-22 sent']);
    expect((await run(FIRST, { date: '2026-03-17', kinds: ['monthly'] })).sent).toEqual(['monthly 2026-03-31 sent']);
    expect((await run(FIRST, { date: '2026-04-01', kinds: ['weekly'] })).failed).toBe(true);
    expect((await run(FIRST, { date: '2026-03-17' })).sent).toEqual(['daily 2026-03-17 sent']);
  });
});

it('a tenant’s sender is in its mails, of whatever kind, and their ids are as before', async () => {
  const sender = { name: 'Acme QA', replyTo: 'qa@acme.example', listId: 'reports.acme.example' };
  const [plain, own] = [await start(ALL_KINDS), await start(ALL_KINDS, undefined, { sender })];
  for (const { run } of [plain, own]) await run();
  const [before, after] = [await everything(plain.mail), await everything(own.mail)];
  expect([...after.keys()]).toEqual([...before.keys()]);
  const mails = [...after].filter(([key]) => key.endsWith('.eml')).map(([, body]) => new TextDecoder().decode(body));
  expect(mails).toHaveLength(3);
  for (const mail of mails)
    for (const line of [
      'From: Acme QA <reports@cci.example>',
      'Reply-To: qa@acme.example',
      'List-ID: <reports.acme.example>',
    ])
      expect(mail).toContain(`${line}\r\n`);
});

describe('who ends a digest', () => {
  const recipient = recipientHash('org_1', MARIA);
  it.each(['daily', 'weekly', 'monthly'])('ends the %s one alone', async (kind) => {
    const { run, reports } = await start(ALL_KINDS);
    await unsubscribe(reports, { organization: 'org_1', recipient, kind }, new Date(FIRST));
    const { sent } = await run();
    expect(sent.filter((each) => each.endsWith('skipped')).map((each) => each.split(' ')[0])).toEqual([kind]);
    expect(sent.filter((each) => each.endsWith('sent'))).toHaveLength(2);
  });

  it('ends all of them by one button', async () => {
    const { run, reports } = await start(ALL_KINDS);
    await unsubscribeFromAll(reports, { organization: 'org_1', recipient, kind: 'weekly' }, new Date(FIRST));
    expect((await run()).sent.map((each) => each.split(' ')[2])).toEqual(['skipped', 'skipped', 'skipped']);
  });
});
