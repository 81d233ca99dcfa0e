import { expect, it } from 'vitest';
import type { TopicsPage } from '#shared/view.ts';
import { build, CONFIG, memoryWorld, pageText, published, publishedCalls, putCall } from '../fixtures/world.ts';

const ORG = 'org_1';
const DAY = '2026-03-30';
const KEY = 'k'.repeat(32);
const EVIL = '</script>"&\u202e__proto__';
const PHRASES = [
  { name: 'Leaving', any: ['cancel my contract', 'leave you'] },
  { name: EVIL, any: ['parcel <b>'] },
  { name: 'Never in these days', any: ['last year'] },
  { name: 'Said by nobody', any: ['zebra'] },
];

const said = (...texts: string[]) => ({ transcript: texts.map((text) => ({ speaker: 'agent', text })) });

/** Calls of which three have a transcript, and one long before them. */
async function world(phrases: object[] | undefined, more: object = {}, maskingKey?: string) {
  const made = memoryWorld(maskingKey === undefined ? {} : { maskingKey });
  await configure(made, phrases, more);
  const { results } = made;
  await putCall(results, ORG, {
    id: 'c1',
    enriched: said('I want to CANCEL my contract', 'or leave you, my parcel B!'),
  });
  await putCall(results, ORG, {
    id: 'c2',
    call: { overall: 'negative' },
    enriched: said('then I leave', 'you and my contract'),
  });
  await putCall(results, ORG, {
    id: 'c3',
    call: { overall: 'negative' },
    enriched: said('I’ll leave you. Ring +44 1632 960001'),
  });
  await putCall(results, ORG, { id: 'c4', enriched: null });
  const start_timestamp = '2025-01-30T10:00:00Z';
  await putCall(results, ORG, {
    id: 'old',
    call: { start_timestamp, end_timestamp: null },
    enriched: said('since last year'),
  });
  await build(made, ORG);
  return made;
}
const configure = ({ config }: ReturnType<typeof memoryWorld>, phrases: object[] | undefined, more: object = {}) =>
  config.put(`${ORG}/report-config.json`, JSON.stringify({ ...CONFIG, ...more, ...(phrases && { phrases }) }));

/** The table of the page, whose text the plain renderer gives as it is. */
async function tableOf({ reports }: Awaited<ReturnType<typeof world>>) {
  const text = await pageText(reports, ORG, '/topics/');
  const { tables } = JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)) as TopicsPage;
  return tables.find(({ id }) => id === 'phrase');
}
const linesOf = async (of: Awaited<ReturnType<typeof world>>) =>
  (await tableOf(of))?.lines.map(({ value, calls, negative, passed }) => [value, calls, negative, passed]);

it('a table counts the calls that said each phrase, of those with a transcript, also phrases that nobody said in these days', async () => {
  const of = await world(PHRASES);
  expect(await tableOf(of)).toMatchObject({ calls: 3 });
  expect(await linesOf(of)).toEqual([
    ['Leaving', 2, 1, 2],
    [EVIL.replaceAll('<', '&lt;'), 1, 0, 1],
    ['Never in these days', 0, 0, 0],
  ]);
  const calls = await publishedCalls(of.reports, ORG, DAY);
  const own = Object.fromEntries(calls.map(({ id, phrases }) => [id, phrases]));
  expect(own).toEqual({ c1: [EVIL, 'Leaving'].sort(), c2: [], c3: ['Leaving'], c4: undefined });
});

it('the page about the figures says which wordings a phrase has, and which phrase no call has', async () => {
  const { reports } = await world(PHRASES.filter(({ name }) => name !== EVIL));
  expect(await pageText(reports, ORG, '/about/')).toContain(
    '"phrases":["Leaving: “cancel my contract”, “leave you”","Never in these days: “last year”","Said by nobody: “zebra” (in no call so far)"]',
  );
});

it('the page of a call names its phrases, each with the first turn that says it', async () => {
  const { reports } = await world(PHRASES);
  const phrasesOf = async (id: string) => /"phrases":\[.*?\]/.exec(await pageText(reports, ORG, `/calls/${id}/`))?.[0];
  expect(await phrasesOf('c1')).toMatch(/^"phrases":\[{"name":"Leaving","turn":1},{"name":".*__proto__","turn":2}\]$/);
  expect(await phrasesOf('c3')).toBe('"phrases":[{"name":"Leaving","turn":1}]');
  for (const id of ['c2', 'c4']) expect(await phrasesOf(id)).toBeUndefined();
});

it('a changed list counts all calls again, and an empty one leaves nothing of any', async () => {
  const of = await world(PHRASES);
  await configure(of, [{ name: 'Leaving', any: ['then I leave'] }]);
  await build(of, ORG);
  expect(await linesOf(of)).toEqual([['Leaving', 1, 1, 1]]);
  await configure(of, []);
  await build(of, ORG);
  const without = await world(undefined);
  const paths = [...(await published(of.reports, ORG)).keys()];
  expect(paths).toEqual([...(await published(without.reports, ORG)).keys()]);
  expect(paths).not.toContain('/topics/');
  for (const path of paths) expect(await pageText(of.reports, ORG, path), path).not.toMatch(/phrase|Leaving/i);
});

it('what is masked is no phrase of a call', async () => {
  const number = [
    { name: 'Number', any: ['1632 960001'] },
    { name: 'Ring', any: ['ring'] },
  ];
  expect(await linesOf(await world(number))).toEqual([
    ['Number', 1, 1, 1],
    ['Ring', 1, 1, 1],
  ]);
  expect(await linesOf(await world(number, { masking: true }, KEY))).toEqual([['Ring', 1, 1, 1]]);
});

it('the configuration says which phrase is wrong', async () => {
  const problems = async (phrases: object[]) => {
    const made = memoryWorld();
    await configure(made, phrases);
    return build(made, ORG).then(String, (error: { problems?: string[] }) => String(error.problems));
  };
  expect(await problems([{ name: 'a', any: ['?!'] }])).toContain(
    '"phrases.0.any.0": "?!" has no word that anybody could say',
  );
  expect(await problems([{ name: 'a', any: [] }])).toContain('"phrases.0.any"');
  expect(await problems(['x', 'y'].map((text) => ({ name: 'a', any: [text] })))).toContain(
    'two phrases have the same name',
  );
});
