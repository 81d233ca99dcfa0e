/** The rights that docs/gate.md asks for, beside what the gate does in its store; and those of docs/schedule.md, beside what a queue is asked. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { unsubscribe } from '../generator/digest/recipients/preferences.ts';
import { ROOT } from '../generator/render/version.ts';
import { openFeed } from '../generator/source/feed/open.ts';
import { memoryStore } from '../generator/store/memory.ts';
import type { Store } from '../generator/store/store.ts';
import { sqsDouble } from '../generator/testing/sqs-double.ts';
import { openAudit } from '../site/gate/audit.ts';
import type { OrganizationId } from '../site/gate/auth/tenant.ts';
import { openSites } from '../site/gate/content/sites.ts';
import { publishSite } from '../site/gate/testing/gate.ts';

interface Statement {
  Effect: 'Allow' | 'Deny';
  Action: string;
  Resource: string | string[];
}

const BUCKET = 'arn:aws:s3:::REPORTS';
let statements: Statement[];
beforeAll(() => {
  const page = readFileSync(join(ROOT, 'docs/gate.md'), 'utf8');
  const json = /\n {4}\{ "Version"[\s\S]*?\n(?! {4})/.exec(page)?.[0] ?? '';
  statements = (JSON.parse(json) as { Statement: Statement[] }).Statement;
});

/** As IAM decides: a denial wins. */
function allows(action: string, key: string): boolean {
  const covers = ({ Action, Resource }: Statement) =>
    Action === action &&
    [Resource]
      .flat()
      .some((each) =>
        each.endsWith('*') ? `${BUCKET}/${key}`.startsWith(each.slice(0, -1)) : each === `${BUCKET}${key && `/${key}`}`,
      );
  const effects = statements.filter(covers).map(({ Effect }) => Effect);
  return effects.includes('Allow') && !effects.includes('Deny');
}

/** A store that notes what each call needs. */
function noting(store: Store) {
  const used: [string, string][] = [];
  const rights: { [method: string]: string } = {
    get: 's3:GetObject',
    put: 's3:PutObject',
    remove: 's3:DeleteObject',
  };
  const noted = new Proxy(store, {
    get(target, method: keyof Store & string) {
      const call = target[method];
      if (typeof call !== 'function') return call;
      return (key: string, ...rest: unknown[]) => {
        used.push(method in rights ? [String(rights[method]), key] : ['s3:ListBucket', '']);
        return (call as (...given: unknown[]) => unknown).call(target, key, ...rest);
      };
    },
  });
  return { noted, used };
}

it('covers every call of the gate', async () => {
  const store = memoryStore();
  await publishSite(store, 'org_1', { '/': 'hello', '/404.html': 'none' });
  await store.put('assets/x.css', '');
  const { noted, used } = noting(store);
  const sites = openSites(noted);
  const org = 'org_1' as OrganizationId;
  const found = await sites.find(org, '/');
  if (typeof found === 'string') throw new Error(found);
  await sites.read(org, found.file, 'br');
  await sites.asset('/assets/x.css');
  const audit = openAudit(noted);
  audit.note({ at: '2026-03-31T05:30:00.000Z', organization: 'org_1', user: 'user_1', path: '/calls/c-1/' });
  await audit.close();
  await unsubscribe(noted, { organization: 'org_1', recipient: 'a'.repeat(32), kind: 'daily' }, new Date(0));
  expect(new Set(used.map(([action]) => action))).toEqual(new Set(['s3:GetObject', 's3:ListBucket', 's3:PutObject']));
  expect(used.filter(([action, key]) => !allows(action, key))).toEqual([]);
});

it('lets the gate change no site and read nothing about mail', () => {
  const refused: [string, string][] = [
    ['s3:PutObject', 'org_1/pointer.json'],
    ['s3:PutObject', 'assets/x.js'],
    ['s3:PutObject', 'mail/ledger/org_1/x.json'],
    ['s3:DeleteObject', 'audit/2026-03-31/x.jsonl'],
    ['s3:GetObject', 'mail/ledger/org_1/x.json'],
    ['s3:GetObject', 'audit/2026-03-31/x.jsonl'],
  ];
  expect(refused.filter(([action, key]) => allows(action, key))).toEqual([]);
});

it('names what the queue of a change feed is asked, and no more', async () => {
  await using double = await sqsDouble();
  for (const key of ['org_1/enriched/a.json', 'org_2/enriched/b.json'])
    double.queue.send(JSON.stringify({ Records: [{ s3: { object: { key } } }] }));
  const feed = openFeed(double.url, { credentials: { accessKeyId: 'key', secretAccessKey: 'secret' } });
  const heard = feed.listen({ ours: ['org_1'], all: ['org_1', 'org_2'] }, { say() {} });
  await (await heard.about('org_1')).used();
  await heard.end();
  // A batch needs the right of the single action.
  const asked = new Set(double.log.map((action) => `sqs:${action.replace(/Batch$/, '')}`));
  const row = /^\| the queue of the change feed[^|]*\|([^|]*)\|$/m.exec(
    readFileSync(join(ROOT, 'docs/schedule.md'), 'utf8'),
  );
  expect([...(row?.[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, right]) => right).sort()).toEqual([...asked].sort());
});
