import { type Random, random } from '../../../../scripts/demo/data/random.ts';
import type { Sent } from './client.ts';
import { IDENTITIES, type Identity } from './identities.ts';
import { MUTATIONS } from './mutations.ts';
import type { Mutation, Shape } from './shape.ts';
import { COMMON, nobodyLike, type Organization, type Place, pathsOf, soundPathsOf } from './world.ts';

/** One request of the suite, with what is known about it. */
export interface Attack extends Sent {
  identity: Identity;
  mutation: Mutation;
  shape: Shape;
  /** Whose member the attacker is. */
  own: Organization;
  /** Whose file is asked for. */
  place: Place;
  /** Attacks of one number differ in nothing but that the one asks for what is another's, and the other for what nobody has. */
  pair?: number;
}

/** How often a request has its twin, which asks for what nobody has: more often where there is a session to tell them apart with. */
const PAIRED = { accepted: 0.9, refused: 0.25 };
const [plain] = IDENTITIES;
const document = ['Accept: text/html', 'Sec-Fetch-Dest: document'];

/** A shape's twin is tried at one path in so many. */
const SOME = 4;

/** How a site is asked, whatever is asked of it. */
export interface Site {
  identities: Identity[];
  host: string;
  /** A cookie that each browser has. */
  cookie?: string;
  /** No proxy stands before it. */
  bare?: true;
}

const PRODUCTION: Site = { identities: IDENTITIES, host: 'reports.example.com' };

/** What a plan is made with: whoever is attacked and attacks. */
interface Chosen {
  identity: Identity;
  mutation: Mutation;
  own: Organization;
  victim: Organization;
  asDocument: boolean;
}

/**
 * Every identity with every mutation, then sessions of other organizations, until there are `count`. The same for the same seed.
 * @param attackers organizations whose members attack; `victims` have sites; `site` by default the one in production
 */
export function planAttacks(
  count: number,
  {
    attackers,
    victims,
    seed,
    site = PRODUCTION,
  }: { attackers: Organization[]; victims: Organization[]; seed: string; site?: Site },
): Attack[] {
  const chance = random(seed);
  const compose = composer(site);
  const attacks: Attack[] = [];
  const add = (identity: Identity, mutation: Mutation) => {
    const victim = chance.pick(victims);
    const own = chance.pick(attackers.filter((each) => each !== victim));
    const chosen = { identity, mutation, own, victim, asDocument: chance.chance(0.5) };
    const paired = chance.chance(PAIRED[identity.accepted ? 'accepted' : 'refused']);
    attacks.push(...(paired ? pairOf(chosen, attacks.length, chance, compose) : [singleOf(chosen, chance, compose)]));
  };
  const all = site.identities.flatMap((identity) => MUTATIONS.map((mutation) => ({ identity, mutation })));
  for (const { identity, mutation } of shuffled(all, chance)) if (attacks.length < count) add(identity, mutation);
  const accepted = site.identities.filter((each) => each.accepted);
  while (attacks.length < count) add(chance.pick(accepted), chance.pick(MUTATIONS));
  return attacks;
}

type Compose = (chosen: Chosen, place: Place, path: string, more?: { owner?: Organization; pair?: number }) => Attack;

function pairOf(chosen: Chosen, pair: number, chance: Random, compose: Compose): Attack[] {
  const nobody = nobodyOf(chosen.victim);
  const which = chance.int(0, ownPaths(nobody).length - 1);
  return [chosen.victim, nobody].map((place) => compose(chosen, place, ownPaths(place)[which] as string, { pair }));
}

const nobodies = new Map<Place, Place>();
function nobodyOf(victim: Place): Place {
  const nobody = nobodies.get(victim) ?? nobodyLike(victim);
  nobodies.set(victim, nobody);
  return nobody;
}

const paths = new Map<Place, string[]>();
function ownPaths(place: Place): string[] {
  const own = paths.get(place) ?? [...pathsOf(place), ...soundPathsOf(place)];
  paths.set(place, own);
  return own;
}

/** At a path that all sites have, each sees its own or nothing. */
const singleOf = (chosen: Chosen, chance: Random, compose: Compose): Attack =>
  compose(
    chosen,
    chosen.victim,
    chance.pick([...COMMON, ...(chosen.identity.accepted ? [] : ownPaths(chosen.victim))]),
  );

/** What is refused, without what is wrong about it: by each identity at each plain path, and in each shape at some of the paths. */
export function planTwins(owners: Organization[]): (Attack & { path: string })[] {
  const compose = composer();
  const [unchanged] = MUTATIONS as [Mutation];
  return owners.flatMap((owner) =>
    [...COMMON.filter((path) => path !== '/404.html'), ...pathsOf(owner)].flatMap((path, i) => {
      const cases = [
        ...IDENTITIES.map((identity) => ({ identity, mutation: unchanged })),
        ...MUTATIONS.filter((_, m) => m % SOME === i % SOME).map((mutation) => ({
          identity: plain as Identity,
          mutation,
        })),
      ];
      return cases.map(({ identity, mutation }) => {
        const used = mutation.legal ? mutation : unchanged;
        const chosen = { identity, mutation: used, own: owner, victim: owner, asDocument: i % 2 === 0 };
        return { ...compose(chosen, owner, path, { owner }), mutation, path };
      });
    }),
  );
}

/** Signing takes longer than asking: each session is signed once. */
function composer({ host: own, cookie, bare }: Site = PRODUCTION): Compose {
  const lines = new Map<string, string[]>();
  let address = 0;
  return ({ identity, mutation, own: member, asDocument }, place, path, { owner, pair } = {}) => {
    const key = [identity.name, member.id, place.id, owner?.id].join(' ');
    const who = lines.get(key) ?? withCookie(owner ? identity.twin(owner) : identity.lines(place, member), cookie);
    lines.set(key, who);
    const shape = mutation.shape(path, place);
    const more = shape.lines ?? [];
    const asks = asDocument && !more.some((line) => /^(?:accept|sec-fetch-dest):/i.test(line)) ? document : [];
    // Each from an address of its own: how often one address may ask is another test's matter.
    const from = `X-Forwarded-For: 2001:db8:${(address >> 16).toString(16)}:${(address++ & 0xffff).toString(16)}::1`;
    const host = shape.host ?? own;
    const all = [...(host === '' ? [] : [`Host: ${host}`]), ...who, ...asks, ...more, ...(bare ? [] : [from])];
    const method = shape.method ?? 'GET';
    const { body, alone } = shape;
    const about = {
      kind: mutation.name,
      identity,
      mutation,
      shape,
      own: member,
      place,
      ...(pair !== undefined && { pair }),
    };
    return {
      // Long, and of use once: when it is sent.
      get head() {
        return `${method} ${shape.target} HTTP/1.1\r\n${all.map((line) => `${line}\r\n`).join('')}\r\n`;
      },
      ...{ body, alone, method, ...about },
    };
  };
}

function withCookie(lines: string[], cookie: string | undefined): string[] {
  if (cookie === undefined) return lines;
  const at = lines.findIndex((line) => line.startsWith('Cookie:'));
  return at < 0 ? [...lines, `Cookie: ${cookie}`] : lines.with(at, `${lines[at]}; ${cookie}`);
}

function shuffled<T>(items: readonly T[], chance: Random): T[] {
  return items
    .map((item) => ({ item, order: chance.next() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}
