/** The rights of generator and gate beside what they do: real builds, digests and requests over doubles that note each call. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { specOf } from '../../generator/digest/fixtures/built-world.ts';
import { ses } from '../../generator/digest/mail/ses.ts';
import { unsubscribe } from '../../generator/digest/recipients/preferences.ts';
import { sendDigests } from '../../generator/digest/send.ts';
import { memoryWorld, plainRenderer, putCall } from '../../generator/fixtures/world.ts';
import { silentLog } from '../../generator/lib/console.ts';
import { ROOT } from '../../generator/render/version.ts';
import { buildAll } from '../../generator/run.ts';
import { openFeed } from '../../generator/source/feed/open.ts';
import { openStore } from '../../generator/store/open.ts';
import type { LoggedRequest } from '../../generator/store/testing/s3-double/request.ts';
import { type S3Double, s3Double } from '../../generator/store/testing/s3-double.ts';
import { sqsDouble } from '../../generator/testing/sqs-double.ts';
import { openAudit } from '../../site/gate/audit.ts';
import type { OrganizationId } from '../../site/gate/auth/tenant.ts';
import { openRecordings } from '../../site/gate/content/recordings.ts';
import { openSites } from '../../site/gate/content/sites.ts';
import { gateRights, generatorRights, type Names, PLACEHOLDERS, type Statement } from './rights.ts';
import { allows, covers, type Use } from './testing/iam.ts';

const KEYS = { AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret' };
const CREDENTIALS = { accessKeyId: 'key', secretAccessKey: 'secret' };
/** Each bucket is a folder of the double's one. */
const NAMES: Names = {
  ...PLACEHOLDERS,
  reports: 'arn:aws:s3:::reports',
  results: 'arn:aws:s3:::results',
  config: 'arn:aws:s3:::config',
  input: 'arn:aws:s3:::input',
};

let double: S3Double;
const store = (bucket: string) => openStore(double.url(bucket));
beforeAll(async () => {
  Object.assign(process.env, KEYS);
  double = await s3Double();
});
afterAll(async () => {
  await double[Symbol.asyncDispose]();
  for (const name of Object.keys(KEYS)) delete process.env[name];
});

const ACTIONS: { [method: string]: string } = {
  GET: 's3:GetObject',
  HEAD: 's3:GetObject',
  PUT: 's3:PutObject',
  DELETE: 's3:DeleteObject',
};

/** What S3 asks for, for one request. */
function usesOf({ method, key, query, headers }: LoggedRequest): Use[] {
  if (key === '') {
    const [bucket, ...prefix] = (query.get('prefix') ?? '').split('/');
    return [
      { action: 's3:ListBucket', resource: `arn:aws:s3:::${bucket}`, context: { 's3:prefix': prefix.join('/') } },
    ];
  }
  const resource = `arn:aws:s3:::${key}`;
  const writes = { action: ACTIONS[method] ?? method, resource };
  // To compare with what is there, S3 also wants the right to read it.
  return headers['if-match'] === undefined ? [writes] : [writes, { action: 's3:GetObject', resource }];
}

/** What one piece of work asks of S3. */
async function asked(work: () => Promise<unknown>): Promise<Use[]> {
  double.log.length = 0;
  await work();
  return double.log.flatMap(usesOf);
}

/** Actions of statements that nothing used. */
const unused = (statements: readonly Statement[], uses: readonly Use[]) =>
  statements
    .filter(({ Effect, Sid }) => Effect === 'Allow' && !Sid.endsWith('Key'))
    .flatMap((statement) =>
      statement.Action.filter((action) => !uses.some((use) => use.action === action && covers(statement, use))).map(
        (action) => `${statement.Sid} ${action}`,
      ),
    );

