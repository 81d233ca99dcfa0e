import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Settings } from '../../../../generator/settings.ts';
import { openStore } from '../../../../generator/store/open.ts';
import { type Copy, copySources } from '../../../../scripts/mutants/copy.ts';
import { armedAs, noMiddleware, organizationFromQuery } from '../../../../scripts/mutants/layers.ts';
import { rawRequest } from '../gate.ts';
import { withoutIds } from '../ways/ask.ts';
import { assault, type Outcome } from './assault.ts';
import { type Answer, sendAll } from './client.ts';
import { expiredWithRefresh, IDENTITIES, keys, ORIGIN, PUBLISHABLE_KEY, previousKeys } from './identities.ts';
import { MUTATIONS } from './mutations.ts';
import { type Attack, planAttacks, planTwins } from './plan.ts';
import { type GateProcess, startGateProcess } from './process.ts';
import { isFile } from './verdict.ts';
import { type Organization, publishOrganization } from './world.ts';

const COUNT = Number(process.env.CCI_ATTACKS ?? 32_000);
const isLong = process.env.CCI_ATTACKS !== undefined;
/** One attack in so many is compared with the long way; one in so many is made on the gate without its middleware. */
const COMPARED = isLong ? 8 : 16;
const UNGUARDED = isLong ? 8 : 32;
/** How many look for the planted leak. */
const LEAK_SEEKERS = isLong ? 2500 : 800;
const SEED = 'attack';

let folder: string;
let settings: Settings;
let gate: GateProcess;
/** Both are in the store; one's id begins with the other's. */
let organizations: Organization[];
let attacks: Attack[];
let outcome: Outcome;
/** Attacks that are compared, and what the gate answered. */
let some: Attack[];
const answers = new Map<Attack, string>();

const plan = () => {
  const [alpha] = organizations as [Organization];
  // Members of an organization that has no site yet attack too.
  const empty = { ...alpha, id: 'org_123', name: 'Empty', token: 'empty', needles: [] };
  return planAttacks(COUNT, { attackers: [...organizations, empty], victims: organizations, seed: SEED });
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cci-attack-'));
  const [reports, input] = [`file:${join(folder, 'reports')}`, `file:${join(folder, 'input')}`];
  organizations = await Promise.all(
    [
      { id: 'org_1', name: 'Alpha' },
      { id: 'org_12', name: 'Beta' },
    ].map((each) => publishOrganization(openStore(reports), openStore(input), { ...each, seed: SEED })),
  );
  settings = {
    reports,
    input,
    siteUrl: ORIGIN,
    publishableKey: PUBLISHABLE_KEY,
    secretKey: 'sk_live_x',
    jwtKey: keys.pem,
    jwtKeyPrevious: previousKeys.pem,
  };
  attacks = plan();
  gate = await startGateProcess(settings);
  some = attacks.filter((_, i) => i % COMPARED === 0);
  const keep = new Set(some);
  outcome = await assault(gate.port, attacks, organizations, (attack, answer) => {
    if (keep.has(attack)) answers.set(attack, textOf(answer));
  });
});

afterAll(async () => {
  await gate?.close();
  await rm(folder, { recursive: true, force: true });
});

test('the attacks are the same each time, and each identity tries each mutation', () => {
  const tried = (each: Attack) => `${each.identity.name} | ${each.mutation.name} | ${each.method} ${each.shape.target}`;
  expect(plan().map(tried)).toEqual(attacks.map(tried));
  const together = new Set(attacks.map(({ identity, mutation }) => `${identity.name} | ${mutation.name}`));
  expect(together.size).toBe(IDENTITIES.length * MUTATIONS.length);
  expect(attacks.length).toBeGreaterThanOrEqual(COUNT);
});

test('every attack was answered, and at least a quarter had a session of another organization', () => {
  expect(outcome.answered).toBe(attacks.length);
  expect(outcome.crossing).toBeGreaterThanOrEqual(attacks.length / 4);
});

test('each mutation that does not break the connection was sent behind requests without an answer, too', () => {
  const alone = new Set(attacks.filter((each) => each.alone).map(({ mutation }) => mutation.name));
  const names = MUTATIONS.map(({ name }) => name).filter((name) => !alone.has(name));
  expect(names.filter((name) => !outcome.pipelined.has(name))).toEqual([]);
});

test('nobody got a byte of an organization that is not theirs', () => {
  expect(outcome.leaks).toEqual([]);
  expect(outcome.entered).toEqual([]);
});

