import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ROOT } from '../../render/version.ts';
import { type Answers, contextWith, type JsonServer, jsonServer, linesOf } from '../../testing/doctor.ts';
import { checkGithub, WORKFLOW } from './github.ts';

const PLACE = '/repos/acme/reports';
const named = (kind: string, names: readonly string[], value?: string) => ({
  body: { total_count: names.length, [kind]: names.map((name) => ({ name, ...(value !== undefined && { value }) })) },
});
const STORES = ['CCI_RESULTS_URL', 'CCI_CONFIG_URL', 'CCI_REPORTS_URL'];
const GOOD: Answers = {
  [`${PLACE}/environments/production`]: { body: { deployment_branch_policy: { custom_branch_policies: true } } },
  [`${PLACE}/actions/variables`]: named('variables', []),
  [`${PLACE}/actions/secrets`]: named('secrets', []),
  [`${PLACE}/environments/production/variables`]: named(
    'variables',
    [...STORES, 'CCI_AWS_ROLE', 'CCI_AWS_REGION', 'CCI_MAIL_FROM'],
    's3://x',
  ),
  [`${PLACE}/environments/production/secrets`]: named('secrets', ['CCI_MAIL_URL']),
};

let github: JsonServer;
beforeEach(async () => {
  github = await jsonServer({ ...GOOD });
});
afterEach(() => github[Symbol.asyncDispose]());
const said = async () =>
  linesOf(await checkGithub(contextWith({ settings: { githubApi: github.url }, ask: fetch }), 'tok3n', 'acme/reports'));

it('knows the variables and secrets that the workflow reads, and no others', () => {
  const workflow = readFileSync(join(ROOT, '.github/workflows/reports.yml'), 'utf8');
  const read = (context: string) =>
    [...workflow.matchAll(new RegExp(`\\b${context}\\.(CCI_[A-Z_]+)`, 'g'))].map(([, name]) => name);
  expect(Object.keys(WORKFLOW.variables).sort()).toEqual([...new Set(read('vars'))].sort());
  expect(Object.keys(WORKFLOW.secrets).sort()).toEqual([...new Set(read('secrets'))].sort());
});

it('agrees with an environment that has all of them', async () => {
  expect(await said()).toEqual([
    'github: environment: ok: The environment production is bound to certain branches.',
    'github: variables: ok: The variables that the schedule needs are set.',
    'github: secrets: ok: The secrets that the schedule needs are set.',
  ]);
  expect(new Set(github.asked.map(({ authorization }) => authorization))).toEqual(new Set(['Bearer tok3n']));
});

it('names what is missing, what everybody can see, and an environment that is open', async () => {
  github.answers[`${PLACE}/environments/production`] = { body: { deployment_branch_policy: null } };
  github.answers[`${PLACE}/environments/production/variables`] = named(
    'variables',
    [...STORES, 'CCI_MAIL_FROM', 'CCI_MASKING_KEY'],
    's3://secret-bucket',
  );
  github.answers[`${PLACE}/environments/production/secrets`] = named('secrets', []);
  const lines = await said();
  expect(lines).toEqual([
    expect.stringMatching(/^github: environment: warning: .*open to every branch/),
    expect.stringMatching(/^github: variables: wrong: The schedule needs the variables CCI_AWS_ROLE, CCI_AWS_REGION\./),
    expect.stringMatching(/^github: secrets: wrong: The schedule needs the secrets CCI_MAIL_URL\./),
    expect.stringMatching(/^github: secrets: wrong: CCI_MASKING_KEY is a variable, which everybody/),
  ]);
  expect(lines.join()).not.toMatch(/tok3n|secret-bucket/);
});

it('tells a token that is not accepted from one that may not read', async () => {
  github.answers[`${PLACE}/environments/production`] = { status: 401, body: {} };
  expect(await said()).toEqual([expect.stringMatching(/^github: wrong: GitHub does not accept GITHUB_TOKEN/)]);
  github.answers = {};
  expect(await said()).toEqual([
    expect.stringMatching(/^github: environment: warning: acme\/reports has no environment production/),
    expect.stringMatching(/^github: variables: not checked: GITHUB_TOKEN may not read/),
  ]);
});