/** An organization: calls come, change and go, and digests are sent. */
async function generate() {
  const stores = { results: store('results'), config: store('config'), reports: store('reports') };
  const at = (time: string) => ({
    ...memoryWorld({ ...stores, now: () => new Date(time), keepBuilds: 0 }),
    renderer: plainRenderer,
    logFor: () => silentLog,
  });
  const call = (day: string) => ({
    start_timestamp: `${day}T10:00:00Z`,
    end_timestamp: `${day}T10:01:00Z`,
    processing_timestamp: `${day}T12:00:00Z`,
  });
  const prepare = async () => {
    await stores.config.put('org_1/report-config.json', JSON.stringify(specOf('org_1')));
    for (const id of ['a', 'b']) await putCall(stores.results, 'org_1', { id, call: call('2026-03-31') });
  };
  await prepare();
  const uses = await asked(async () => {
    await buildAll(at('2026-04-01T03:00:00Z'), undefined);
  });
  await putCall(stores.results, 'org_1', { id: 'a', call: call('2026-03-30') });
  for (const key of [...double.bucket.keys()].filter((each) => /^results\/org_1\/.*\/b\./.test(each)))
    double.bucket.remove(key);
  uses.push(
    ...(await asked(async () => {
      await buildAll(at('2026-04-01T04:00:00Z'), undefined);
      await sendDigests({
        ...stores,
        mailUrl: 'file:unused',
        transport: { send: async ({ id }) => ({ id }), close: async () => {} },
        from: 'Reports <reports@example.com>',
        siteUrl: 'https://reports.example.com',
        now: () => new Date('2026-04-01T08:00:00Z'),
        log: silentLog,
      });
    })),
  );
  return uses;
}

describe('the generator', () => {
  let uses: Use[];
  beforeAll(async () => {
    uses = [...(await generate()), ...(await queueUses()), ...(await mailUses())];
  });

  it('has every right that it uses', () => {
    const statements = generatorRights(NAMES);
    expect(uses.filter((use) => !allows(statements, use))).toEqual([]);
  });

  it('has no right that it does not use', () => {
    expect(unused(generatorRights(NAMES), uses)).toEqual([]);
  });

  it('would miss any of them', () => {
    for (const { Sid } of generatorRights(NAMES).filter((each) => each.Effect === 'Allow' && !each.Sid.endsWith('Key')))
      expect([
        Sid,
        uses.every((use) =>
          allows(
            generatorRights(NAMES).filter((each) => each.Sid !== Sid),
            use,
          ),
        ),
      ]).toEqual([Sid, false]);
  });

  it('can neither read nor change the trail, nor write to the input', () => {
    const refused = [
      { action: 's3:GetObject', resource: 'arn:aws:s3:::reports/audit/2026-03-31/x.jsonl' },
      { action: 's3:DeleteObject', resource: 'arn:aws:s3:::reports/audit/2026-03-31/x.jsonl' },
      { action: 's3:PutObject', resource: 'arn:aws:s3:::results/org_1/enriched/a.json' },
      { action: 's3:GetObject', resource: 'arn:aws:s3:::input/org_1/audio/a.mp3' },
    ];
    expect(refused.filter((use) => allows(generatorRights(NAMES), use))).toEqual([]);
  });
});