test('what is another’s cannot be told from what is not there', () => {
  expect(outcome.compared).toBeGreaterThan(attacks.length / 4);
  expect(outcome.told).toEqual([]);
});

test('nothing broke, and every answer carried the security headers', () => {
  expect(outcome.broken).toEqual([]);
  expect(outcome.bare).toEqual([]);
});

test('each identity and each shape without its flaw gets 200 and the right bytes', async () => {
  const twins = planTwins(organizations);
  const wrong: string[] = [];
  const right = new Set<string>();
  await sendAll(gate.port, twins, (twin, answer) => {
    const name = `${twin.identity.name} | ${twin.mutation.name} | ${twin.shape.target}`;
    if (!isFile(twin.own, twin.path, answer)) wrong.push(`${name} → ${answer.status}`);
    else right.add(twin.identity.name).add(twin.mutation.name);
  });
  expect(wrong).toEqual([]);
  expect(right.size).toBe(IDENTITIES.length + MUTATIONS.length);
});

test('the long way gives the same answers, byte for byte', async () => {
  const longGate = await startGateProcess(settings, { short: false });
  try {
    const long = new Map<Attack, string>();
    await sendAll(longGate.port, some, (attack, answer) => long.set(attack, textOf(answer)));
    const other = some.filter((attack) => answers.get(attack) !== long.get(attack));
    expect(other.map((attack) => [attack.head, answers.get(attack), long.get(attack)])).toEqual([]);
    expect([answers.size, long.size]).toEqual([some.length, some.length]);
    expect(await longGate.seen()).toMatchObject({ tried: [], failures: [] });
  } finally {
    await longGate.close();
  }
});

test('verification asked nobody: all this time the gate opened no connection', async () => {
  expect(await gate.seen()).toMatchObject({ tried: [], failures: [] });
});

test('where a session has to be renewed, it does ask, and that is seen', async () => {
  const other = await startGateProcess(settings);
  try {
    const [owner] = organizations as [Organization];
    const answer = await rawRequest(other.port, '/', [...expiredWithRefresh(owner), 'Accept: text/html']);
    expect(answer.status).not.toBe(200);
    const { tried } = await other.seen();
    expect(tried.length).toBeGreaterThan(0);
    expect(new Set(tried)).toEqual(new Set(['connect api.clerk.com:443']));
  } finally {
    await other.close();
  }
});

describe('a copy of the gate with bugs', () => {
  let copy: Copy;
  beforeAll(async () => {
    copy = await copySources();
    await copy.plant([...organizationFromQuery(armedAs('query')), ...noMiddleware(armedAs('no middleware'))]);
    await copy.build();
  });
  afterAll(() => copy?.[Symbol.asyncDispose]());

  async function assaultPlanted(
    planted: string,
    some: Attack[],
    first: (port: number) => Promise<void> = async () => {},
  ): Promise<Outcome> {
    const gate = await startGateProcess(settings, { root: copy.root, planted });
    try {
      await first(gate.port);
      return await assault(gate.port, some, organizations);
    } finally {
      await gate.close();
    }
  }

  test('a planted leak is found', async () => {
    const crossing = attacks.filter(({ identity }) => identity.accepted).slice(0, LEAK_SEEKERS);
    const { leaks } = await assaultPlanted('query', crossing);
    expect(leaks.length).toBeGreaterThan(0);
    expect(new Set(leaks.map((leak) => leak.split(' | ')[1]))).toEqual(
      new Set(['organization in the query', 'organization in the query, percent-encoded']),
    );
  });

  test('without the middleware’s check nothing leaks: the endpoint’s is enough', async () => {
    const some = attacks.filter((_, i) => i % UNGUARDED === 0);
    const { answered, leaks, entered, broken } = await assaultPlanted('no middleware', some, async (port) => {
      const [alpha] = organizations as [Organization];
      const refused = IDENTITIES.filter(({ accepted }) => !accepted).map(({ lines }) => lines(alpha, alpha));
      const ask = (at: number) =>
        Promise.all(refused.map((lines) => rawRequest(at, '/', [...lines, 'Accept: text/html'])));
      const statusesAt = async (at: number) => (await ask(at)).map(({ status }) => status);
      expect(await statusesAt(port)).not.toEqual(await statusesAt(gate.port));
    });
    expect({ answered, leaks, entered, broken }).toEqual({ answered: some.length, leaks: [], entered: [], broken: [] });
  });
});

/** An answer as it came, without what is drawn for each. */
const textOf = ({ head, body }: Answer): string => withoutIds(`${head}\n\n${body.toString('latin1')}`);
