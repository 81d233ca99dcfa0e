import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileTemplates } from '../../templates/compile.ts';
import { everything } from '../fixtures/world.ts';
import { silentLog } from '../lib/console.ts';
import { buildAll } from '../run.ts';
import { builtWorld, DAY, type Given, LATER, recipients, specOf } from './fixtures/built-world.ts';
import { recipientHash } from './ledger/ledger.ts';
import { isDigestDue } from './look.ts';
import { NotSent } from './mail/transport.ts';
import type { SendOptions } from './options.ts';
import { unsubscribe } from './recipients/preferences.ts';
import { sendDigests } from './send.ts';

const templates = mkdtempSync(join(tmpdir(), 'mail-'));
beforeAll(() => compileTemplates(templates));

const KINDS = ['daily', 'weekly', 'monthly'];

async function start(...given: Given) {
  const world = await builtWorld(templates, ...given);
  const at = (now: string) => ({ config: world.config, reports: world.reports, now: () => new Date(now) });
  const due = (now = LATER) => isDigestDue(at(now));
  const send = (now = LATER, over: Partial<SendOptions> = {}) =>
    sendDigests({ ...world.options, ...over, now: () => new Date(now) });
  return { ...world, due, send };
}

describe('whether a digest is due', () => {
  it('is so from its time on until it has gone out, and looking writes nothing', async () => {
    const { due, send, reports } = await start();
    const before = await everything(reports);
    expect(await due()).toBe(true);
    expect(await everything(reports)).toEqual(before);
    await send();
    expect(await due()).toBe(false);
    expect(await due('2026-04-02T05:59:00Z')).toBe(false);
    // By then a listing of the hour covers the day, whatever the last one did.
    expect(await due('2026-04-02T06:01:00Z')).toBe(true);
  });

  it('is so of each kind, by itself', async () => {
    const own = recipients.map((each) => ({ ...each, kinds: KINDS }));
    const { due, send, options } = await start(['org_1', 'org_2'], { recipients: own });
    for (const kind of KINDS) {
      expect(await due()).toBe(true);
      await sendDigests({ ...options, kinds: [kind as 'daily'] });
    }
    expect(await due()).toBe(false);
    await send();
    expect(await due()).toBe(false);
  });

  it('is so while it waits for its data, could not be sent, or nobody knows', async () => {
    const late = await start(['org_1'], {}, [
      { id: 'c1', day: '2026-03-24' },
      { id: 'c2', day: '2026-03-17' },
    ]);
    await late.send();
    expect(await late.due()).toBe(true);
    const failing = await start();
    const transport = { send: () => Promise.reject(new NotSent('no')), close: async () => {} };
    await failing.send(LATER, { transport });
    expect(await failing.due()).toBe(true);
  });

  it('is so where the configuration or the ledger cannot be read, so that the run says why', async () => {
    const { due, send, config, reports } = await start();
    await send();
    const spec = await config.get('org_1/report-config.json');
    await config.put('org_1/report-config.json', '{');
    expect(await due()).toBe(true);
    await config.put('org_1/report-config.json', spec?.body as Uint8Array);
    expect(await due()).toBe(false);
    for (const key of (await everything(reports)).keys()) if (key.startsWith('mail/ledger/')) await reports.remove(key);
    expect(await due()).toBe(true);
  });

  it('is not so for who has unsubscribed, or where nobody gets one', async () => {
    const { due, send, config, reports } = await start(['org_1'], { recipients: recipients.slice(0, 1) });
    const address = recipients[0]?.address as string;
    const who = { organization: 'org_1', recipient: recipientHash('org_1', address), kind: 'daily' };
    await unsubscribe(reports, who, new Date(LATER));
    expect(await due()).toBe(false);
    await config.put('org_1/report-config.json', JSON.stringify(specOf('org_1', { recipients: [] })));
    expect(await due()).toBe(false);
    await send();
  });

  it('ends a service that nobody gets any more, as a run of digest does', async () => {
    const { due, send, config, reports } = await start();
    await send();
    const services = async () => [...(await everything(reports)).keys()].filter((key) => key.includes('/service'));
    expect(await services()).toHaveLength(1);
    await config.put('org_1/report-config.json', JSON.stringify(specOf('org_1', { recipients: [] })));
    expect(await due()).toBe(false);
    expect(await services()).toEqual([]);
  });

  it('misses nothing: what is sent in an hour was due in it', async () => {
    const own = recipients.map((each) => ({ ...each, kinds: KINDS }));
    const days = ['2026-03-29', '2026-03-30', DAY, '2026-04-01', '2026-04-02'];
    const { due, send, ...world } = await start(
      ['org_1'],
      { recipients: own },
      days.map((day, i) => ({ id: `c${i}`, day })),
    );
    let [asked, sent] = [0, 0];
    for (let hour = 4; hour < 60; hour += 3) {
      const now = new Date(Date.parse('2026-04-01T00:23:00Z') + hour * 3_600_000).toISOString();
      const isDue = await due(now);
      await buildAll({ ...world, now: () => new Date(now), logFor: () => silentLog }, undefined);
      const { digests } = await send(now);
      const went = digests.filter(({ state }) => state === 'sent').length;
      if (went > 0) expect([now, isDue]).toEqual([now, true]);
      asked += Number(isDue);
      sent += went;
    }
    expect(sent).toBeGreaterThan(0);
    expect(asked).toBeLessThan(6);
  });
});
