import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../store/memory.ts';
import { isUnsubscribed, readToken, tokenOf, unsubscribe } from './preferences.ts';

const [KEY, BEFORE] = ['k'.repeat(32), 'b'.repeat(32)];
const ONE = { organization: 'org_1', recipient: 'a'.repeat(32), kind: 'daily' };

describe('a token', () => {
  it('stands for one recipient, under the current and the previous key', () => {
    for (const key of [KEY, BEFORE]) expect(readToken(tokenOf(ONE, key), [KEY, BEFORE])).toEqual(ONE);
    expect(readToken(tokenOf(ONE, BEFORE), [KEY])).toBeUndefined();
    expect(tokenOf(ONE, KEY)).not.toBe(tokenOf({ ...ONE, organization: 'org_12' }, KEY));
  });

  it('is refused where anything of it was changed', () => {
    const token = tokenOf(ONE, KEY);
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.constantFrom('A', 'z', '0', '-', '.', '/'), (at, char) => {
        const changed = token.slice(0, at) + char + token.slice(at + 1);
        expect(readToken(changed, [KEY]) === undefined).toBe(changed !== token);
      }),
    );
    for (const bad of ['', '.', 'a.b.c', 'x'.repeat(10_000), `${token}.`])
      expect(readToken(bad, [KEY])).toBeUndefined();
  });
});

it('takes off one recipient of one organization, and no other', async () => {
  const store = memoryStore();
  await unsubscribe(store, ONE, new Date('2026-04-01T00:00:00Z'));
  expect(await isUnsubscribed(store, 'org_1', ONE.recipient, 'daily')).toBe(true);
  expect(await isUnsubscribed(store, 'org_12', ONE.recipient, 'daily')).toBe(false);
  expect(await isUnsubscribed(store, 'org_1', 'b'.repeat(32), 'daily')).toBe(false);
});
