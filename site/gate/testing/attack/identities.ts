import {
  type Claims,
  cookieSuffix,
  forge,
  type Keys,
  makeKeys,
  publishableKeyOf,
  sessionClaims,
} from '../../../../scripts/demo/identity/forge.ts';
import type { Place } from './world.ts';

/** Who asks. */
export interface Identity {
  name: string;
  /** Carries a session of `own` that the gate is right to accept; all others may see nothing of anybody. */
  accepted: boolean;
  /** Header lines, made to get at the files of `victim`. */
  lines(victim: Place, own: Place): string[];
  /** The same without what is wrong about it: it lets `owner` in. */
  twin(owner: Place): string[];
}

/** The instance of Clerk whose sessions are used, and the site that they are for. */
export interface Instance {
  origin: string;
  frontend: string;
  publishableKey: string;
}

export const ORIGIN = 'https://reports.example.com';
const FRONTEND = 'clerk.example.com';
export const PUBLISHABLE_KEY: string = publishableKeyOf(FRONTEND);
const PRODUCTION: Instance = { origin: ORIGIN, frontend: FRONTEND, publishableKey: PUBLISHABLE_KEY };
export const keys: Keys = makeKeys();
export const previousKeys: Keys = makeKeys();
const stranger = makeKeys();

/** Longer than any run takes, so that no verdict hangs on a clock. */
const LIFE = 7200;
/** Read once: what is signed in two moments must not look different for that. */
const NOW = Math.floor(Date.now() / 1000);

