import { expect, it } from 'vitest';
import { memoryStore } from './store/memory.ts';
import { surveyTenants } from './tenants.ts';

const storeWith = async (objects: { [key: string]: string }) => {
  const store = memoryStore();
  for (const [key, body] of Object.entries(objects)) await store.put(key, body);
  return store;
};

it('tells who has input, a configuration and a site, what is wrong with it, and what is ignored', async () => {
  const stores = {
    results: await storeWith({
      'org_1/enriched/a.json': '{}',
      'org_2/enriched/a.json': '{}',
      'org_bad/enriched/a.json': '{}',
      'org_mask/enriched/a.json': '{}',
      'assets/x': '',
      'not an org/x': '',
      'file.txt': '',
    }),
    config: await storeWith({
      'org_1/report-config.json': '{"$schema":"../schema.json","name":"One"}',
      'org_2/qa-config.json': '{}',
      'org_bad/report-config.json': '{"passMark":"high",',
      'org_mask/report-config.json': '{"masking":true}',
      'org_typo/report-config.json': '{}',
    }),
    reports: await storeWith({
      'org_1/pointer.json': '{}',
      'org_gone/pointer.json': '{}',
      'assets/app.css': '',
      'mail/x': '',
    }),
  };
  const { organizations, ignored } = await surveyTenants(stores, false);
  expect(ignored).toEqual(['assets', 'not an org']);
  expect(organizations).toEqual([
    { org: 'org_1', input: true, config: 'right', site: true },
    { org: 'org_2', input: true, config: 'none', site: false },
    {
      org: 'org_bad',
      input: true,
      config: 'wrong',
      problems: [
        'report-config.json: the text breaks off in the middle. Correct the file, or remove it to use the defaults.',
      ],
      site: false,
    },
    { org: 'org_gone', input: false, config: 'none', site: true },
    {
      org: 'org_mask',
      input: true,
      config: 'wrong',
      problems: [
        'report-config.json: "masking" is true, but CCI_MASKING_KEY is not set. Set the key, or turn masking off.',
      ],
      site: false,
    },
    { org: 'org_typo', input: false, config: 'right', site: false },
  ]);
  const masked = (await surveyTenants(stores, true)).organizations.find(({ org }) => org === 'org_mask');
  expect(masked?.config).toBe('right');
});
