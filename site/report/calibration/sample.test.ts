import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EACH, sampleOf } from './sample.ts';

const call = (id: string, verdict?: boolean, path = `/calls/${id}/`) => ({
  ...{ row: { id, path }, failed: verdict === false ? ['greets'] : ['other'], passed: verdict ? ['greets'] : [] },
});
const idsOf = async (calls: readonly ReturnType<typeof call>[]) =>
  (await sampleOf(calls, 'greets')).map(({ row }) => row.path);
const hash = (id: string) =>
  createHash('sha256')
    .update(JSON.stringify(['greets', id]))
    .digest('hex');

describe('a calibration sample', () => {
  it('has the five of each verdict with the lowest SHA-256 of rule and call, mixed by it', async () => {
    const ids = Array.from({ length: 40 }, (_, i) => `c${i}`);
    const lowest = (verdict: boolean) =>
      ids
        .filter((_, i) => (i % 4 === 0) === verdict)
        .toSorted((a, b) => (hash(a) < hash(b) ? -1 : 1))
        .slice(0, EACH);
    const wanted = [...lowest(true), ...lowest(false)].toSorted((a, b) => (hash(a) < hash(b) ? -1 : 1));
    const calls = [...ids.map((id, i) => call(id, i % 4 === 0)), call('not checked')];
    expect(await idsOf(calls)).toEqual(wanted.map((id) => `/calls/${id}/`));
  });

  it('is the same in whatever order the calls come, and has as many as there are', async () => {
    const verdicts = fc.uniqueArray(
      fc.tuple(fc.string({ maxLength: 4 }), fc.option(fc.boolean(), { nil: undefined })),
      {
        selector: ([id]) => id,
        maxLength: 30,
      },
    );
    await fc.assert(
      fc.asyncProperty(verdicts, async (list) => {
        const calls = list.map(([id, verdict]) => call(id, verdict));
        const sample = await idsOf(calls);
        expect(await idsOf(calls.toReversed())).toEqual(sample);
        const of = (verdict: boolean) => list.filter(([, own]) => own === verdict).length;
        expect(sample).toHaveLength(Math.min(EACH, of(true)) + Math.min(EACH, of(false)));
      }),
      { numRuns: 30 },
    );
  });

  it('tells calls that look alike apart by their pages', async () => {
    const calls = [call('••77', true, '/calls/~b/'), call('••77', false, '/calls/~a/')];
    expect(await idsOf(calls)).toEqual(['/calls/~a/', '/calls/~b/']);
  });
});
