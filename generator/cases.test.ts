/** Small inputs that once misled a reader, each with the right value: whole builds, judged by what is published, printed or sent. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import domino from '@mixmark-io/domino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { build as buildCommand } from './commands/build.ts';
import { digest } from './commands/digest/digest.ts';
import { tenants } from './commands/tenant/tenants.ts';
import { caseBuckets, caseUrl } from './fixtures/tenants.ts';
import { build, everything, memoryWorld, pageJson, pageText, published, publishedCalls } from './fixtures/world.ts';
import { UserError } from './lib/errors.ts';
import type { Renderer } from './render/renderer.ts';
import { openRenderer } from './render/renderer.ts';
import type { Settings } from './settings.ts';
import type { Store } from './store/store.ts';
import { s3Double } from './store/testing/s3-double.ts';

const ORG = 'acme';
const MASKING_KEY = '0123456789abcdef0123456789abcdef';
const folder = mkdtempSync(join(tmpdir(), 'cci-cases-'));
let renderer: Renderer;
beforeAll(async () => {
  renderer = await openRenderer();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The site of a case, as it is published. */
async function siteOf(name: string, maskingKey?: string) {
  const world = memoryWorld({ ...caseBuckets(name), renderer, maskingKey });
  await build(world, ORG);
  return {
    reports: world.reports,
    paths: [...(await published(world.reports, ORG)).keys()],
    json: <T>(path: string) => pageJson<T>(world.reports, ORG, path),
    calls: (day: string) => publishedCalls(world.reports, ORG, day),
    page: async (path: string) => domino.createDocument(await pageText(world.reports, ORG, path)),
    text: async (path: string) => textOf(domino.createDocument(await pageText(world.reports, ORG, path)).body),
  };
}

const textOf = (node: Element | null): string => (node?.textContent ?? '').replace(/\s+/g, ' ').trim();
const fresh = (name: string) => pathToFileURL(join(folder, name)).href;

/** All bytes below an organization as text, compressed ones too. */
async function decoded(reports: Store): Promise<string> {
  const texts = [...(await everything(reports)).keys()];
  for (const path of (await published(reports, ORG)).keys()) texts.push(path, await pageText(reports, ORG, path));
  return texts.join('\n');
}

interface Overview {
  totals: { [figure: string]: number };
}

it('draws a rule without a verdict as not evaluated, beside its quote too', async () => {
  const site = await siteOf('not-evaluated-marked-passed');
  const page = await site.page('/calls/c1/');
  const marks = Array.from(page.querySelectorAll('.transcript mark, #transcript mark, mark'));
  const quoted = marks.filter((mark) => textOf(mark).includes('my parcel has not come'));
  expect(quoted.length).toBeGreaterThan(0);
  for (const mark of quoted) expect(mark.className).not.toMatch(/passed|failed/);
  const text = await site.text('/calls/c1/');
  expect(text).not.toMatch(/Pass(?:ed)?: Identity verified/);
  expect(text).toMatch(/Pass(?:ed)?: Branded greeting/);
  expect(text).toMatch(/not evaluated/i);
});

it('says of a sheet whose lines end in CR alone that they do, and quotes no cell', async () => {
  const site = await siteOf('masking-leak-cr-sheet', MASKING_KEY);
  expect(await site.text('/about/')).toMatch(/\bCR\b.*LF/);
  expect(await decoded(site.reports)).not.toContain('960777');
});

it('shows no number of an outside party that stands in the ids of its calls', async () => {
  const site = await siteOf('masking-call-id-holds-number', MASKING_KEY);
  expect(site.paths.filter((path) => /^\/calls\/.+\/$/.test(path))).toHaveLength(3);
  expect(await decoded(site.reports)).not.toContain('960777');
});

it('refuses a time zone that only some engines know, and names those that may be meant', async () => {
  const urls = { results: caseUrl('zone-abbreviation', 'results'), config: caseUrl('zone-abbreviation', 'config') };
  const settings: Settings = { ...urls, reports: fresh('zone') };
  const told = await tenants(settings);
  expect(told.failed).toBe(true);
  expect(told.text.join('\n')).toMatch(/timeZone.*IST.*Asia\/Kolkata/);
  const built = await buildCommand(settings);
  expect(built.failed).toBe(true);
  expect(built.text.join('\n')).toMatch(/timeZone.*IST.*Asia\/Kolkata/);
});

it('reads the word NULL of a database export as absent', async () => {
  const site = await siteOf('null-words-in-sheets');
  const { totals } = await site.json<Overview>('/data/overview.json');
  expect(totals.calls).toBeGreaterThanOrEqual(18);
  // Bob is in the sheet, too; nobody else is named there.
  expect(site.paths.filter((path) => /^\/agents\/.+\/$/.test(path))).toEqual(['/agents/bob/']);
  for (const path of site.paths.filter((each) => /^\/calls\/.+\/$/.test(each)))
    expect(await site.text(path)).not.toMatch(/null/i);
});

it('reads verdicts in words, so that a failed critical rule is seen', async () => {
  const site = await siteOf('llm-verdict-words-silent');
  const { totals } = await site.json<Overview>('/data/overview.json');
  expect(totals.criticalFailed).toBe(1);
  const [call] = await site.calls('2026-03-30');
  expect(Object.keys((call as { rules?: object })?.rules ?? {}).length).toBeGreaterThanOrEqual(4);
  // One call makes no share, on an agent's page either.
  const [agent] = site.paths.filter((path) => /^\/agents\/.+\/$/.test(path));
  expect(await site.text(agent as string)).toMatch(/QA passed ?1 of 1/);
});

