import { expect, it } from 'vitest';
import { type CallSpec, putCall, putSheet, rule } from '../../fixtures/objects.ts';
import type { JsonObject } from '../../source/json.ts';
import { memoryStore } from '../../store/memory.ts';
import type { Store } from '../../store/store.ts';
import { contextWith, linesOf } from '../../testing/doctor.ts';
import type { Context } from './context.ts';
import { checkOrganization } from './organization.ts';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-03-30T12:00:00Z');

/** Stores whose clock is where a test sets it, hours before now. */
function world(config: JsonObject = {}) {
  let hoursAgo = 1;
  const results = memoryStore(() => NOW - hoursAgo * HOUR);
  const configs = memoryStore();
  const put = async (spec: CallSpec, ago = 1) => {
    hoursAgo = ago;
    await putCall(results, 'acme', spec);
  };
  const check = async (given: Partial<Context> = {}, status?: Parameters<typeof checkOrganization>[3]) => {
    await configs.put('acme/report-config.json', JSON.stringify({ agentDomains: ['agents.example'], ...config }));
    const findings = await checkOrganization(contextWith(given), { results, config: configs }, 'acme', status);
    return linesOf(findings);
  };
  return { results, put, check };
}
const only = (lines: readonly string[], check: string) => lines.filter((line) => line.startsWith(`${check}: `));

it('is content with calls that come, are analysed, and fit their configuration', async () => {
  const { put, check } = world({
    criticalRules: ['identity  Verified'],
    agents: { 'ann@agents.example': { team: 'A' } },
  });
  await put({ id: 'c1' });
  await put({ id: 'c2' }, 3);
  const lines = await check({}, { lastRunAt: '2026-03-30T11:30:00Z', listedAt: '2026-03-30T11:00:00Z' });
  expect(lines).toEqual([
    'calls: ok: Its newest record of a call came 1 h 0 min ago, and its newest call began 2 h 0 min ago. There are too few calls to tell what is usual.',
    'analyses: ok: No transcript waits for its analysis longer than usual.',
    'evaluations: ok: 2 of the newest 2 calls are evaluated.',
    'last run: ok: The last run that led to the current site listed the input 1 h 0 min ago.',
    'domains: ok: The agents of 2 of the newest 2 calls are known.',
    'agents: ok: "agents" names those who have calls.',
    'rules: ok: The newest calls have 2 rules, and every rule that the configuration names.',
  ]);
});

it('tells of a standstill, of transcripts that wait, and of a site that is behind', async () => {
  const { results, put, check } = world();
  for (let hour = 0; hour < 24 * 20; hour += 8) await put({ id: `c${hour}` }, 100 + hour);
  await put({ id: 'waiting', qa: null }, 50);
  await results.remove('acme/final/v2.0-flat/calls/waiting.jsonl');
  await put({ id: 'young', qa: null }, 1);
  await results.remove('acme/final/v2.0-flat/calls/young.jsonl');
  const lines = await check({}, { lastRunAt: '2026-03-20T12:00:00Z', listedAt: '2026-03-20T12:00:00Z' });
  expect(only(lines, 'calls')[0]).toMatch(/^calls: warning: Standstill: Its newest record of a call came 4 d 4 h ago/);
  expect(only(lines, 'calls')[0]).toContain('By its usual rhythm another should have come by 2026-03-27T17:00Z.');
  expect(only(lines, 'analyses')).toEqual([
    'analyses: warning: 1 call is transcribed and not analysed, the oldest for 2 d 2 h. See the pipeline’s analyser, its queue and its log.',
  ]);
  expect(only(lines, 'last run')[0]).toMatch(
    /listed the input 10 d 0 h ago\. Calls have come since, which it does not show/,
  );
  const failed = await check({}, { lastRunAt: '2026-03-30T11:30:00Z', problem: 'it was so' });
  expect(only(failed, 'last run')).toEqual([
    'last run: wrong: The last run failed, so its site is the one before: it was so',
  ]);
});

