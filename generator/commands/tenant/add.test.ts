import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { csvOf, putCall, putSheet, rule } from '../../fixtures/objects.ts';
import { readConfig } from '../../source/read-config.ts';
import { fileStore } from '../../store/file.ts';
import { memoryStore } from '../../store/memory.ts';
import { runHere } from '../../testing/run-here.ts';
import { type Given, proposalOf, specOf } from './propose/propose.ts';
import { sampleInput } from './propose/sample.ts';
import { schemaText } from './schema.ts';

const folder = mkdtempSync(join(tmpdir(), 'cci-tenant-add-'));
const url = (name: string) => pathToFileURL(join(folder, name)).href;
const env = { CCI_RESULTS_URL: url('results'), CCI_CONFIG_URL: url('config') };
const [results, config] = [fileStore(env.CCI_RESULTS_URL), fileStore(env.CCI_CONFIG_URL)];
const here = (...args: string[]) => runHere(['tenant', 'add', ...args], env);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const GIVEN: Given = { timeZone: 'Europe/London', recipients: [] };

/** What is proposed of what a store holds of "acme". */
async function proposed(store = memoryStore()) {
  const { config: defaults } = await readConfig(memoryStore(), 'acme', false);
  const proposal = proposalOf(await sampleInput(store, 'acme'), defaults);
  return { proposal, spec: specOf(proposal, GIVEN, 'x') as { [key: string]: unknown } };
}

it('proposes domains, agents, names and teams from calls and their metadata', async () => {
  const store = memoryStore();
  for (const [i, agent] of ['ann.lee', 'ann.lee', 'bo', 'x17'].entries()) {
    const to = `${agent}@desk.acme.example`;
    await putCall(store, 'acme', {
      id: `c${i}`,
      call: { to_number: to, from_number: 'sip:+441632960001@carrier.example' },
    });
    const metadata = { agent: { team: i < 2 ? 'South' : 'North' }, agentName: agent === 'x17' ? 'Kim Sø' : undefined };
    await store.put(`acme/final/v1.0/c${i}.json`, JSON.stringify({ raw: { metadata } }));
  }
  const { spec, proposal } = await proposed(store);
  expect(spec).toEqual({
    $schema: 'x',
    timeZone: 'Europe/London',
    agentDomains: ['desk.acme.example'],
    agents: {
      'ann.lee@desk.acme.example': { name: 'Ann Lee', team: 'South' },
      'bo@desk.acme.example': { name: 'Bo', team: 'North' },
      'x17@desk.acme.example': { name: 'Kim Sø', team: 'North' },
    },
  });
  expect(proposal).toMatchObject({ calls: 4, dated: 4, withAgent: 4, teams: ['North', 'South'] });
  expect(proposal.rules.map(({ name, evaluated }) => [name, evaluated])).toEqual([
    ['Identity verified', 4],
    ['Offers further help', 4],
  ]);
});

it.each([
  [
    'an address that customers have',
    { direction: 'inbound', from_number: 'jo@home.example', to_number: '+441632960001' },
  ],
  ['a public mail service', { direction: 'unknown', from_number: 'jo@gmail.com', to_number: '+441632960001' }],
  ['a number at a host', { direction: 'outbound', from_number: 'sip:+441632960001@acme.example', to_number: null }],
])('takes no domain from %s', async (_what, call) => {
  const store = memoryStore();
  for (const id of ['a', 'b', 'c']) await putCall(store, 'acme', { id, call });
  expect((await proposed(store)).proposal.domains).toEqual([]);
});

it('finds our columns under other names, where their cells can be read so, and names the others', async () => {
  const store = memoryStore();
  const row = {
    'Call ID': 'a1',
    Start_Time: '2026-03-30 10:00 Europe/Paris',
    Agent: 'Zoë',
    Duration: '0:02:10',
    Score: 'good',
    Wings: '2',
  };
  const rows = [row, { ...row, 'Call ID': 'a2' }, { ...row, 'Call ID': 'a3', Agent: 'zoë' }];
  await store.put('acme/final/v2.0-flat/calls/q.csv', csvOf(Object.keys(row), rows));
  const { spec, proposal } = await proposed(store);
  expect(spec.columns).toEqual({
    call_id: 'Call ID',
    started_at: 'Start_Time',
    duration_seconds: 'Duration',
    agent_id: 'Agent',
  });
  // "good" is no score, so it is only named.
  expect(proposal.unread).toEqual([{ column: 'Score', meant: 'overall_score' }, { column: 'Wings' }]);
  expect(proposal).toMatchObject({ calls: 3, withAgent: 3, timeZone: 'Europe/Paris', agentIds: ['zoë'] });
});