it('takes a failed analysis for one in every dress', async () => {
  const site = await siteOf('failed-analysis-variants');
  const { totals } = await site.json<Overview>('/data/overview.json');
  expect(totals).toMatchObject({ calls: 3, notEvaluated: 3 });
  expect(totals.qaEvaluated ?? 0).toBe(0);
});

it('shows what Athena writes of lists and rows as text', async () => {
  const site = await siteOf('athena-arrays');
  const page = await site.page('/calls/a1/');
  expect(textOf(page.querySelector('title'))).not.toMatch(/[{[]/);
  expect(textOf(page.querySelector('h1'))).not.toMatch(/[{[]/);
  const text = await site.text('/calls/a1/');
  expect(text).toContain('A call about a parcel.');
  expect(text).not.toContain('[A call');
  expect(text).toMatch(/Call back/);
  expect(text).not.toContain('[Call back, Send form]');
  expect(await site.text('/about/')).toMatch(/Athena/);
});

it('takes an address with an apostrophe', async () => {
  const urls = { results: caseUrl('apostrophe-address', 'results'), config: caseUrl('apostrophe-address', 'config') };
  const told = await tenants({ ...urls, reports: fresh('apostrophe') });
  expect(told.failed).toBe(false);
});

it('reads a column whose name differs by a capital or by what nobody sees', async () => {
  const site = await siteOf('columns-not-read');
  const { totals } = await site.json<Overview>('/data/overview.json');
  expect(totals).toMatchObject({ calls: 1, qaEvaluated: 1, sentimentAnalysed: 1 });
  expect(totals.qaPassed).toBe(0);
  const [call] = site.paths.filter((path) => /^\/calls\/.+\/$/.test(path));
  const foot = await site.text(call as string);
  expect(foot).toContain('The score is taken from the sheet.');
  expect(foot).not.toMatch(/mean of the rules|4,800/);
});

it('counts a date without a time on that local day, without an hour', async () => {
  const site = await siteOf('date-only');
  const overview = await site.json<Overview & { days: { date: string; calls: number }[] }>('/data/overview.json');
  expect(overview.days.find(({ date }) => date === '2026-03-01')?.calls).toBe(1);
  const [call] = await site.calls('2026-03-02');
  expect(call).toMatchObject({ id: 'ID0001', durationSeconds: 83 });
  expect(call?.started).toBeUndefined();
  expect(await site.text('/')).not.toContain('No call has a start');
});

it('shows agents’ names as they are written, and one person once', async () => {
  const site = await siteOf('agent-names');
  const text = await site.text('/agents/');
  for (const name of ['Mary O’Brien', 'Müller, Jürgen', 'Ann; Bob', 'Bob?'])
    expect(text.replaceAll("'", '’')).toContain(name);
  expect(text).not.toMatch(/mary o.brien/);
  const { agents } = await site.json<{ agents: { id: string | null; calls: number }[] }>('/data/agents.json');
  expect(agents.filter(({ id }) => /^ann\s+smith$/i.test(id ?? '')).map(({ calls }) => calls)).toEqual([2]);
  expect(agents.filter(({ id }) => /^bob\??$/i.test(id ?? ''))).toHaveLength(2);
});

it('reads JSON in a text, takes its fence off, and knows null', async () => {
  const site = await siteOf('llm-json-in-text');
  for (const path of ['/calls/c1/', '/calls/c2/']) {
    const page = await site.page(path);
    expect(textOf(page.querySelector('title'))).not.toMatch(/[{}]|null/);
    expect(textOf(page.querySelector('h1'))).not.toMatch(/[{}]|null/);
    expect(await site.text(path)).not.toContain('```');
  }
  expect(await site.text('/calls/c1/')).toContain('Caller asked for a refund');
});

it('sends nothing to mailboxes that bounced, in whatever envelope SES says so', async () => {
  const name = 'mail-events-of-other-shape';
  const [reports, outbox] = [fresh('events'), fresh('events-outbox')];
  const settings: Settings = {
    ...{ results: caseUrl(name, 'results'), config: caseUrl(name, 'config'), reports },
    ...{ mailUrl: outbox, mailFrom: 'reports@cci.example', siteUrl: 'https://reports.example.com' },
    now: '2026-03-31T08:00:00Z',
  };
  const { fileStore } = await import('./store/file.ts');
  const store = fileStore(reports);
  for (const [key, body] of await everything(fileStore(caseUrl(name, 'reports')))) await store.put(key, body);
  await buildCommand({ ...settings, now: '2026-03-31T03:00:00Z' });
  const { text } = await digest(settings);
  expect([...(await everything(fileStore(outbox))).keys()].filter((key) => key.endsWith('.eml'))).toEqual([]);
  expect(text.join('\n')).not.toMatch(/\b[1-4] sent/);
});

it('names keys that begin with a slash, and objects that lie in no folder', async () => {
  await using double = await s3Double();
  double.bucket.put('/acme/final/v2.0-flat/calls/c1.jsonl', '{"start_timestamp":"2026-03-30T10:00:00Z"}\n');
  double.bucket.put('acme_$folder$', '');
  double.bucket.put('org_1/final/v2.0-flat/calls/c1.jsonl', '{"start_timestamp":"2026-03-30T10:00:00Z"}\n');
  double.bucket.put('bad.org/x', '');
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_REGION: 'eu-central-1' });
  const told = await tenants({ results: double.url(), config: fresh('slash-config'), reports: fresh('slash-reports') });
  const text = told.text.join('\n');
  expect(text).toMatch(/begin with a slash/);
  expect(text).toContain('bad.org');
  expect(text).toMatch(/"acme_.*folder.*is not in an organization’s folder/);
});

it('fails a configuration as a person’s mistake, not as a fault of its own', async () => {
  const world = memoryWorld({ ...caseBuckets('zone-abbreviation'), renderer });
  await expect(build(world, ORG)).rejects.toBeInstanceOf(UserError);
});
