import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { decodeText } from '../../generator/lib/bytes.ts';
import { memoryStore } from '../../generator/store/memory.ts';
import { PreconditionFailed, type Store } from '../../generator/store/store.ts';
import { isCallPage, openAudit, type View } from './audit.ts';

beforeEach(() => void vi.useFakeTimers({ now: new Date('2026-03-31T05:30:00Z') }));
afterEach(() => void vi.useRealTimers());

const view = (path: string): View => ({ at: '2026-03-31T05:30:00Z', organization: 'org_1', user: 'user_1', path });

async function written(store: Store): Promise<{ [key: string]: string[] }> {
  const objects: { [key: string]: string[] } = {};
  for await (const { key } of store.list('')) {
    const text = decodeText((await store.get(key))?.body ?? new Uint8Array());
    objects[key] = text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line).path);
  }
  return objects;
}

test('it writes one object a minute, and none where nobody looked', async () => {
  const store = memoryStore();
  const audit = openAudit(store);
  for (const path of ['/calls/1/', '/calls/2/']) audit.note(view(path));
  expect(await written(store)).toEqual({});
  await vi.advanceTimersByTimeAsync(60_000);
  await vi.advanceTimersByTimeAsync(60_000);
  audit.note(view('/calls/3/'));
  await audit.close();
  const objects = await written(store);
  expect(Object.values(objects)).toEqual([['/calls/1/', '/calls/2/'], ['/calls/3/']]);
  const name = /^audit\/2026-03-31\/(0531|0532)-[0-9a-f-]{36}-[01]\.jsonl$/;
  expect(Object.keys(objects).filter((key) => !name.test(key))).toEqual([]);
});

test('two processes never write the same object, and none writes one again', async () => {
  const store = memoryStore();
  const conditions: unknown[] = [];
  const put: Store['put'] = (key, body, options) => {
    conditions.push(options?.ifNoneMatch);
    return store.put(key, body, options);
  };
  const audits = [1, 2].map(() => openAudit({ ...store, put }));
  for (const audit of audits) audit.note(view('/calls/1/'));
  await Promise.all(audits.map((audit) => audit.close()));
  expect(Object.keys(await written(store))).toHaveLength(2);
  expect(conditions).toEqual(['*', '*']);
});

test('it keeps what a failing store did not take, in order', async () => {
  const store = memoryStore();
  let failure: Error | undefined = new Error('no answer');
  const put: Store['put'] = (...put) => (failure ? Promise.reject(failure) : store.put(...put));
  const audit = openAudit({ ...store, put });
  const said = vi.spyOn(console, 'error').mockImplementation(() => {});
  audit.note(view('/calls/1/'));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(said).toHaveBeenCalledWith('gate: audit: no answer');
  audit.note(view('/calls/2/'));
  await expect(audit.flush()).rejects.toThrow('no answer');
  failure = undefined;
  await audit.close();
  expect(Object.values(await written(store))).toEqual([['/calls/1/', '/calls/2/']]);
  said.mockRestore();
});

test('a write that landed although its answer was lost is not written again', async () => {
  const store = memoryStore();
  const put: Store['put'] = async (key, body) => {
    await store.put(key, body);
    throw new PreconditionFailed(key);
  };
  const audit = openAudit({ ...store, put });
  audit.note(view('/calls/1/'));
  await audit.flush();
  await audit.close();
  expect(Object.values(await written(store))).toEqual([['/calls/1/']]);
});

test('it is about calls’ pages', () => {
  const paths = ['/calls/c-1/', '/calls/c-1', '/calls/', '/agents/x/', '/calls/2026-03/x.json', '/data/calls/x.json'];
  expect(paths.filter(isCallPage)).toEqual(['/calls/c-1/', '/calls/c-1']);
});