it('reads only the newest calls of a large store', async () => {
  let now = 0;
  const store = memoryStore(() => now);
  const record = (domain: string) => JSON.stringify({ from_number: `a@${domain}`, direction: 'outbound' });
  for (let i = 0; i < 2400; i++) {
    now = i < 1200 ? 5_000_000 + i : i;
    await store.put(`acme/final/v2.0-flat/calls/c${i}.jsonl`, record(i < 1200 ? 'new.example' : 'old.example'));
  }
  const { proposal } = await proposed(store);
  expect(proposal).toMatchObject({ calls: 1000, domains: [{ domain: 'new.example', calls: 1000 }] });
});

it('writes hostile names as text, and a file that a build takes', async () => {
  const name = '</script>\u202e"\\ \u001b[31m ::error::';
  const store = memoryStore();
  await putSheet(store, 'acme', [
    { call_id: 'a', agent_id: '__proto__', team: 'x' },
    { call_id: 'b', agent_id: name, team: name, qa_rule_1_name: name },
    { call_id: 'c', agent_id: 'constructor', team: 'x' },
  ]);
  const { spec } = await proposed(store);
  const read = memoryStore();
  await read.put('acme/report-config.json', JSON.stringify(spec));
  const { agents } = (await readConfig(read, 'acme', false)).config;
  expect(Object.keys(agents)).toHaveLength(2);
  expect(Object.values(agents).map(({ team }) => team)).toContain(name);
  expect(Object.getPrototypeOf(agents)).toBe(Object.prototype);
});

it('writes nothing before somebody agrees, then the file and its schema, and never over a file', async () => {
  for (const id of ['a', 'b']) await putCall(results, 'acme', { id, qa: [rule('\u001b[2J Greets', { pass: false })] });
  const noZone = await here('--org', 'acme');
  expect(noZone).toMatchObject({ status: 2, stdout: '' });
  expect(noZone.stderr).toContain('Give it with --zone');
  const zone = ['--zone', 'Europe/London'];
  const shown = await here('--org', 'acme', ...zone);
  expect(shown.status).toBe(1);
  expect(shown.stdout).toContain('run the command again with --yes');
  expect(shown.stdout).toMatch(/"\\u\{1b\}\\u\{5b\}2J Greets" +2 evaluated +0 passed/);
  expect((await here('--org', 'acme', '--yes', '--dry-run', ...zone)).status).toBe(0);
  expect(await config.get('acme/report-config.json')).toBeUndefined();

  const flags = ['--name', 'Acme', '--recipient', 'a@acme.example', '--recipient', 'b@acme.example', '--yes', '--json'];
  const written = await here('--org', 'acme', ...zone, ...flags);
  expect(written.status).toBe(0);
  const { config: spec, state } = JSON.parse(written.stdout) as { config: object; state: string };
  expect(state).toBe('written');
  const file = Buffer.from((await config.get('acme/report-config.json'))?.body ?? []).toString();
  expect(JSON.parse(file)).toEqual(spec);
  expect(spec).toEqual({
    $schema: '../report-config.schema.json',
    name: 'Acme',
    timeZone: 'Europe/London',
    agentDomains: ['agents.example'],
    agents: { 'ann@agents.example': { name: 'Ann' } },
    digest: { recipients: [{ address: 'a@acme.example' }, { address: 'b@acme.example' }] },
  });
  expect(Buffer.from((await config.get('report-config.schema.json'))?.body ?? []).toString()).toBe(schemaText());

  await config.put('acme/report-config.json', '{"agentDomains":["@Other.example"],"timeZone":"UTC"}');
  const again = await here('--org', 'acme', '--yes', '--zone', 'UTC');
  expect(again.status).toBe(1);
  expect(again.stdout).toContain('"agentDomains" does not have agents.example, which is at one end of 2 calls.');
  expect(again.stdout).toContain('"agents" has no entry for "ann@agents.example".');
  expect(Buffer.from((await config.get('acme/report-config.json'))?.body ?? []).toString()).toContain('Other.example');
  // Another organization's zone is offered, and not taken.
  await putCall(results, 'bolt', { id: 'a' });
  expect((await here('--org', 'bolt', '--yes')).stderr).toContain('Other organizations have: UTC.');
});

it.each([
  [['--org', 'nobody', '--zone', 'UTC'], 'has nothing of nobody'],
  [['--org', 'assets'], '"assets" is not an organization’s id'],
  [[], 'tenant add takes exactly one --org ID'],
  [['--org', 'acme', '--zone', 'CET1'], '--zone: "CET1" is not a time zone'],
  [['--org', 'acme', '--recipient', 'nobody'], '--recipient: "nobody" is not one mail address'],
])('ends with 2 for %j', async (args, words) => {
  const { status, stderr } = await here(...args);
  expect(stderr).toContain(words);
  expect(status).toBe(2);
});
