import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type Asking, bundleName, findBundle } from './bundle.ts';
import { outputsOf } from './outputs.ts';

const SHA = 'a'.repeat(40);
const CODE = 'c'.repeat(40);
const HASH = '5'.repeat(64);
const REPOSITORY = 'acme/reports-schedule';

/** An artifact and its run as GitHub's documentation shows them, and what makes one ours. */
const artifact = () => ({
  id: 11,
  name: bundleName(CODE),
  expired: false,
  digest: `sha256:${HASH}`,
  workflow_run: { id: 7, repository_id: 1, head_repository_id: 1, head_branch: 'main', head_sha: SHA },
});
const run = () => ({
  id: 7,
  event: 'schedule',
  path: '.github/workflows/reports.yml',
  head_sha: SHA,
  head_branch: 'main',
  head_repository: { full_name: REPOSITORY },
});

/** What a double of GitHub's API has. */
let has: { artifacts: object[]; runs: { [id: string]: object } };
let broken: number | 'garbage' | undefined;
const asked: string[] = [];
const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://api');
  asked.push(`${request.headers.authorization} ${pathname}`);
  if (broken !== undefined) return void response.writeHead(broken === 'garbage' ? 200 : broken).end('<html>');
  const body = pathname.endsWith('/artifacts')
    ? { artifacts: has.artifacts.filter((each) => (each as { name: string }).name === searchParams.get('name')) }
    : has.runs[pathname.split('/').at(-1) as string];
  response.writeHead(body ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(body ?? {}));
});
let asking: Asking;
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  asking = {
    api: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: 'token',
    repository: REPOSITORY,
    sha: SHA,
    workflow: `${REPOSITORY}/.github/workflows/reports.yml@refs/heads/main`,
    code: CODE,
  };
});
afterAll(() => server.close());

const find = (artifacts: object[] = [artifact()], runs: object = { 7: run() }, over: Partial<Asking> = {}) => {
  has = { artifacts, runs: runs as typeof has.runs };
  return findBundle({ ...asking, ...over });
};

it('finds the bundle that an earlier run of the same file and commit has built', async () => {
  asked.length = 0;
  expect(await find()).toEqual({ run: '7', sha256: HASH });
  expect(asked).toEqual([
    `Bearer token /repos/${REPOSITORY}/actions/artifacts`,
    `Bearer token /repos/${REPOSITORY}/actions/runs/7`,
  ]);
  expect(await find([artifact()], { 7: { ...run(), path: '.github/workflows/reports.yml@main' } })).toBeDefined();
  expect(await find([{ ...artifact(), expired: true }, artifact()])).toBeDefined();
});

it.each<[why: string, artifact: object, run?: object]>([
  ['it is gone', { expired: true }],
  ['it has no hash', { digest: null }],
  ['its hash is of another kind', { digest: `sha512:${HASH}` }],
  ['it is of other code', { name: bundleName(SHA) }],
  ['another commit made it', { workflow_run: { ...artifact().workflow_run, head_sha: CODE } }],
  ['a fork made it', { workflow_run: { ...artifact().workflow_run, head_repository_id: 2 } }],
  ['nobody knows whose it is', { workflow_run: { id: 7, head_sha: SHA } }],
  ['its run is odd', { workflow_run: { ...artifact().workflow_run, id: '7/../../../x' } }],
  ['a pull request made it', {}, { event: 'pull_request' }],
  ['another workflow made it', {}, { path: '.github/workflows/ci.yml' }],
  ['its run is of another commit', {}, { head_sha: CODE }],
  ['its run is of a fork', {}, { head_repository: { full_name: 'other/reports-schedule' } }],
])('takes none where %s', async (_why, ofArtifact, ofRun = {}) => {
  expect(await find([{ ...artifact(), ...ofArtifact }], { 7: { ...run(), ...ofRun } })).toBeUndefined();
});

it('takes none where no commit is given', async () => {
  await expect(find([artifact()], { 7: run() }, { code: '' })).rejects.toThrow('no commit');
});

it('says what there is to do, and asks for no bundle where nothing needs one', async () => {
  const never = () => Promise.reject(new Error('asked'));
  expect(await outputsOf({ shard: [], digest: false }, never)).toEqual({
    shards: '[]',
    digest: 'false',
    bundle: 'none',
  });
  const shard = [{ name: '1', orgs: 'org_a org_b' }];
  expect(await outputsOf({ shard, digest: false }, () => find())).toEqual({
    shards: '[{"name":"1","orgs":"org_a org_b"}]',
    digest: 'false',
    bundle: 'found',
    run: '7',
    sha256: HASH,
  });
  expect(await outputsOf({ shard: [], digest: true }, () => find([]))).toMatchObject({ bundle: 'missing' });
});

it.each([401, 403, 500, 302, 'garbage'] as const)('has it built where GitHub answers %s', async (status) => {
  const told = vi.spyOn(console, 'error').mockReturnValue();
  broken = status;
  const outputs = await outputsOf({ shard: [], digest: true }, () => find());
  broken = undefined;
  expect(outputs).toEqual({ shards: '[]', digest: 'true', bundle: 'missing' });
  expect(told).toHaveBeenCalledWith(expect.stringContaining('so it is built again'));
});
