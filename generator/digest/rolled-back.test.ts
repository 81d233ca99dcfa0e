import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { compileTemplates } from '../../templates/compile.ts';
import { putCall } from '../fixtures/world.ts';
import { rollBack } from '../publish/rollback.ts';
import { builtWorld, DAY } from './fixtures/built-world.ts';
import { sendDigests } from './send.ts';

const templates = mkdtempSync(join(tmpdir(), 'mail-'));
beforeAll(() => compileTemplates(templates));

it('an older build that was brought back is not mailed as the day’s figures: the next build has to come first', async () => {
  const { options, reports, results, build } = await builtWorld(templates);
  const call = { start_timestamp: `${DAY}T11:00:00Z`, end_timestamp: `${DAY}T11:01:00Z` };
  await putCall(results, 'org_1', { id: 'late', call });
  await build();
  await rollBack(reports, 'org_1', 1, '2026-04-01T07:00:00.000Z', async () => ({
    createOnly: true,
    compareAndSwap: true,
  }));
  for (const more of [{}, { dryRun: true }, { date: DAY }, { to: 'me@example.com' }]) {
    const { digests, text, failed } = await sendDigests({ ...options, ...more });
    expect([digests, failed]).toEqual([[], true]);
    expect(text).toEqual([
      'org_1: no digest was sent: build 1 is current again, which is older than the last listing: what has come since is not in it, and its figures may be wrong. Run build, then digest.',
    ]);
  }
  await build();
  const { digests, failed } = await sendDigests(options);
  expect([digests.map(({ state }) => state), failed]).toEqual([['sent', 'sent'], false]);
});
