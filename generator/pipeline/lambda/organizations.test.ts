import { expect, it } from 'vitest';
import { s3Store } from '../../store/s3.ts';
import { s3Double } from '../../store/testing/s3-double.ts';
import { organizationsIn } from './lambda-world.ts';

it('finds every organization that has a pipeline, on whatever page of the listing it stands', async () => {
  await using s3 = await s3Double({ pageSize: 2 });
  const config = s3Store(s3.url(), { credentials: { accessKeyId: 'key', secretAccessKey: 'secret' } });
  const orgs = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  for (const org of orgs) await config.put(`${org}/pipeline-config.json`, '{}');
  await config.put('cc/report-config.json', '{}');
  expect(await organizationsIn(config)).toEqual(orgs);
});