describe('the gate', () => {
  let uses: Use[];
  beforeAll(async () => {
    await store('input').put('org_1/audio/a.mp3', 'sound');
    uses = await asked(async () => {
      const reports = store('reports');
      const sites = openSites(reports);
      const org = 'org_1' as OrganizationId;
      const found = await sites.find(org, '/');
      if (typeof found === 'string') throw new Error(found);
      await sites.read(org, found.file, 'br');
      const recordings = openRecordings(store('input'), { stream: false });
      const recording = await recordings.find(org, 'a');
      if (!recording) throw new Error('no recording');
      await recordings.share(recording, { seconds: 300, disposition: 'inline' });
      const audit = openAudit(reports);
      audit.note({ at: '2026-03-31T05:30:00.000Z', organization: 'org_1', user: 'user_1', path: '/calls/a/' });
      await audit.close();
      await unsubscribe(reports, { organization: 'org_1', recipient: 'a'.repeat(32), kind: 'daily' }, new Date(0));
      await sites.find('org_none' as OrganizationId, '/');
    });
    // Whether there is nothing, or it may not be read, is told only to who may list.
    uses.push({ action: 's3:ListBucket', resource: NAMES.reports });
  });

  it('has every right that it uses, and no other', () => {
    expect(uses.filter((use) => !allows(gateRights(NAMES), use))).toEqual([]);
    expect(unused(gateRights(NAMES), uses)).toEqual([]);
  });

  it('has the rights that docs/gate.md asks for', () => {
    const json =
      /\n {4}\{ "Version"[\s\S]*?\n(?! {4})/.exec(readFileSync(join(ROOT, 'docs/gate.md'), 'utf8'))?.[0] ?? '';
    const flat = (statements: readonly Statement[]) =>
      statements
        .flatMap(({ Effect, Action, Resource }) =>
          [Action].flat().flatMap((action) => [Resource].flat().map((resource) => `${Effect} ${action} ${resource}`)),
        )
        .sort();
    const always = gateRights(PLACEHOLDERS).filter(({ for: part }) => part === undefined || part === 'Audit');
    expect(flat((JSON.parse(json) as { Statement: Statement[] }).Statement)).toEqual(flat(always));
  });

  it('can change no site, and reads nothing about mail', () => {
    const refused = [
      { action: 's3:PutObject', resource: 'arn:aws:s3:::reports/org_1/pointer.json' },
      { action: 's3:PutObject', resource: 'arn:aws:s3:::reports/mail/ledger/org_1/x.json' },
      { action: 's3:GetObject', resource: 'arn:aws:s3:::reports/mail/ledger/org_1/x.json' },
      { action: 's3:GetObject', resource: 'arn:aws:s3:::reports/audit/2026-03-31/x.jsonl' },
      { action: 's3:GetObject', resource: 'arn:aws:s3:::input/org_1/meta/a.json' },
      { action: 's3:ListBucket', resource: 'arn:aws:s3:::input', context: { 's3:prefix': 'org_1/' } },
    ];
    expect(refused.filter((use) => allows(gateRights(NAMES), use))).toEqual([]);
  });
});

/** What the queue of a change feed is asked. A batch needs the right of the single action. */
async function queueUses(): Promise<Use[]> {
  await using queue = await sqsDouble();
  for (const key of ['org_1/enriched/a.json', 'org_2/enriched/b.json'])
    queue.queue.send(JSON.stringify({ detail: { object: { key } } }));
  const feed = openFeed(queue.url, { credentials: CREDENTIALS });
  const heard = feed.listen({ ours: ['org_1'], all: ['org_1', 'org_2'] }, { say() {} });
  await (await heard.about('org_1')).used();
  await heard.end();
  return queue.log.map((action) => ({ action: `sqs:${action.replace(/Batch$/, '')}`, resource: NAMES.feed }));
}

/** What SES is asked for one mail, for its domain and its configuration set. */
async function mailUses(): Promise<Use[]> {
  const actions: string[] = [];
  const quota = Promise.withResolvers<void>();
  const server = createServer(async (request, response) => {
    const action = new URLSearchParams(await text(request)).get('Action') ?? '';
    actions.push(action);
    if (action === 'GetSendQuota') quota.resolve();
    await quota.promise;
    response.end(`<${action}Response><${action}Result><MessageId>1</MessageId></${action}Result></${action}Response>`);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  const transport = await ses(`ses:eu-central-1?configuration-set=x&endpoint=http://127.0.0.1:${port}`);
  const bytes = Buffer.from('From: a\r\n\r\nhello');
  await transport.send({ id: '1', organization: 'org_1', from: 'a@example.com', to: 'b@example.com', bytes } as never);
  await transport.close();
  server.closeAllConnections();
  server.close();
  return actions.flatMap((action) => {
    const resources = action === 'GetSendQuota' ? ['*'] : [NAMES.mailIdentity, NAMES.mailSet];
    return resources.map((resource) => ({ action: `ses:${action}`, resource }));
  });
}
