/** A sample of the attacks on a gate in development mode, where every session takes the long way. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore } from '../../../../generator/store/open.ts';
import { freePort } from '../../../../scripts/demo/identity/free-port.ts';
import { meantPath } from '../../http/target.ts';
import { TEST_ISSUER, TEST_KEY } from '../development-instance.ts';
import { assault, type Outcome, PLAIN_HEADERS } from './assault.ts';
import { identitiesOf, keys, previousKeys } from './identities.ts';
import { type Attack, planAttacks } from './plan.ts';
import { type GateProcess, startGateProcess } from './process.ts';
import { publishOrganization } from './world.ts';

/** Each takes Astro and Clerk's SDK: fewer than on a gate in production. */
const COUNT = Math.ceil(Number(process.env.CCI_ATTACKS ?? 6000) / 10);
const SEED = 'development';
/**
 * Asked by one address, these are refused after some: what their pairs get hangs on how many came before. Clerk's part of the sign-in page has an id by
 * chance too, and compressed the page has not always the same length.
 */
const LIMITED = /^\/(?:sign-in|u\/)/;

let folder: string;
let gate: GateProcess;
let attacks: Attack[];
let outcome: Outcome;
let entered: number;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cci-attack-'));
  const [reports, input] = [`file:${join(folder, 'reports')}`, `file:${join(folder, 'input')}`];
  const organizations = await Promise.all(
    [
      { id: 'org_1', name: 'Alpha' },
      { id: 'org_12', name: 'Beta' },
    ].map((each) => publishOrganization(openStore(reports), openStore(input), { ...each, seed: SEED })),
  );
  const port = await freePort();
  const [host, frontend] = [`localhost:${port}`, new URL(TEST_ISSUER).host];
  const site = {
    identities: identitiesOf({ origin: `http://${host}`, frontend, publishableKey: TEST_KEY }),
    host,
    cookie: '__clerk_db_jwt=dvb_1',
    bare: true as const,
  };
  gate = await startGateProcess({
    ...{ development: 'true', reports, input, port: String(port) },
    ...{ publishableKey: TEST_KEY, secretKey: 'sk_test_x', jwtKey: keys.pem, jwtKeyPrevious: previousKeys.pem },
  });
  const planned = planAttacks(COUNT, { attackers: organizations, victims: organizations, seed: SEED, site });
  attacks = planned.filter(({ shape }) => !LIMITED.test(meantPath(shape.target)));
  entered = 0;
  outcome = await assault(
    gate.port,
    attacks,
    organizations,
    ({ identity }, { status, headers }) => {
      if (identity.accepted && status === 200 && headers.has('server-timing')) entered++;
    },
    PLAIN_HEADERS,
  );
});

afterAll(async () => {
  await gate?.close();
  await rm(folder, { recursive: true, force: true });
});

test('nobody gets a byte of an organization that is not theirs, nor can tell it from what is not there', () => {
  expect(outcome.answered).toBe(attacks.length);
  expect(outcome.leaks).toEqual([]);
  expect(outcome.entered).toEqual([]);
  expect(outcome.compared).toBeGreaterThan(attacks.length / 8);
  expect(outcome.told).toEqual([]);
});

test('nothing breaks, every answer has the security headers, and nobody but Clerk is asked', async () => {
  expect(outcome.broken).toEqual([]);
  expect(outcome.bare).toEqual([]);
  const { tried, failures } = await gate.seen();
  expect(failures).toEqual([]);
  // Of these attacks some bring the nonce of a handshake in the query, which production refuses.
  expect(tried.filter((each) => each !== 'connect api.clerk.com:443')).toEqual([]);
});

test('sessions of members are taken', () => {
  expect(entered).toBeGreaterThan(0);
});
