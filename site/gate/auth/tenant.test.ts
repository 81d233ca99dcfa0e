import { expect, test } from 'vitest';
import { admit } from './tenant.ts';

const session = { tokenType: 'session_token', isAuthenticated: true, userId: 'user_1', orgId: 'org_1' };
const actorOf = (sessionClaims: object, more: object = {}) => {
  const admission = admit({ ...session, sessionClaims, ...more });
  return admission.kind === 'in' ? admission.tenant.user.actor : 'user' in admission ? admission.user.actor : undefined;
};

test('it says who uses the session of somebody else', () => {
  expect(actorOf({ act: { sub: 'user_ADMIN' } })).toBe('user_ADMIN');
  expect(actorOf({ act: { sub: 'user_ADMIN' } }, { orgId: undefined })).toBe('user_ADMIN');
  for (const act of [{}, { sub: 1 }, { sub: '' }, 'user_ADMIN', 1, true, []])
    expect([act, actorOf({ act })]).toEqual([act, 'unknown']);
  for (const claims of [{}, { act: null }, { act: undefined }]) expect(actorOf(claims)).toBeUndefined();
});
