/** The scripts of reports.yml as they stand, run by bash against folders: all but GitHub itself, AWS and the installation. */
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { CONFIG, putCall } from '../generator/fixtures/world.ts';
import { ROOT } from '../generator/render/version.ts';
import { fileStore } from '../generator/store/file.ts';
import type { Workflow } from './workflow.ts';
import { WORKFLOWS } from './workflow-policy.ts';

const workflow = parse(readFileSync(join(WORKFLOWS, 'reports.yml'), 'utf8')) as Workflow;
const folder = mkdtempSync(join(tmpdir(), 'cci-workflow-'));
const url = (name: string) => pathToFileURL(join(folder, name)).href;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(async () => {
  // The checkout that the steps run in.
  for (const name of ['generator', 'scripts']) symlinkSync(join(ROOT, name), join(folder, name));
  for (const org of ['org_a', 'org_b', 'org_bad']) {
    await putCall(fileStore(url('results')), org, { id: 'c1' });
    const config = org === 'org_bad' ? { passMark: 'high' } : CONFIG;
    await fileStore(url('config')).put(`${org}/report-config.json`, JSON.stringify(config));
  }
});

const stores = () => ({
  CCI_RESULTS_URL: url('results'),
  CCI_CONFIG_URL: url('config'),
  CCI_REPORTS_URL: url('reports'),
});

/** Variables and secrets that nobody has set: GitHub puts nothing in their places. */
const UNSET = { CCI_NOTIFY_URL: '', CCI_NOTIFY_KEY: '', CCI_MAIL_URL: '', CCI_MAIL_FROM: '' };

/** One named step, with what GitHub would have put in place of its expressions. */
function step(
  job: string,
  name: string,
  env: { [variable: string]: string } = {},
  programs = dirname(process.execPath),
) {
  const found = workflow.jobs?.[job]?.steps?.find((each) => each.name === name);
  const given = { ...stores(), ...UNSET, ...env };
  // A variable that the step does not ask for is not there either.
  const asked = Object.keys(found?.env ?? {});
  const missing = asked.filter((each) => !Object.hasOwn(given, each));
  if (!found?.run || missing.length > 0) throw new Error(`${job}: ${name}: ${missing}`);
  writeFileSync(join(folder, 'output'), '');
  writeFileSync(join(folder, 'summary'), '');
  const { status, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', found.run], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      PATH: `${programs}${delimiter}${process.env.PATH}`,
      GITHUB_OUTPUT: join(folder, 'output'),
      GITHUB_STEP_SUMMARY: join(folder, 'summary'),
      ...Object.fromEntries(Object.entries(given).filter(([variable]) => asked.includes(variable))),
    },
  });
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  return { status, stderr, output: read('output'), summary: read('summary') };
}

/** What a step would start Node with; nothing is started. */
function argumentsOf(job: string, name: string, env: { [variable: string]: string }): string[] {
  const programs = join(folder, 'programs');
  mkdirSync(programs, { recursive: true });
  writeFileSync(join(programs, 'node'), '#!/bin/sh\nprintf "%s\\n" "$@" > arguments\n', { mode: 0o755 });
  const { status, stderr } = step(job, name, env, programs);
  expect([status, stderr]).toEqual([0, '']);
  return readFileSync(join(folder, 'arguments'), 'utf8').trimEnd().split('\n');
}

/** What a step has told later jobs. */
const outputsOf = (output: string): { [name: string]: string } =>
  Object.fromEntries(output.split('\n').flatMap((line) => (line === '' ? [] : [line.split(/=(.*)/s).slice(0, 2)])));
const CODE_SHA = 'c0de'.repeat(10);

const PLAN = { EVENT: 'workflow_dispatch', CCI_EVENTS_URL: '', CCI_MASKING_KEY: '', CCI_CHANGED: '', SHARDS: '4' };

/** The plan, and which organizations it has put into which shard. */
function plan(env: { [variable: string]: string } = {}) {
  const planned = step('plan', 'Plan', { ...PLAN, ...env });
  const text = readFileSync(join(folder, 'plan.json'), 'utf8');
  const { shard = [] } = JSON.parse(text) as { shard?: { orgs: string }[] };
  return { ...planned, shards: shard.map(({ orgs }) => orgs) };
}

const BUILD = { ACCEPT_LOSS: 'false', FORCE: '', CCI_EVENTS_URL: '', CCI_MASKING_KEY: '' };

