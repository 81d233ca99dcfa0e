import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileTemplates } from '../../templates/compile.ts';
import { everything } from '../fixtures/world.ts';
import { decodeText } from '../lib/bytes.ts';
import type { Store } from '../store/store.ts';
import { builtWorld, recipients } from './fixtures/built-world.ts';
import { issueStanding, markBegun } from './ledger/ledger.ts';
import { readLog } from './ledger/log.ts';
import type { SendOptions } from './options.ts';
import { sendDigests } from './send.ts';

const templates = mkdtempSync(join(tmpdir(), 'mail-'));
beforeAll(() => compileTemplates(templates));

const NOTE = 'org_1/sent-days.json';
const [TUESDAY, WEDNESDAY] = ['2026-03-31T08:00:00Z', '2026-04-01T08:00:00Z'];

async function start() {
  const days = ['2026-03-29', '2026-03-30', '2026-03-31'].map((day) => ({ id: `c${day}`, day }));
  const { options, reports, mail, build } = await builtWorld(
    templates,
    ['org_1'],
    { recipients: recipients.slice(0, 1) },
    days,
  );
  const run = async (now: string, more: Partial<SendOptions> = {}) => {
    const { digests, text, failed } = await sendDigests({ ...options, ...more, now: () => new Date(now) });
    return { sent: digests.map(({ date, state }) => `${date} ${state}`), text, failed };
  };
  const lose = async (...prefixes: string[]) => {
    for (const prefix of prefixes) for await (const { key } of reports.list(prefix)) await reports.remove(key);
  };
  const mails = async () => [...(await everything(mail)).keys()].filter((key) => key.endsWith('.eml')).length;
  return { run, build, lose, reports, mails };
}
const noted = async (reports: Store) => {
  const object = await reports.get(NOTE);
  return object && JSON.parse(decodeText(object.body));
};

describe('where the ledger is lost after digests were sent', () => {
  it.each([
    ['all of it', ['mail/ledger/']],
    ['all below mail/', ['mail/']],
    ['that and the status', ['mail/', 'status.json']],
    ['the day that was sent', ['mail/ledger/org_1/2026-03-30/']],
  ])('%s, nothing is sent, and the run says what to do and fails, each time', async (_what, prefixes) => {
    const { run, build, lose, mails } = await start();
    expect((await run(TUESDAY)).sent).toEqual(['2026-03-30 sent']);
    await lose(...prefixes);
    await build();
    for (const more of [{}, { dryRun: true }, { date: '2026-03-30' }]) {
      const { sent, text, failed } = await run(TUESDAY, more);
      expect(sent).toEqual([]);
      expect([text, failed]).toEqual([
        [expect.stringContaining('org_1: no digest was sent: its ledger is lost.')],
        true,
      ]);
      expect(text[0]).toContain('Digests about 2026-03-30 have been sent');
      expect(text[0]).toContain('run digest --org org_1 --new-ledger');
    }
    expect(await mails()).toBe(1);
  });

  it('--new-ledger sends none of these days again, and the days after them', async () => {
    const { run, lose, mails } = await start();
    await run(TUESDAY);
    await lose('mail/');
    const accepted = await run(TUESDAY, { newLedger: true });
    expect([accepted.sent, accepted.failed]).toEqual([[], false]);
    expect(accepted.text[0]).toContain('nothing was sent about 2026-03-30: the ledger of these days was lost');
    expect((await run(TUESDAY)).sent).toEqual([]);
    expect((await run(TUESDAY, { date: '2026-03-30' })).failed).toBe(true);
    expect(await run(WEDNESDAY)).toMatchObject({ sent: ['2026-03-31 sent'], failed: false });
    expect((await run(WEDNESDAY)).sent).toEqual(['2026-03-31 already sent']);
    expect(await mails()).toBe(2);
  });

  it('a test and a preview go on', async () => {
    const { run, lose } = await start();
    await run(TUESDAY);
    await lose('mail/');
    expect((await run(TUESDAY, { to: 'me@example.com' })).failed).toBe(false);
    expect((await run(TUESDAY, { dryRun: true, again: true })).sent).toEqual(['2026-03-30 would send']);
  });

  it('and the note of the days as well can only be a new organization', async () => {
    const { run, lose } = await start();
    await run(TUESDAY);
    await lose('mail/', NOTE);
    expect((await run(WEDNESDAY)).sent).toEqual(['2026-03-31 sent']);
  });

  it('and the note is damaged, nothing is sent either', async () => {
    const { run, lose, reports } = await start();
    await run(TUESDAY);
    await lose('mail/');
    const other = JSON.stringify({ ...(await noted(reports)), days: ['2026-03-20'] });
    for (const body of ['', '{', '{"version":1,"days":[]}', '{"version":1,"days":["x"]}', 'null', other]) {
      await reports.put(NOTE, body);
      const { sent, text, failed } = await run(WEDNESDAY);
      expect([sent, failed, text[0]]).toEqual([[], true, expect.stringContaining('its ledger is lost')]);
    }
    expect((await run(WEDNESDAY, { newLedger: true })).sent).toEqual([]);
    expect((await run(WEDNESDAY)).text[0]).toContain('count as sent');
  });
});

