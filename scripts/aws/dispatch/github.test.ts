import { generateKeyPairSync } from 'node:crypto';
import { expect, it } from 'vitest';
import { dispatchToGitHub, NotTaken } from './github.ts';
import { type GitHubFault, githubDouble, REPOSITORY } from './testing/github-double.ts';

const BODY = JSON.stringify({ event_type: 'pipeline-finished', client_payload: { organizations: ['org_1'] } });

it('sends a dispatch with a token for one repository and one right', async () => {
  await using double = await githubDouble();
  await dispatchToGitHub(double.app, { api: double.api, repository: REPOSITORY }, BODY);
  expect(double.dispatches).toEqual([JSON.parse(BODY)]);
  // Line breaks of a key in JSON may come as two characters.
  const oneLine = { ...double.app, privateKey: double.app.privateKey.replaceAll('\n', '\\n') };
  await dispatchToGitHub(oneLine, { api: double.api, repository: REPOSITORY }, BODY);
  expect(double.dispatches).toHaveLength(2);
});

const FAULTS: [name: string, fault: GitHubFault, says: RegExp][] = [
  ['another key', { of: 'token', status: 401 }, /does not know who asks \(401\)/],
  ['not installed', { of: 'token', status: 404 }, /Install it in this repository/],
  ['no right', { of: 'dispatch', status: 403 }, /Contents: read and write/],
  [
    'its limit',
    { of: 'dispatch', status: 403, headers: { 'x-ratelimit-remaining': '0' } },
    /no more requests for a while/,
  ],
  ['a second limit', { of: 'token', status: 403, headers: { 'retry-after': '60' } }, /no more requests for a while/],
  ['too many', { of: 'dispatch', status: 429 }, /no more requests for a while/],
  ['its failure', { of: 'dispatch', status: 502 }, /GitHub failed \(502\)/],
  [
    'another name',
    { of: 'dispatch', status: 307, headers: { location: '/repositories/1/dispatches' } },
    /another name now/,
  ],
  ['a cut before', { of: 'token', kind: 'reset' }, /no answer \(ECONNRESET|no answer \(UND_ERR/],
  ['a cut after', { of: 'dispatch', kind: 'lost' }, /no answer \(/],
];

it.each(FAULTS)('says what to do about %s, and takes it for not taken', async (_, fault, says) => {
  await using double = await githubDouble();
  double.faults.push(fault);
  const failed = await dispatchToGitHub(double.app, { api: double.api, repository: REPOSITORY }, BODY).catch(
    (error) => error,
  );
  expect(failed).toBeInstanceOf(NotTaken);
  expect(failed.message).toMatch(says);
  // Neither key nor token is in what is logged.
  expect(failed.message).not.toMatch(/ghs_|PRIVATE|eyJ/);
});

it('is refused with another key, at another time, and without a key says so', async () => {
  await using double = await githubDouble();
  const place = { api: double.api, repository: REPOSITORY };
  const privateKey = generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();
  await expect(dispatchToGitHub({ ...double.app, privateKey }, place, BODY)).rejects.toThrow('(401)');
  await expect(dispatchToGitHub(double.app, place, BODY, Date.now() - 3_600_000)).rejects.toThrow('(401)');
  await expect(dispatchToGitHub({ ...double.app, privateKey: 'x' }, place, BODY)).rejects.toThrow(
    'no private key in PEM',
  );
  expect(double.dispatches).toEqual([]);
});
