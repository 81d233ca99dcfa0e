import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileTemplates } from '../../templates/compile.ts';
import { everything } from '../fixtures/world.ts';
import { builtWorld, DAY, type Given, LATER, recipients, specOf } from './fixtures/built-world.ts';
import { keys, mails, states } from './fixtures/outcomes.ts';
import { sendDigests } from './send.ts';

const folder = mkdtempSync(join(tmpdir(), 'mail-'));
const world = (...given: Given) => builtWorld(folder, ...given);
beforeAll(() => compileTemplates(folder));

describe('the days of a run', () => {
  it('catches up with at most three missed days, oldest first, and names the older ones', async () => {
    const days = Array.from({ length: 9 }, (_, i) => `2026-03-${String(23 + i).padStart(2, '0')}`);
    const { mail, options } = await world(
      ['org_1'],
      { recipients: recipients.slice(0, 1) },
      days.map((day) => ({ id: `c${day}`, day })),
    );
    const at = (now: string) => sendDigests({ ...options, now: () => new Date(now) });
    const days_ = (digests: { date: string; state: string }[]) => digests.map(({ date, state }) => `${date} ${state}`);
    expect(days_((await at('2026-03-25T08:00:00Z')).digests)).toEqual(['2026-03-24 sent']);
    const late = await at(LATER);
    expect(days_(late.digests)).toEqual(['2026-03-28 sent', '2026-03-29 sent', '2026-03-30 sent', '2026-03-31 sent']);
    expect(late.text[0]).toContain('missed: no digest was sent about 2026-03-25, 2026-03-26, 2026-03-27');
    expect(days_((await at(LATER)).digests)).toEqual(['2026-03-31 already sent']);
    expect(await mails(mail)).toHaveLength(5);
  });

  describe('by hand about an old day', () => {
    const march = Array.from({ length: 12 }, (_, i) => `2026-03-${20 + i}`);
    const start = async () => {
      const { options, config, ...more } = await world(
        ['org_1'],
        { recipients: recipients.slice(0, 1) },
        march.map((day) => ({ id: `c${day}`, day })),
      );
      const run = async (now: string, date?: string) => {
        const { digests, text, failed } = await sendDigests({ ...options, date, now: () => new Date(now) });
        return { sent: digests.map((each) => `${each.date} ${each.state}`), text, failed };
      };
      const configure = async (digest: object) => {
        await config.put('org_1/report-config.json', JSON.stringify(specOf('org_1', digest)));
        await more.build();
      };
      return { run, configure, options };
    };

    it('makes no other day due, whether it came before the first that was or after it', async () => {
      for (const manual of ['2026-03-29T07:30:00Z', '2026-03-30T07:30:00Z']) {
        const { run } = await start();
        const days: string[] = [];
        for (const now of ['2026-03-29T08:00:00Z', manual, '2026-03-30T08:00:00Z', '2026-03-31T08:00:00Z'].sort()) {
          const { sent, text } = await run(now, now === manual ? '2026-03-22' : undefined);
          days.push(...sent);
          expect(text.join()).not.toContain('missed');
        }
        expect(days.sort()).toEqual(['2026-03-22 sent', '2026-03-28 sent', '2026-03-29 sent', '2026-03-30 sent']);
      }
    });

    it('leaves what was missed to be caught up with', async () => {
      const { run } = await start();
      await run('2026-03-28T08:00:00Z');
      await run('2026-03-30T07:00:00Z', '2026-03-22');
      expect((await run('2026-03-31T08:00:00Z')).sent).toEqual([
        '2026-03-28 sent',
        '2026-03-29 sent',
        '2026-03-30 sent',
      ]);
    });

    it('ends with 1 and says so where nothing of it could be sent, and with 0 where all have it', async () => {
      const { run, options } = await start();
      const never = await run(LATER, '2026-04-02');
      expect([never.failed, never.text]).toEqual([true, [expect.stringContaining('2026-04-02 is not covered yet')]]);
      const before = await run(LATER, '2026-03-01');
      expect([before.failed, before.text.at(-1)]).toEqual([true, 'org_1: no digest about 2026-03-01 was sent.']);
      const states_ = [await run(LATER, DAY), await run(LATER, DAY)].map(({ sent, failed }) => [...sent, failed]);
      expect(states_).toEqual([
        [`${DAY} sent`, false],
        [`${DAY} already sent`, false],
      ]);
      await options.config.put('org_3/report-config.json', '{}');
      expect((await sendDigests({ ...options, organizations: ['org_3'], date: DAY })).failed).toBe(true);
    });

    it('counts no day as missed on which nobody was to get a digest', async () => {
      const { run, configure } = await start();
      await run('2026-03-24T08:00:00Z');
      await configure({ enabled: false });
      expect((await run('2026-03-25T08:00:00Z')).sent).toEqual([]);
      await configure({ recipients: recipients.slice(0, 1) });
      expect(await run(LATER)).toMatchObject({ sent: [`${DAY} sent`], text: [`org_1: ${DAY}: 1 sent.`] });
    });

    it('counts no weekday as missed that has just been chosen', async () => {
      const { run, configure } = await start();
      await configure({ recipients: recipients.slice(0, 1), days: ['tuesday'] });
      await run('2026-03-25T08:00:00Z');
      await configure({ recipients: recipients.slice(0, 1) });
      expect((await run(LATER)).sent).toEqual([`${DAY} sent`]);
    });
  });

  it('sends a new organization one day, and a new recipient no days of the past', async () => {
    const days = ['2026-03-29', '2026-03-30', DAY];
    const of = (day: string) => ({ id: `c${day}`, day });
    const { options, config, build } = await world(['org_1'], { recipients: recipients.slice(0, 1) }, days.map(of));
    const at = (now: string) => sendDigests({ ...options, now: () => new Date(now) });
    expect((await at('2026-03-31T08:00:00Z')).digests.map(({ date }) => date)).toEqual(['2026-03-30']);
    await config.put('org_1/report-config.json', JSON.stringify(specOf('org_1')));
    await build();
    expect((await at(LATER)).digests.map(({ date, state }) => `${date} ${state}`)).toEqual([
      `${DAY} sent`,
      `${DAY} sent`,
    ]);
  });

  it('waits a day for late data, and then goes out and says so', async () => {
    const { mail, options } = await world(['org_1'], { quietDay: 'skip' }, [{ id: 'c1', day: '2026-03-24' }]);
    const at = (now: string) => sendDigests({ ...options, date: DAY, now: () => new Date(now) });
    const early = await at('2026-04-02T05:59:00Z');
    // A day that somebody asked for, and of which nothing went out.
    expect([states(early.digests), early.failed]).toEqual([['waiting', 'waiting'], true]);
    expect(states((await at('2026-04-02T06:01:00Z')).digests)).toEqual(['sent', 'sent']);
    const [[, bytes] = ['', new Uint8Array()]] = await mails(mail);
    const { subject, text } = await simpleParser(bytes);
    expect(subject).toMatch(/^Data of Tue 31 Mar is late/);
    expect(text).not.toMatch(/\b0 calls/);
  });

  it('sends nothing before the time, and nothing for a day that no build covers', async () => {
    const { mail, options, reports } = await world();
    const early = await sendDigests({ ...options, now: () => new Date('2026-03-31T05:00:00Z') });
    expect(states(early.digests)).toEqual(['skipped', 'skipped']);
    expect(early.text[1]).toContain('2 recipients: skipped: the data has no calls on that day or earlier');
    const asked = await sendDigests({ ...options, date: '2026-04-01' });
    expect(asked.text[0]).toContain('2026-04-01 is not covered yet');
    expect(await mails(mail)).toEqual([]);
    expect((await keys(reports)).some((key) => key.startsWith('mail/'))).toBe(false);
  });
});

