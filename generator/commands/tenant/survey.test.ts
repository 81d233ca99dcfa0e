import { expect, it } from 'vitest';
import { memoryStore } from '../../store/memory.ts';
import { s3Store } from '../../store/s3.ts';
import { s3Double } from '../../store/testing/s3-double.ts';
import { surveyTenants } from './survey.ts';

const storeWith = async (objects: { [key: string]: string }) => {
  const store = memoryStore();
  for (const [key, body] of Object.entries(objects)) await store.put(key, body);
  return store;
};

it('tells who has input, a configuration and a site, what is wrong with it, and what is ignored', async () => {
  const troubles = [{ kind: 'cells', column: 'a', n: 5, of: 5 }];
  const stores = {
    results: await storeWith({
      'org_1/enriched/a.json': '{}',
      'org_2/enriched/a.json': '{}',
      'org_bad/enriched/a.json': '{}',
      'org_mask/enriched/a.json': '{}',
      'assets/x': '',
      'not an org/x': '',
      'file.txt': '',
      acme_$folder$: '',
    }),
    config: await storeWith({
      'org_1/report-config.json': '{"$schema":"../../schema.json","name":"One"}',
      'org_2/qa-config.json': '{}',
      'org_bad/report-config.json': '{"passMark":"high",',
      'org_mask/report-config.json': '{"masking":true}',
      'org_typo/report-config.json': '{}',
    }),
    reports: await storeWith({
      'org_1/pointer.json': '{}',
      'org_gone/pointer.json': '{}',
      'org_bad/blobs/left-by-a-build-that-failed': '',
      'org_left/blobs/x': '',
      'status.json': JSON.stringify({ version: 1, organizations: { org_1: { lastRunAt: '2026-03-30', troubles } } }),
      'assets/app.css': '',
      'mail/x': '',
    }),
  };
  const { organizations, ignored, loose } = await surveyTenants(stores, false);
  expect(loose).toEqual(['acme_$folder$', 'file.txt']);
  expect(ignored).toEqual(['assets', 'not an org']);
  expect(organizations).toEqual([
    { org: 'org_1', input: true, config: 'right', site: true, troubles },
    { org: 'org_2', input: true, config: 'none', site: false },
    {
      org: 'org_bad',
      input: true,
      config: 'wrong',
      problems: [
        'report-config.json: the text is cut off in the middle. Correct the file, or remove it to use the defaults.',
      ],
      site: false,
    },
    { org: 'org_gone', input: false, config: 'none', site: true, unrecorded: true },
    { org: 'org_left', input: false, config: 'none', site: false },
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

it('names the folder of keys that begin with a slash', async () => {
  await using double = await s3Double();
  for (const key of ['/acme/final/v2.0-flat/calls/c1.jsonl', 'acme_$folder$', 'bad.org/x', 'org_1/enriched/c1.json'])
    double.bucket.put(key, '');
  const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
  const results = s3Store(double.url(), { credentials, pauseMs: 1 });
  const survey = await surveyTenants({ results, config: memoryStore(), reports: memoryStore() }, false);
  expect(survey).toMatchObject({ ignored: ['', 'bad.org'], loose: ['acme_$folder$'] });
  expect(survey.organizations.map(({ org }) => org)).toEqual(['org_1']);
});
