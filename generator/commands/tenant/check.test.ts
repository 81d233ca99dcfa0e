import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CONFIG, putCall, putSheet } from '../../fixtures/objects.ts';
import { fileStore } from '../../store/file.ts';
import { runHere } from '../../testing/run-here.ts';

const folder = mkdtempSync(join(tmpdir(), 'cci-tenant-check-'));
const url = (name: string) => pathToFileURL(join(folder, name)).href;
const env = { CCI_RESULTS_URL: url('results'), CCI_CONFIG_URL: url('config') };
const [results, config] = [fileStore(env.CCI_RESULTS_URL), fileStore(env.CCI_CONFIG_URL)];
const check = (org: string) => runHere(['tenant', 'check', '--org', org], env);
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeAll(async () => {
  for (const org of ['good', 'typos', 'wrong', 'bare']) await putCall(results, org, { id: 'c1' });
});

it('says that nothing speaks against a configuration that fits its calls', async () => {
  const agents = { 'ann@agents.example': { name: 'Ann' } };
  await config.put('good/report-config.json', JSON.stringify({ ...CONFIG, agents }));
  expect(await check('good')).toMatchObject({
    status: 0,
    stdout: 'good: its configuration is right.\ngood: the calls that were read say nothing against it.\n',
  });
});

it('names rules, agents, domains and columns that the data does not have, with what was probably meant', async () => {
  await putSheet(results, 'typos', [{ call_id: 'r1', Wings: '2' }]);
  const spec = {
    ...CONFIG,
    criticalRules: ['Identity verifed'],
    agentDomains: ['agent.example'],
    agents: { 'an@agents.example': { name: 'An' } },
    columns: { topic: 'Betreff' },
  };
  await config.put('typos/report-config.json', JSON.stringify(spec));
  const { status, stdout } = await check('typos');
  expect(status).toBe(0);
  for (const words of [
    'No call has the rule "Identity verifed", which "criticalRules" names. Did you mean "Identity verified"?',
    '"agentDomains" does not have agents.example, which is at one end of 2 calls.',
    '1 agent in "agents" with no call among those read: "an@agents.example".',
    'no sheet that was read has the column "Betreff", set for "topic".',
    'columns that are not read: "Wings".',
  ])
    expect(stdout).toContain(words);
});

it('ends with 1 for a wrong configuration, with 2 for one that is nowhere, and proposes none', async () => {
  await config.put('wrong/report-config.json', '{"timezone":"Europe/London"}');
  const wrong = await check('wrong');
  expect(wrong.status).toBe(1);
  expect(wrong.stdout).toContain('Did you mean "timeZone"?');
  expect((await check('bare')).stdout).toContain('tenant add --org bare proposes one');
  expect(await check('nowhere')).toMatchObject({ status: 2, stdout: '' });
});
