import { describe, expect, test } from 'vitest';
import { linkMark } from '../../../generator/lib/link-mark.ts';
import { isForeignLink } from './link.ts';
import { admit, type OrganizationId } from './tenant.ts';

const session = {
  tokenType: 'session_token',
  isAuthenticated: true,
  userId: 'user_1',
  orgId: 'org_1',
  orgSlug: 'parcels',
  sessionClaims: { v: 2, org_id: 'org_1', user_id: 'user_1', org_name: 'Parcels Ltd', email: 'ann@example.com' },
};
const claims = (over: object) => ({ ...session, sessionClaims: { ...session.sessionClaims, ...over } });
const IN = {
  kind: 'in',
  tenant: {
    organization: 'org_1',
    organizationName: 'Parcels Ltd',
    user: { id: 'user_1', email: 'ann@example.com' },
  },
};

describe('a session', () => {
  test('whose claims agree is let in', () => {
    expect(admit(session)).toStrictEqual(IN);
    expect(admit(claims({ v: 1 }))).toStrictEqual(IN);
    expect(admit(claims({ v: undefined }))).toStrictEqual(IN);
  });

  test.each<[string, unknown]>([
    ['none', undefined],
    ['null', null],
    ['of another kind', { ...session, tokenType: 'oauth_token' }],
    ['not verified', { ...session, isAuthenticated: false }],
    ['perhaps verified', { ...session, isAuthenticated: 1 }],
    ['of nobody', { ...session, userId: undefined }],
    ['of a user without a name', { ...session, userId: '' }],
    ['of a user that is no text', { ...session, userId: {} }],
  ])('is signed out where it is %s', (_what, given) => {
    expect(admit(given as typeof session)).toStrictEqual({ kind: 'signed out' });
  });

  test.each<[string, unknown, string]>([
    ['another version', claims({ v: 3 }), 'token version'],
    ['a version that is no number', claims({ v: '2' }), 'token version'],
    ['another user', claims({ user_id: 'user_2' }), 'claims'],
    ['another organization', claims({ org_id: 'org_2' }), 'claims'],
    ['an organization that is no id', { ...session, orgId: '../org_2' }, 'organization'],
    ['an organization that is no text', { ...session, orgId: 1 }, 'organization'],
    ['an organization in a list', { ...session, orgId: ['org_1'], sessionClaims: {} }, 'organization'],
  ])('is refused where it says %s', (_what, given, why) => {
    expect(admit(given as typeof session)).toStrictEqual({ kind: 'refused', why });
  });

  test('without an organization has to choose one, whatever its custom claims say', () => {
    for (const orgId of [undefined, null])
      expect(admit({ ...session, orgId })).toStrictEqual({
        kind: 'no organization',
        user: { id: 'user_1', email: 'ann@example.com' },
      });
  });

  test('is marked where the organization’s claim is missing or was never filled in', () => {
    for (const over of [{ org_id: undefined }, { org_id: '{{org.id}}' }, { org_id: 7 }])
      expect([over, admit(claims(over))]).toStrictEqual([over, { ...IN, unfilled: true }]);
    expect(admit({ ...session, sessionClaims: undefined })).toMatchObject({ kind: 'in', unfilled: true });
    // A user's id that no template filled in contradicts nothing.
    expect(admit(claims({ user_id: '{{user.id}}' }))).toStrictEqual(IN);
  });

  test('shows the organization by its claim, else its slug, else its id', () => {
    const nameOf = (given: object) => {
      const admission = admit({ ...session, ...given });
      return admission.kind === 'in' ? admission.tenant.organizationName : undefined;
    };
    for (const none of [undefined, '', 7]) {
      expect(nameOf(claims({ org_name: none }))).toBe('parcels');
      expect(nameOf({ ...claims({ org_name: none }), orgSlug: none })).toBe('org_1');
    }
    expect(nameOf({})).toBe('Parcels Ltd');
  });

  test('has no address where its claim is no text', () => {
    expect(admit(claims({ email: { x: 1 } }))).toStrictEqual({
      ...IN,
      tenant: { ...IN.tenant, user: { id: 'user_1' } },
    });
  });

  test('of which somebody else is the actor is named by no more than 256 characters', () => {
    const admission = admit(claims({ act: { sub: `user_${'x'.repeat(300)}` } }));
    expect(admission).toMatchObject({ tenant: { user: { actor: `user_${'x'.repeat(251)}` } } });
  });
});

test('a link is foreign where any of its marks is another organization’s', () => {
  const org = 'org_1' as OrganizationId;
  const [own, theirs] = [linkMark('org_1'), linkMark('org_12')];
  expect(
    ['/', '/?x=1', `/?o=${own}`, `/calls/?o=${own}&x&o=${own}`].map((target) => isForeignLink(target, org)),
  ).toEqual(Array(4).fill(false));
  expect(
    [`/?o=${theirs}`, `/?o=${own}&o=${theirs}`, '/?o=', '/?o'].map((target) => isForeignLink(target, org)),
  ).toEqual(Array(4).fill(true));
});