describe('a quiet day', () => {
  const calls = [{ id: 'c1', day: '2026-03-30' }];

  it('gets a note', async () => {
    const { mail, options } = await world(['org_1'], {}, calls);
    expect(states((await sendDigests(options)).digests)).toEqual(['sent', 'sent']);
    const [[, bytes] = ['', new Uint8Array()]] = await mails(mail);
    expect((await simpleParser(bytes)).subject).toMatch(/^No calls on Tue 31 Mar/);
  });

  it('tells those who run it since when no call has come', async () => {
    const { options } = await world(['org_1'], {}, [{ id: 'c1', day: '2025-02-03' }]);
    const { text, failed } = await sendDigests(options);
    expect([text, failed]).toEqual([
      [
        `org_1: ${DAY}: 2 sent.`,
        'org_1: no call has arrived since Mon 3 Feb 2025, for 421 days. Check whether the pipeline still writes to the results store.',
      ],
      false,
    ]);
  });

  it('is skipped once and for all where the tenant wants that', async () => {
    const { mail, options, reports } = await world(['org_1'], { quietDay: 'skip' }, calls);
    expect(states((await sendDigests(options)).digests)).toEqual(['skipped', 'skipped']);
    const before = await everything(reports);
    expect(states((await sendDigests(options)).digests)).toEqual(['skipped', 'skipped']);
    expect(await everything(reports)).toEqual(before);
    expect(await everything(mail)).toEqual(new Map());
  });
});