/** Who asks a site with sessions of an instance, or without. */
function openInstance({ origin, frontend, publishableKey }: Instance) {
  const SUFFIX = cookieSuffix(publishableKey);

  function claimsOf(place: Place | undefined, more: Claims = {}): Claims {
    const user = `user_${place?.token ?? 'nobody'}`;
    const org = place && { id: place.id, name: place.name };
    return {
      ...sessionClaims({
        issuer: `https://${frontend}`,
        origin,
        user,
        life: LIFE,
        now: NOW,
        ...(org && { org }),
      }),
      ...more,
    };
  }

  /** Token version 1: the organization stands in claims of its own. */
  function firstVersion(place: Place): Claims {
    const { o: _, v: __, ...rest } = claimsOf(place);
    return { ...rest, org_role: 'member' };
  }

  /** Clerk takes the newer one of two cookies, whoever signed it. */
  const older = (place: Place): Claims => claimsOf(place, { iat: NOW - 60 });
  const without = (claims: Claims, name: string): Claims => ({ ...claims, [name]: undefined });
  const cookies = (token: string, uat = '1'): string[] => [`Cookie: __session=${token}; __client_uat=${uat}`];
  const suffixed = (token: string): string[] => [`Cookie: __session_${SUFFIX}=${token}; __client_uat_${SUFFIX}=1`];
  const genuine = (place: Place): string => forge(claimsOf(place), { keys });
  const signed = (place: Place | undefined, more: Claims = {}): string[] =>
    cookies(forge(claimsOf(place, more), { keys }));
  const session = (place: Place): string[] => cookies(genuine(place));
  const headed = (place: Place, header: Claims): string[] => cookies(forge(claimsOf(place), { keys, header }));

  const accepted: [name: string, lines: Identity['lines']][] = [
    ['session, version 2', (_, own) => session(own)],
    ['session, version 1', (_, own) => cookies(forge(firstVersion(own), { keys }))],
    ['session in suffixed cookies', (_, own) => suffixed(genuine(own))],
    ['session of the previous key', (_, own) => cookies(forge(claimsOf(own), { keys: previousKeys }))],
    [
      'session beside a forged one',
      (v, own) => [
        `Cookie: __session_${SUFFIX}=${genuine(own)}; __client_uat_${SUFFIX}=1; __session=${forge(older(v), { keys: stranger })}; __client_uat=1`,
      ],
    ],
    [
      'session and a bearer token',
      (v, own) => [...session(own), `Authorization: Bearer ${forge(claimsOf(v), { keys: stranger })}`],
    ],
    [
      'session and cookies that name another organization',
      (v, own) => [
        `${session(own)[0]}; org=${v.id}; __clerk_active_org=${v.id}; org_id=${v.id}; clerk_active_context=sess_1:${v.id}`,
      ],
    ],
    [
      'session and another organization smuggled into the names',
      (v, own) => signed(own, { org_name: v.id, email: `${v.id}@x.example` }),
    ],
  ];

  const refused: [name: string, lines: (victim: Place, own: Place) => string[], twin?: Identity['twin']][] = [
    ['none', () => ['X-Nothing: 1']],
    ['garbage', () => cookies('a.b.c')],
    ['expired', (v) => cookies(forge({ ...claimsOf(v), iat: NOW - 120, nbf: NOW - 130, exp: NOW - 60 }, { keys }))],
    ['not yet valid', (v) => signed(v, { nbf: NOW + 3600 })],
    ['issued in the future', (v) => signed(v, { iat: NOW + 3600 })],
    ['no expiry', (v) => cookies(forge(without(claimsOf(v), 'exp'), { keys }))],
    ['expiry as text', (v) => signed(v, { exp: String(NOW + 600) })],
    ['wrong key', (v) => cookies(forge(claimsOf(v), { keys: stranger }))],
    ['wrong key, suffixed', (v) => suffixed(forge(claimsOf(v), { keys: stranger })), (o) => suffixed(genuine(o))],
    ['alg none', (v) => cookies(forge(claimsOf(v), { alg: 'none' }))],
    ['alg none, with a signature', (v) => cookies(`${forge(claimsOf(v), { alg: 'none' })}AAAA`)],
    ['alg None', (v) => headed(v, { alg: 'None' })],
    ['public key as an HS256 secret', (v) => cookies(forge(claimsOf(v), { secret: keys.pem, alg: 'HS256' }))],
    ['RS512', (v) => cookies(forge(claimsOf(v), { keys, alg: 'RS512' }))],
    ['wrong azp', (v) => signed(v, { azp: 'https://reports.example.org' })],
    ['azp with http', (v) => signed(v, { azp: 'http://reports.example.com' })],
    ['missing azp', (v) => cookies(forge(without(claimsOf(v), 'azp'), { keys }))],
    ['wrong issuer', (v) => signed(v, { iss: 'https://clerk.example.org' })],
    [
      'wrong issuer, suffixed',
      (v) => suffixed(forge(claimsOf(v, { iss: 'https://x.example' }), { keys })),
      (o) => suffixed(genuine(o)),
    ],
    ['no issuer', (v) => cookies(forge(without(claimsOf(v), 'iss'), { keys }))],
    ['no subject', (v) => cookies(forge(without(claimsOf(v), 'sub'), { keys }))],
    ['no organization', () => signed(undefined)],
    ['no organization, one in a custom claim', (v) => signed(undefined, { org_id: v.id, org_name: v.name })],
    [
      'no organization, one of version 1 in a token of version 2',
      (v) => signed(undefined, { org_id: v.id, org_role: 'admin' }),
    ],
    [
      'another organization in a custom claim',
      (v, own) => signed(own, { org_id: v.id === own.id ? 'org_other' : v.id }),
    ],
    [
      'another organization in the verified claim',
      (v, own) => signed(v, { org_id: v.id === own.id ? 'org_other' : own.id }),
    ],
    ['another user in a custom claim', (v) => signed(v, { user_id: 'user_2' })],
    ['version 3', (v) => signed(v, { v: 3 })],
    ['version as text', (v) => signed(v, { v: '2', org_id: v.id })],
    ['pending session', (v) => signed(v, { sts: 'pending' })],
    ['organization that is a list', (v) => signed(v, { o: { id: [v.id], rol: 'member' }, org_id: undefined })],
    ['organization that is a path', (v) => signed(v, { o: { id: `x/../${v.id}`, rol: 'member' }, org_id: undefined })],
    ['organization with a slash', (v) => signed(v, { o: { id: `${v.id}/`, rol: 'member' }, org_id: undefined })],
    ['organization named assets', (v) => signed(v, { o: { id: 'assets', rol: 'member' }, org_id: undefined })],
    ['machine token', (v) => headed(v, { cat: 'cl_B7d4PD333AAA' })],
    [
      'machine subject in a machine token',
      (v) => cookies(forge(claimsOf(v, { sub: 'mch_1' }), { keys, header: { cat: 'cl_B7d4PD333AAA' } })),
    ],
    ['JWT template', (v) => headed(v, { cat: 'cl_B7d4PD222AAA' })],
    ['access token type', (v) => headed(v, { typ: 'at+jwt' })],
    ['session as a bearer token', (v) => [`Authorization: Bearer ${genuine(v)}`], session],
    ['session as a bare header', (v) => [`Authorization: ${genuine(v)}`], session],
    ['API key', () => ['Authorization: Bearer ak_0123456789abcdef']],
    ['machine key', () => ['Authorization: Bearer mt_0123456789abcdef']],
    ['OAuth token', () => ['Authorization: Bearer oat_0123456789abcdef']],
    ['session in an encoded cookie', (v) => [`Cookie: x=1%3B__session=${genuine(v)}`]],
    ['session in a cookie of other case', (v) => [`Cookie: __SESSION=${genuine(v)}; __client_uat=1`]],
    [
      'session of another instance’s suffix',
      (v) => [`Cookie: __session_AAAAAAAA=${genuine(v)}; __client_uat_AAAAAAAA=1`],
    ],
    ['signed out, session left over', (v) => cookies(genuine(v), '0')],
    ['signed in again since', (v) => cookies(genuine(v), String(NOW + 3600))],
    ['a changed character', (v) => cookies(genuine(v).replace(/.(.{20})$/, (_, rest) => `~${rest}`))],
    [
      'another payload under a right signature',
      (v, own) => cookies(swapped(genuine(own), claimsOf(v, { jti: 'other' }))),
    ],
  ];

  const identities: Identity[] = [
    ...accepted.map(
      ([name, lines]): Identity => ({ name, accepted: true, lines, twin: (owner) => lines(owner, owner) }),
    ),
    ...refused.map(([name, lines, twin = session]): Identity => ({ name, accepted: false, lines, twin })),
  ];
  return { identities, signed, session, claimsOf, SUFFIX };
}

function swapped(token: string, claims: Claims): string {
  const [head, , signature] = token.split('.');
  return [head, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
}

const production = openInstance(PRODUCTION);

/** Who is turned away everywhere, and who has a session of an organization. */
export const IDENTITIES: Identity[] = production.identities;

/** The same with sessions of another instance. */
export const identitiesOf = (instance: Instance): Identity[] => openInstance(instance).identities;

/** A session of one of many members. */
export const memberSession = ({ id, name }: { id: string; name: string }, user: string): string[] =>
  production.signed({ id, name, token: id } as Place, { sub: user, user_id: user });

/** A session as Clerk gives it to a member. */
export const sessionOf = ({ id, name }: { id: string; name: string }): string[] =>
  production.session({ id, name, token: id } as Place);

/** A session that has ended, with the cookie that lets a server renew it at Clerk's API. */
export const expiredWithRefresh = (place: Place): string[] => {
  const ended = { iat: NOW - 120, nbf: NOW - 130, exp: NOW - 60 };
  const token = forge(production.claimsOf(place, ended), { keys });
  return [`Cookie: __session=${token}; __client_uat=1; __refresh_${production.SUFFIX}=x`];
};
