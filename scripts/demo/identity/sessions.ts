import { randomBytes } from 'node:crypto';
import { cookie, sessionCookies } from './cookies.ts';
import { forge, type Keys, sessionClaims } from './forge.ts';
import type { Organization, Person } from './people.ts';

export interface DemoSession {
  id: string;
  person: Person;
  /** "" for none. */
  org: string;
  /** Seconds since the epoch. */
  signedInAt: number;
}

export interface Sessions {
  /** Undefined where there is no such person, or they do not belong there. */
  open(userId: string, org: string): DemoSession | undefined;
  get(id: string | undefined): DemoSession | undefined;
  /** False where they do not belong there. */
  choose(session: DemoSession, org: string): boolean;
  end(id: string | undefined): void;
  /** Set-Cookie lines that sign in, or out. */
  cookies(session: DemoSession | undefined): string[];
  /** The cookie that carries those lines to the gate, signed. */
  handshake(session: DemoSession | undefined): string;
}

const seconds = (): number => Math.floor(Date.now() / 1000);
const MOST = 1000;

/** Who is signed in, for as long as the program runs. */
export function openSessions(options: {
  persons: readonly Person[];
  organizations: readonly Organization[];
  gateOrigin: string;
  issuer: string;
  publishableKey: string;
  keys: Keys;
  life?: number;
}): Sessions {
  const { persons, organizations, gateOrigin, issuer, publishableKey, keys, life = 60 } = options;
  const live = new Map<string, DemoSession>();
  const belongs = (person: Person, org: string): boolean =>
    org === '' ? person.orgs.length === 0 : person.orgs.includes(org);

  function token({ id, person, org }: DemoSession): string {
    const name = organizations.find((each) => each.org === org)?.name;
    const facts = { issuer, origin: gateOrigin, user: person.userId, email: person.email, session: id, life };
    return forge(sessionClaims({ ...facts, ...(org !== '' && { org: { id: org, name: name ?? org } }) }), { keys });
  }

  const cookies = (session: DemoSession | undefined): string[] =>
    sessionCookies(publishableKey, session && { token: token(session), signedInAt: session.signedInAt });

  return {
    cookies,
    open(userId, org) {
      const person = persons.find((each) => each.userId === userId);
      if (!person || !belongs(person, org)) return undefined;
      const session = { id: `sess_${randomBytes(16).toString('hex')}`, person, org, signedInAt: seconds() };
      live.set(session.id, session);
      const [oldest] = live.keys();
      if (live.size > MOST && oldest) live.delete(oldest);
      return session;
    },
    get: (id) => (id === undefined ? undefined : live.get(id)),
    choose(session, org) {
      if (!belongs(session.person, org)) return false;
      session.org = org;
      return true;
    },
    end(id) {
      if (id !== undefined) live.delete(id);
    },
    handshake(session) {
      // The gate takes the lines in the token for its own answer; the last one removes the token itself.
      const lines = [...cookies(session), cookie('__clerk_handshake', '', 0)];
      return cookie('__clerk_handshake', forge({ handshake: lines }, { keys }), 10);
    },
  };
}