it('plans, builds every shard though one fails, and sends the digests, with a summary of each', () => {
  const { status: planned, stderr, shards } = plan({ SHARDS: '2' });
  expect([planned, stderr]).toEqual([0, '']);
  expect(shards).toEqual(['org_a org_bad', 'org_b']);
  const told = step('plan', 'Outputs', { CODE_SHA, GITHUB_TOKEN: 'token' });
  // No GitHub answers here.
  expect([told.status, told.stderr]).toEqual([0, expect.stringContaining('so it is built again')]);
  expect(outputsOf(told.output)).toEqual({
    shards: '[{"name":"1","orgs":"org_a org_bad"},{"name":"2","orgs":"org_b"}]',
    digest: 'true',
    bundle: 'missing',
  });
  expect(step('plan', 'Summary').summary).toContain('### Planned: 3 organizations in 2 shards');

  const built = shards.map((orgs) => {
    const { status } = step('build', 'Build and publish', { ...BUILD, CCI_SHARD: orgs });
    return [status, step('build', 'Summary').summary.split('\n')[0]];
  });
  expect(built).toEqual([
    [1, '### Built: 1 published, 0 unchanged, 1 failed'],
    [0, '### Built: 1 published, 0 unchanged, 0 failed'],
  ]);
  const mail = { CCI_MAIL_URL: url('outbox'), CCI_MAIL_FROM: 'Reports <r@mail.example>', CCI_SITE_URL: '' };
  const sent = step('digest', 'Send digests', {
    ...mail,
    DRY_RUN: '',
    CCI_MASKING_KEY: '',
    CCI_UNSUBSCRIBE_KEY: '',
    CCI_UNSUBSCRIBE_MAIL: '',
  });
  expect([sent.status, step('digest', 'Summary').summary]).toEqual([1, expect.stringContaining('### Digests: 0 sent')]);
});

it('has nothing to build in an hour in which nothing has changed, and builds by hand all the same', async () => {
  // The wrong configuration is told each time.
  expect(plan({ EVENT: 'schedule' }).shards).toEqual(['org_bad']);
  expect(step('plan', 'Summary').summary).toContain('### Planned: 1 organization in 1 shard; 2 unchanged');
  const program = ['generator/reports.mjs', 'plan', '--json', '--shards', '4'];
  expect(argumentsOf('plan', 'Plan', { ...PLAN, EVENT: 'schedule' })).toEqual([...program, '--due']);
  expect(argumentsOf('plan', 'Plan', { ...PLAN, EVENT: 'repository_dispatch' })).toEqual([...program, '--due']);
  expect(argumentsOf('plan', 'Plan', PLAN)).toEqual(program);
});

it('hands the bundles over as they were made, and takes no others', () => {
  const made = join(folder, '.build');
  for (const name of ['report', 'mail', 'gate']) {
    mkdirSync(join(made, name), { recursive: true });
    writeFileSync(join(made, name, '.sources'), name);
  }
  const packed = step('bundle', 'Bundle', { CODE_SHA });
  expect([packed.status, packed.output]).toEqual([0, expect.stringMatching(/^sha256=[0-9a-f]{64}\n$/)]);
  const SHA256 = packed.output.trim().replace('sha256=', '');
  const tar = join(folder, `bundle-${CODE_SHA}.tar`);
  cpSync(tar, `${tar}.good`);

  for (const job of ['build', 'digest']) {
    rmSync(made, { recursive: true });
    appendFileSync(tar, 'x');
    expect(step(job, 'Unpack', { CODE_SHA, SHA256 }).status).toBe(1);
    expect(step(job, 'Unpack', { CODE_SHA, SHA256: '' }).status).toBe(1);
    expect(existsSync(made)).toBe(false);
    cpSync(`${tar}.good`, tar);
    expect(step(job, 'Unpack', { CODE_SHA, SHA256 }).status).toBe(0);
    expect(readdirSync(made).sort()).toEqual(['mail', 'report']);
    expect(readFileSync(join(made, 'report', '.sources'), 'utf8')).toBe('report');
  }
});

it('ends with a sentence where a person starts it on another branch', () => {
  const { status, stderr } = step('branch', 'Say so');
  expect([status, stderr]).toEqual([1, expect.stringContaining('start the workflow there')]);
});

it('lets nothing of a hostile event run, and names in the summary what it dropped', () => {
  const mark = join(folder, 'pwned');
  const hostile = [
    `$(touch ${mark})`,
    `";touch ${mark};"`,
    'org_a --force',
    '--help',
    '\n::set-output name=x::y',
    'org_b',
  ];
  const planned = plan({ CCI_CHANGED: JSON.stringify(hostile, null, 2) });
  expect(planned.status).toBe(0);
  expect(planned.shards).toEqual(['org_b']);
  expect(existsSync(mark)).toBe(false);
  expect(planned.stderr.match(/is left out/g)).toHaveLength(5);
  expect(planned.stderr).not.toContain('::');
  expect(step('plan', 'Summary').summary).toMatch(/1 organization in 1 shard\n[\s\S]*(is left out[\s\S]*){5}/);
});

it('publishes the loss of most calls, and builds all anew, only where a person wants that', () => {
  const program = ['generator/reports.mjs', 'build', '--json'];
  const build = (env: object) => argumentsOf('build', 'Build and publish', { ...BUILD, CCI_SHARD: 'org_b', ...env });
  expect(build({})).toEqual(program);
  expect(build({ ACCEPT_LOSS: 'true' })).toEqual([...program, '--accept-loss']);
  expect(build({ FORCE: 'true' })).toEqual([...program, '--force']);
});

it('builds nothing where a shard has no organization, and says so', () => {
  const { status, stderr } = step('build', 'Build and publish', { ...BUILD, CCI_SHARD: '' });
  expect(status).not.toBe(0);
  expect(stderr).toContain('the plan gave this shard no organization');
});

it('stops at the plan where the results are not to be found', () => {
  const { status, shards } = plan({
    EVENT: 'repository_dispatch',
    CCI_CHANGED: '["org_a"]',
    CCI_RESULTS_URL: url('none'),
  });
  expect([status, shards]).toEqual([2, []]);
});
