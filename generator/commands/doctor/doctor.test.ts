import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { putCall } from '../../fixtures/objects.ts';
import { awsDouble } from '../../pipeline/aws/testing/aws-double.ts';
import { earlierWorld } from '../../pipeline/aws/testing/aws-world.ts';
import { fileStore } from '../../store/file.ts';
import { runHere } from '../../testing/run-here.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cci-doctor-'));
});
afterEach(() => rm(folder, { recursive: true }));

const flags = () => ['results', 'config', 'reports'].flatMap((name) => [`--${name}`, `file:${folder}/${name}`]);
async function installed(config = '{"agentDomains":["agents.example"]}') {
  await putCall(fileStore(`file:${folder}/results`), 'acme', { id: 'secret-call' });
  await fileStore(`file:${folder}/config`).put('acme/report-config.json', config);
}
const run = (args: string[] = [], env: NodeJS.ProcessEnv = {}) => runHere(['doctor', ...flags(), ...args], env);

it('ends well where there are warnings only, says all in one table, and names no call', async () => {
  await installed();
  const { status, stdout } = await run();
  expect(status).toBe(0);
  const rows = stdout.split('\n').map((line) => line.trim().split(/ {2,}/).slice(0, 2).join(': '));
  expect(rows).toContain('acme: site: warning');
  expect(rows).toContain('acme: rules: ok');
  expect(rows).toContain('reports: conditional writes: ok');
  expect(stdout).toMatch(/\n\n\d+ ok, \d+ warnings?, 1 not checked\n$/);
  expect(stdout).not.toMatch(/secret-call|ann@/);
});

it('ends with 1 where something is wrong, and gives the same as one object', async () => {
  await installed('{"passMark":700}');
  const { status, stdout } = await run(['--json', '--org', 'acme', '--org', 'amce']);
  expect(status).toBe(1);
  const { ok, counts, findings } = JSON.parse(stdout);
  expect(ok).toBe(false);
  expect(counts).toMatchObject({ wrong: 2 });
  expect(findings).toContainEqual({
    check: 'configuration',
    org: 'acme',
    result: 'wrong',
    text: 'report-config.json: "passMark": 700 is not right: write a value of at most 100.',
  });
  expect(findings).toContainEqual(expect.objectContaining({ check: 'organization', org: 'amce', result: 'wrong' }));
});

it('goes on where a variable is wrong, and ends with 2 where an argument is', async () => {
  await installed();
  const wrong = await run([], {
    CCI_MAIL_URL: 'pigeon:post',
    CCI_MASKING_KEY: 'hunter2',
    CCI_MAIL_FROM: 'a@b.example',
  });
  expect(wrong.status).toBe(1);
  expect(wrong.stdout).toMatch(/settings +wrong +CCI_MAIL_URL: its value is not a way to send/);
  expect(wrong.stdout).toMatch(/settings +wrong +CCI_MASKING_KEY: its value is too short/);
  expect(wrong.stdout).toMatch(/acme: rules +ok/);
  expect(wrong.stdout).not.toMatch(/pigeon|hunter2|cannot run/);
  const { status, stderr } = await run(['--orgs', 'acme']);
  expect([status, stderr]).toEqual([2, expect.stringContaining('--orgs is not a flag of this command')]);
});

it('says what is missing, and checks what is there', async () => {
  await fileStore(`file:${folder}/config`).put('acme/report-config.json', '{}');
  const env = { CCI_CONFIG_URL: `file:${folder}/config`, CCI_MAIL_URL: `file:${folder}/outbox` };
  const { status, stdout } = await runHere(['doctor'], env);
  expect(status).toBe(1);
  expect(stdout).toContain('build cannot run: --results (CCI_RESULTS_URL), --reports (CCI_REPORTS_URL) are missing.');
  expect(stdout).toContain('digest cannot run: --reports (CCI_REPORTS_URL), CCI_MAIL_FROM are missing.');
  expect(stdout).toMatch(/config: list +ok/);
  expect(stdout).toMatch(/mail +ok/);
});

it('warns of settings that do not fit each other', async () => {
  await installed();
  const same = await runHere(['doctor', ...flags().slice(0, 4), '--reports', `file:${folder}/results`], {
    CCI_MAIL_URL: `file:${folder}/outbox`,
    CCI_MAIL_FROM: 'a@b.example',
  });
  expect(same.stdout).toContain('CCI_REPORTS_URL and CCI_RESULTS_URL are the same place');
  expect(same.stdout).toMatch(/settings +warning +CCI_SITE_URL is not set/);
  expect(same.stdout).toMatch(/settings +warning +Digests have no way to unsubscribe/);
});

it('names nobody in the log of a CI', async () => {
  await installed('{"agentDomains":["agents.example"],"agents":{"anne@agents.example":{}}}');
  expect((await run([], { CI: '' })).stdout).toContain('anne@agents.example');
  const { stdout } = await run([], { CI: 'true' });
  expect(stdout).toMatch(/acme: agents +warning +1 id in "agents"/);
  expect(stdout).not.toContain('@agents.example');
});

it('looks at a pipeline in AWS where a store or an engine is there, and ends well whatever it finds', async () => {
  await installed();
  const config = fileStore(`file:${folder}/config`);
  await config.put('acme/pipeline-config.json', '{"engines":{"sentiment":"comprehend"}}');
  await using double = await awsDouble(earlierWorld());
  const { status, stdout } = await run(['--org', 'acme'], double.env);
  expect(status).toBe(0);
  expect(stdout).toMatch(
    /^ *aws: schedule +warning +The rule cci-lite-oak-ingest-schedule, rate\(60 minutes\), is DISABLED/m,
  );
  expect(stdout).toMatch(/^ *aws: triggers +warning +Nothing starts any function of the pipeline/m);
  expect(stdout).not.toContain('hunter2');
});