it('tells of analyses that failed, of rules that never came, and of what cannot be read', async () => {
  const { results, put, check } = world();
  for (let i = 0; i < 6; i++) await put({ id: `c${i}`, qa: [] });
  await put({ id: 'late', qa: null, call: { processing_timestamp: '2026-03-30T01:00:00Z' } });
  await put({ id: 'soon', qa: null, call: { processing_timestamp: '2026-03-30T11:00:00Z' } });
  await put({ id: 'bad' });
  await results.put('acme/final/v2.0-flat/calls/bad.jsonl', '{');
  const lines = await check();
  expect(only(lines, 'evaluations')).toEqual([
    'evaluations: warning: 6 of the newest 8 calls could not be evaluated. See whether qa-config.json has rules, and the log of the pipeline’s analyser.',
    'evaluations: warning: 1 of the newest 8 calls still waits for the rows of their rules, or have those of another run. Let the pipeline analyse them again.',
  ]);
  expect(only(lines, 'records')).toHaveLength(1);
});

it('compares domains with calls, and proposes those that many calls have', async () => {
  const misspelt = world({ agentDomains: ['agents.exmaple'] });
  for (let i = 0; i < 12; i++) await misspelt.put({ id: `c${i}` });
  await misspelt.put({ id: 'private', call: { from_number: 'jane@jane-doe.name' } });
  const lines = await misspelt.check();
  expect(only(lines, 'domains')).toEqual([
    'domains: warning: No address in the newest 13 calls is in "agents.exmaple", which "agentDomains" names. Did you mean "agents.example"?',
    'domains: warning: The agent of 13 of the newest 13 calls is not known. Domains in them that "agentDomains" does not name: "agents.example" (13 calls). Write the agents’ own domains into "agentDomains".',
  ]);
  expect(lines.join()).not.toContain('jane');
});

it('names agents that are misspelt to a person, and counts them in a CI', async () => {
  const { put, check } = world({ agents: { 'anne@agents.example': { team: 'A' }, 'on-leave@agents.example': {} } });
  await put({ id: 'c1' });
  await put({ id: 'c2', call: { to_number: 'bob@agents.example' } });
  expect(only(await check(), 'agents')).toEqual([
    'agents: warning: None of the newest 2 calls is of "anne@agents.example", which "agents" names. Did you mean "ann@agents.example"?',
    'agents: warning: 1 of the 2 agents in the newest 2 calls is not in "agents", so their calls are of no team. Add them.',
  ]);
  const inCi = await check({ mayName: false });
  expect(only(inCi, 'agents')[0]).toContain('1 id in "agents" has no call and may be misspelt');
  expect(inCi.join()).not.toMatch(/anne|bob/);
});

it('names rules that no call has', async () => {
  const { put, check } = world({
    criticalRules: ['Identity verifed'],
    customerRules: ['Says goodbye'],
    targets: { rules: { 'Offers further help': 0.9 } },
  });
  await put({ id: 'c1' });
  expect(only(await check(), 'rules')).toEqual([
    'rules: warning: Among the newest 1 call: No call has the rule "Identity verifed", which "criticalRules" names. Did you mean "Identity verified"?',
    'rules: warning: Among the newest 1 call: No call has the rule "Says goodbye", which "customerRules" names.',
  ]);
});