describe('where one entry of the ledger is lost', () => {
  const entries = async (reports: Store) =>
    [...(await everything(reports)).keys()].filter((key) => /2026-03-30\/[0-9a-f]{32}\.json$/.test(key));

  it('its digest counts as unknown: it is not sent again, each run says so, and a person finds it in the ledger', async () => {
    const { run, reports, mails } = await start();
    await run(TUESDAY);
    const [lost = ''] = await entries(reports);
    await reports.remove(lost);
    const trial = await run(TUESDAY, { dryRun: true });
    expect([trial.sent, await entries(reports)]).toEqual([['2026-03-30 unknown'], []]);
    for (const _ of [1, 2]) {
      const { sent, text, failed } = await run(TUESDAY);
      expect([sent, failed]).toEqual([['2026-03-30 unknown'], true]);
      expect(text[1]).toMatch(
        'its record in the ledger is lost. It may have been sent, and is not resent automatically.',
      );
    }
    expect(await entries(reports)).toEqual([lost]);
    expect(await readLog(reports, 'org_1', new Date(TUESDAY))).toMatchObject([{ state: 'unknown' }]);
    expect(await mails()).toBe(1);
    expect((await run(WEDNESDAY)).sent).toEqual(['2026-03-31 sent']);
  });

  it('and the mark of the day is that of an older version, nobody knows that it was there', async () => {
    const { run, reports } = await start();
    await run(TUESDAY);
    await reports.remove((await entries(reports))[0] ?? '');
    const mark = 'mail/ledger/org_1/2026-03-30/done.json';
    for (const damaged of ['{"version":1,"digests":{}}', '{"version":1,"state":null}', '{"version":2}', '{', '']) {
      await reports.put(mark, damaged);
      expect([damaged, await issueStanding(reports, 'org_1', '2026-03-30')]).toEqual([damaged, 'lost']);
      expect((await run(TUESDAY)).sent).toEqual([]);
    }
    await reports.put(mark, '{"version":1}');
    expect(await issueStanding(reports, 'org_1', '2026-03-30')).toBe('done');
    expect((await run(TUESDAY)).sent).toEqual(['2026-03-30 sent']);
  });
});

describe('since when the service runs', () => {
  it('is not believed where it is damaged: no day before is sent', async () => {
    const { run, reports } = await start();
    await run(WEDNESDAY);
    const key = 'mail/ledger/org_1/service.json';
    const body = decodeText((await reports.get(key))?.body ?? new Uint8Array());
    expect(body).toContain('2026-03-31');
    await reports.put(key, body.replace('2026-03-31', '2026-03-30'));
    expect((await run(WEDNESDAY)).sent).toEqual(['2026-03-31 already sent']);
  });
});

describe('the note of the days', () => {
  it('is made before the first mail, and kept from then on', async () => {
    const { run, reports } = await start();
    expect(await noted(reports)).toBeUndefined();
    await run(TUESDAY, { dryRun: true });
    await run(TUESDAY, { to: 'me@example.com' });
    expect(await noted(reports)).toBeUndefined();
    await run(TUESDAY);
    expect(await noted(reports)).toMatchObject({ version: 1, days: ['2026-03-30'] });
    await run(WEDNESDAY);
    expect(await noted(reports)).toMatchObject({ version: 1, days: ['2026-03-30', '2026-03-31'] });
  });

  it('is made anew from the ledger where it is missing or damaged', async () => {
    for (const body of [undefined, '{']) {
      const { run, reports } = await start();
      await run(TUESDAY);
      if (body === undefined) await reports.remove(NOTE);
      else await reports.put(NOTE, body);
      expect((await run(WEDNESDAY)).sent).toEqual(['2026-03-31 sent']);
      expect(await noted(reports)).toMatchObject({ version: 1, days: ['2026-03-30', '2026-03-31'] });
    }
  });

  it('stops nobody where a run died before it, or before the first mail', async () => {
    const { run, reports } = await start();
    await markBegun(reports, 'org_1', '2026-03-30');
    expect((await run(TUESDAY)).sent).toEqual(['2026-03-30 sent']);
    await markBegun(reports, 'org_1', '2026-03-31');
    await reports.put(NOTE, '{"version":1,"days":["2026-03-30","2026-03-31"]}');
    expect((await run(WEDNESDAY)).sent).toEqual(['2026-03-31 sent']);
  });
});
