import { gzipSync } from 'node:zlib';
import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import { describe, expect, it } from 'vitest';
import { readEvents } from '../digest/ledger/events.ts';
import { type LedgerRecord, recordsOf } from '../digest/ledger/ledger.ts';
import { TAG } from '../digest/mail/tag.ts';
import { addressHash } from '../digest/recipients/address-hash.ts';
import {
  buildOnce,
  builtWorld,
  CANARY,
  DOOMED_ID,
  deleteUpstream,
  eraseIt,
  keysHolding,
  ORG,
} from '../testing/erased-call.ts';

const day = '2026-03-29';
const frozen = (digest: string, org = ORG) => `mail/frozen/${org}/${day}/${digest.repeat(32)}.eml`;

type Parts = ConstructorParameters<typeof MailComposer>[0];
const mail = (parts: Parts) => new MailComposer({ from: 'a@a.example', to: 'b@b.example', ...parts }).compile().build();

async function mailWorld() {
  const world = await builtWorld();
  await deleteUpstream(world);
  return world;
}

const MAILS: [string, Parts][] = [
  ['in plain text', { text: `Hear ${DOOMED_ID} first` }],
  ['in quoted-printable', { text: `Hören Sie ${'x'.repeat(58)} ${DOOMED_ID} an`, encoding: 'quoted-printable' }],
  ['in base64', { text: `${'日本'.repeat(40)} ${DOOMED_ID}`, encoding: 'base64' }],
  ['in a link', { html: `<a href="https://r.example/calls/${DOOMED_ID}/?o=0123abcd">Hear it</a>`, text: 'Hear it' }],
  ['in codes of a link', { html: `<a href="https://r.example/?id=${DOOMED_ID.replaceAll('-', '%2D')}">Hear</a>` }],
  ['in the subject', { subject: `Fälle: ${DOOMED_ID}`, text: 'x' }],
  ['in an attached part', { text: 'x', attachments: [{ content: DOOMED_ID, filename: 'calls.csv' }] }],
];

describe('erase', () => {
  it.each(MAILS)('removes a kept message that names the call %s, and no other one', async (_where, parts) => {
    const { reports, ...world } = await mailWorld();
    await reports.put(frozen('0'), await mail(parts));
    await reports.put(frozen('1'), await mail({ text: 'Hear rec-5 first' }));
    await reports.put(frozen('2', 'org_2'), await mail(parts));
    expect(await eraseIt({ ...world, reports })).toMatchObject({ state: 'erased', proof: { hits: [] } });
    const left: string[] = [];
    for await (const { key } of reports.list('mail/')) left.push(key);
    expect(left).toEqual([frozen('1'), frozen('2', 'org_2')]);
  });

  it('removes it where a build has deleted the call before', async () => {
    const world = await mailWorld();
    await buildOnce(world);
    await world.reports.put(frozen('0'), await mail({ text: DOOMED_ID }));
    expect(await eraseIt(world)).toMatchObject({ state: 'erased', proof: { hits: [] }, removed: expect.any(Number) });
    expect(await keysHolding(world.reports, [CANARY])).toEqual([]);
  });

  it('takes the reason out of a record of the ledger, and leaves what became of the digest', async () => {
    const world = await mailWorld();
    const record: LedgerRecord = {
      ...{ version: 1, state: 'unknown', organization: ORG, date: day, kind: 'daily', recipient: '0'.repeat(32) },
      ...{ at: '2026-03-30T06:00:00.000Z', nonce: 'n', reason: `cannot read ${DOOMED_ID}` },
    };
    await world.reports.put(`mail/ledger/${ORG}/${day}/${'0'.repeat(32)}.json`, JSON.stringify(record));
    expect(await eraseIt(world)).toMatchObject({ state: 'erased', proof: { hits: [] } });
    const { reason: _named, ...rest } = record;
    expect([...(await recordsOf(world.reports, ORG, day)).values()]).toEqual([rest]);
  });

  it('leaves of events of the mail service what addresses and digests are known by', async () => {
    const world = await mailWorld();
    const bounce = {
      bounceType: 'Permanent',
      bouncedRecipients: [{ emailAddress: 'ann@example.com', action: DOOMED_ID }],
    };
    const head = { messageId: 'm-7', timestamp: '2026-03-30T06:00:00.000Z', tags: { [TAG]: ['0'.repeat(32)] } };
    const events = [
      { eventType: 'Bounce', bounce, mail: { ...head, commonHeaders: { subject: DOOMED_ID } } },
      { eventType: 'Delivery', mail: { ...head, headers: [{ name: 'Subject', value: DOOMED_ID }] } },
    ];
    const text = `${JSON.stringify({ Type: 'Notification', Message: JSON.stringify(events[0]) })}${JSON.stringify(events[1])} broken`;
    await world.reports.put('mail/events/one', gzipSync(text));
    const before = await readEvents(world.reports);
    expect(before.suppressed.has(addressHash('ann@example.com'))).toBe(true);
    expect(await eraseIt(world)).toMatchObject({ state: 'erased', proof: { hits: [] } });
    expect(await keysHolding(world.reports, [CANARY])).toEqual([]);
    expect(await readEvents(world.reports)).toEqual(before);
  });

  it('tells of what it does not know how to clean', async () => {
    const world = await mailWorld();
    await world.reports.put('mail/notes.txt', `about ${DOOMED_ID}`);
    expect(await eraseIt(world)).toMatchObject({
      state: 'erased',
      proof: { hits: [{ key: 'mail/notes.txt', what: ['its id'] }] },
    });
  });
});