it('looks at recipients without naming one', async () => {
  const recipients = [
    { address: 'ann@example.com' },
    { address: 'bob@example.com', scope: { agent: 'nobody@agents.example' } },
    { address: 'cy@exmaple.com', scope: { team: 'Sooth' } },
  ];
  const { put, check } = world({ agents: { 'ann@agents.example': { team: 'South' } }, digest: { recipients } });
  await put({ id: 'c1' });
  const lines = await check({ settings: { mailFrom: 'Reports <reports@mail.example>' } });
  expect(only(lines, 'recipients')).toEqual([
    'recipients: warning: The scope of a recipient is an agent whom neither "agents" nor any of the newest calls names. Check its spelling.',
    `recipients: wrong: A recipient gets nothing: no agent in report-config.json has the team "Sooth". Correct the recipient's scope, or give the team to its agents. Did you mean "South"?`,
    'recipients: warning: The domain "exmaple.com" of 1 recipient looks misspelt. Did you mean "example.com"?',
  ]);
  expect(lines.join()).not.toMatch(/@example|@exmaple|nobody/);
  const right = world({ digest: { recipients: [{ address: 'ann@example.com' }] } });
  await right.put({ id: 'c1' });
  expect(only(await right.check(), 'recipients')[0]).toContain('recipients: ok: Of 1 recipient every scope');
});

it('looks for phrases, saved views and recordings', async () => {
  const phrases = [
    { name: 'Greeting', any: ['you are through'] },
    { name: 'Refund', any: ['money back'] },
  ];
  const views = [
    { name: 'Failed', href: '/calls/?rule=identity+verifed' },
    { name: 'Hers', href: '/calls/?agent=ann%40agents.example' },
  ];
  const { put, check } = world({ phrases, views, playback: true });
  for (let i = 0; i < 20; i++) await put({ id: `c${i}`, qa: [rule('Identity verified')] });
  const lines = await check();
  expect(only(lines, 'phrases')[0]).toContain('phrases: warning: None of the newest 20 transcripts says "Refund".');
  expect(only(lines, 'views')).toEqual([
    'views: warning: The view "Failed" asks for a rule that neither the configuration nor the newest calls have. Did you mean "identity verified"?',
  ]);
  expect(only(lines, 'recordings')[0]).toMatch(/^recordings: warning: "playback" is on, and CCI_INPUT_URL is not set/);
  const input: Store = memoryStore();
  expect(only(await check({ stores: { input } }), 'recordings')[0]).toMatch(/^recordings: not checked/);
  await input.put('acme/audio/c1.mp3', 'sound');
  expect(only(await check({ stores: { input } }), 'recordings')[0]).toMatch(/^recordings: ok/);
});

it('reads rows of sheets, and takes no transcript of theirs for one that waits', async () => {
  const { results, put, check } = world();
  await put({ id: 'row', qa: null }, 50);
  await results.remove('acme/final/v2.0-flat/calls/row.jsonl');
  await putSheet(results, 'acme', [{ call_id: 'row' }, { call_id: 'other', qa_rule_1_name: 'Another rule' }]);
  const lines = await check();
  expect(only(lines, 'analyses')[0]).toMatch(/^analyses: ok/);
  expect(only(lines, 'evaluations')[0]).toContain('2 of the newest 2 calls are evaluated');
  expect(only(lines, 'rules')[0]).toContain('2 rules');
});

it('reads of many calls the newest alone', async () => {
  const { results, put, check } = world();
  for (let i = 0; i < 320; i++) await put({ id: `c${i}` }, i + 1);
  let reads = 0;
  const count: Store['get'] = (...given) => {
    reads++;
    return results.get(...given);
  };
  const counting: Store = { ...results, get: count };
  const configs = memoryStore();
  const findings = await checkOrganization(contextWith({}), { results: counting, config: configs }, 'acme', undefined);
  expect(linesOf(findings).join()).toContain('of the newest 300 calls');
  expect(reads).toBe(600);
  expect(await check()).not.toEqual([]);
});

it('has little to say of an organization without a call that was analysed', async () => {
  const { results, put, check } = world();
  await put({ id: 'c1', qa: null }, 50);
  await results.remove('acme/final/v2.0-flat/calls/c1.jsonl');
  const lines = await check();
  expect(lines[0]).toMatch(/^calls: warning: It has no call that was analysed/);
  expect(lines[1]).toMatch(/^analyses: warning: 1 call is transcribed and not analysed/);
});
