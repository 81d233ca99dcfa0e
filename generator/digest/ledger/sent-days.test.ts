import { describe, expect, it } from 'vitest';
import { decodeText } from '../../lib/bytes.ts';
import { UserError } from '../../lib/errors.ts';
import { memoryStore } from '../../store/memory.ts';
import { PreconditionFailed, type Store } from '../../store/store.ts';
import { issueStanding, ledgerIssues, markBegun } from './ledger.ts';
import { beginIssue, requireLedger } from './sent-days.ts';

const NOTE = 'org_1/sent-days.json';
const day = (n: number) => `2026-03-${String(n).padStart(2, '0')}`;
const write = (store: Store, days: unknown) => store.put(NOTE, JSON.stringify({ version: 1, days }));
const noted = async (store: Store) => {
  const object = await store.get(NOTE);
  return object && JSON.parse(decodeText(object.body));
};

/** A store that says so many times that somebody else was there, or fails. */
function failing(inner: Store, error: Error, times: number) {
  const seen = { tries: 0 };
  const store: Store = {
    ...inner,
    put(key, ...more) {
      if (key !== NOTE) return inner.put(key, ...more);
      return ++seen.tries <= times ? Promise.reject(error) : inner.put(key, ...more);
    },
  };
  return { store, seen };
}
const lost = (n: number) => [memoryStore(), new PreconditionFailed(NOTE), n] as const;

describe('a day of which digests are sent', () => {
  it('is noted once, in order, after it has begun in the ledger', async () => {
    const store = memoryStore();
    for (const n of [5, 3, 5, 4]) await beginIssue(store, 'org_1', day(n));
    expect(await noted(store)).toMatchObject({ version: 1, days: [day(3), day(4), day(5)] });
    expect(await ledgerIssues(store, 'org_1')).toEqual([day(3), day(4), day(5)]);
    const { etag } = (await store.get(NOTE)) ?? expect.fail();
    await beginIssue(store, 'org_1', day(4));
    expect((await store.get(NOTE))?.etag).toBe(etag);
  });

  it('takes with it what the ledger knows where nothing is noted yet or nobody can read it, and only then', async () => {
    for (const body of [
      undefined,
      '{',
      'null',
      '{"days":[]}',
      '{"days":"x"}',
      '{"days":["2026-03-01","x2026-03-02"]}',
      '{"days":["2026-03-02x"]}',
    ]) {
      const store = memoryStore();
      await markBegun(store, 'org_1', day(1));
      if (body !== undefined) await store.put(NOTE, body);
      await beginIssue(store, 'org_1', day(9));
      expect([body, (await noted(store)).days]).toEqual([body, [day(1), day(9)]]);
    }
    const store = memoryStore();
    await markBegun(store, 'org_1', day(1));
    await write(store, [day(2)]);
    await beginIssue(store, 'org_1', day(9));
    expect((await noted(store)).days).toEqual([day(2), day(9)]);
  });

  it('pushes out the oldest of more than thirty', async () => {
    const store = memoryStore();
    await write(
      store,
      Array.from({ length: 30 }, (_, i) => day(i + 1)),
    );
    await beginIssue(store, 'org_1', day(31));
    expect((await noted(store)).days).toEqual(Array.from({ length: 30 }, (_, i) => day(i + 2)));
  });

  it.each([
    ['none are noted yet', undefined],
    ['some are', [day(1)]],
  ])('is put beside what another run noted in the same moment, where %s', async (_what, before) => {
    const inner = memoryStore();
    if (before) await write(inner, before);
    let isFirst = true;
    const racing: Store = {
      ...inner,
      async put(key, ...more) {
        if (key === NOTE && isFirst) {
          isFirst = false;
          await write(inner, [...(before ?? []), day(2)]);
        }
        return inner.put(key, ...more);
      },
    };
    await beginIssue(racing, 'org_1', day(9));
    expect((await noted(inner)).days).toEqual([...(before ?? []), day(2), day(9)]);
  });

  it('is noted by each of several runs at once, none over another', async () => {
    const store = memoryStore();
    await Promise.all([3, 1, 2, 1, 5].map((n) => beginIssue(store, 'org_1', day(n))));
    expect((await noted(store)).days).toEqual([1, 2, 3, 5].map(day));
  });

  it('is tried twenty times where others are faster, and once where the store fails', async () => {
    const last = failing(...lost(19));
    await beginIssue(last.store, 'org_1', day(1));
    expect((await noted(last.store)).days).toEqual([day(1)]);
    const never = failing(...lost(20));
    await expect(beginIssue(never.store, 'org_1', day(1))).rejects.toThrow(PreconditionFailed);
    expect(never.seen.tries).toBe(20);
    const broken = failing(memoryStore(), new Error('no space'), 1);
    await expect(beginIssue(broken.store, 'org_1', day(1))).rejects.toThrow('no space');
    expect(broken.seen.tries).toBe(1);
  });
});

describe('a ledger that should know of days', () => {
  /** @returns the message of the refusal; undefined where a run may go on */
  const asked = async (store: Store, days: number[], goOn = false) => {
    try {
      await requireLedger(store, 'org_1', days.map(day), goOn);
    } catch (error) {
      expect(error).toBeInstanceOf(UserError);
      return (error as Error).message;
    }
    return undefined;
  };

  /** What was sent, and of which days the ledger still has anything. */
  const start = async (sent: number[], known: number[]) => {
    const store = memoryStore();
    if (sent.length > 0) await write(store, sent.map(day));
    for (const n of known) await markBegun(store, 'org_1', day(n));
    return store;
  };

  it.each<[string, sent: number[], known: number[], days: number[], lost: string | undefined]>([
    ['nothing was ever sent', [], [], [5], undefined],
    ['it has all', [3, 4], [3, 4], [4, 5], undefined],
    ['it lacks the newest', [2, 3, 4], [2, 3], [5], day(4)],
    ['it lacks one that is to be sent', [3, 4], [4], [3], day(3)],
    ['it lacks both', [3, 4], [2], [3, 5], `${day(3)}, ${day(4)}`],
    ['it lacks an old one that nobody asks for', [3, 4], [4], [5], undefined],
    ['it lacks one that was never sent', [4], [4], [5], undefined],
  ])('lets a run go on, or says which are lost: %s', async (_what, sent, known, days, missing) => {
    const said = await asked(await start(sent, known), days);
    if (missing === undefined) expect(said).toBeUndefined();
    else {
      expect(said).toContain(`its ledger is lost. Digests about ${missing} have been sent, but memory: holds nothing`);
      expect(said).toContain(`mail/ledger/org_1/`);
      expect(said).toMatch(new RegExp(`--new-ledger: days up to ${missing.slice(-10)} then count as sent`));
    }
  });

  it('is lost where nobody can read what was sent and it knows of no day, and only then', async () => {
    const store = memoryStore();
    await store.put(NOTE, '{');
    const said = await asked(store, [4, 5]);
    expect(said).toContain('Digests of this organization have been sent');
    expect(said).toContain(`days up to ${day(5)} then count`);
    expect(await asked(store, [])).toBeUndefined();
    await markBegun(store, 'org_1', day(1));
    expect(await asked(store, [4, 5])).toBeUndefined();
  });

  it('counts the lost days as sent, and no other, where a person has decided', async () => {
    const store = await start([3, 4], []);
    expect(await asked(store, [3, 5], true)).toBeUndefined();
    const standings = await Promise.all([3, 4, 5].map((n) => issueStanding(store, 'org_1', day(n))));
    expect(standings).toEqual(['lost', 'lost', 'open']);
    expect(await asked(store, [3, 5])).toBeUndefined();
  });
});
