import { expect, it } from 'vitest';
import { memoryStore } from '../../store/memory.ts';
import { checkPipeline } from './pipeline.ts';

const NOW = new Date('2026-11-28T12:00:00Z');
const ago = (hours: number): string => new Date(NOW.getTime() - hours * 3_600_000).toISOString();

/** What is found where the pipeline has written this. */
async function found(ingest?: object, waiting?: unknown): Promise<string[]> {
  const [results, config] = [memoryStore(), memoryStore()];
  await config.put('acme/pipeline-config.json', '{}');
  const put = (name: string, body: unknown) =>
    results.put(`acme/pipeline/${name}.json`, typeof body === 'string' ? body : JSON.stringify(body));
  if (ingest) await put('ingest', { version: 1, ...ingest });
  if (waiting !== undefined) await put('waiting', waiting);
  const findings = await checkPipeline({ results, config }, 'acme', NOW);
  return findings.map(({ result, text }) => `${result}: ${text}`);
}
const waits = (since: string, dead = 0) => ({
  version: 1,
  ...{ waiting: 1, dead },
  calls: [{ call: 'rec-1', stage: 'analyse', state: 'waiting', reason: 'r', since }],
});

it('says when recordings were listed, and whether the watermark moves', async () => {
  expect(await found()).toEqual([expect.stringMatching(/^warning: .* has never listed its recordings to the end/)]);
  expect(await found({ listed: ago(1), watermark: { time: ago(1) } })).toEqual([
    expect.stringMatching(/^ok: It listed its recordings 1 h/),
  ]);
  expect(await found({ listed: ago(27), watermark: { time: ago(27) } })).toEqual([
    expect.stringMatching(/^warning: It listed its recordings last 27 h .* ago\. See whether its schedule runs/),
  ]);
  expect(await found({ listed: ago(1), watermark: { time: ago(50) } })).toEqual([
    expect.stringMatching(/^warning: Its watermark stands still since .*: a recording cannot be had/),
  ]);
});

it('counts calls that are put aside or have waited long, and names none', async () => {
  const listed = { listed: ago(1), watermark: { time: ago(1) } };
  expect((await found(listed, waits(ago(2))))[1]).toMatch(/^ok: 1 call in work, and none is put aside/);
  expect((await found(listed, waits(ago(27), 3))).slice(1)).toEqual([
    expect.stringMatching(/^warning: 3 calls are put aside\. pipeline status --org acme says why/),
    expect.stringMatching(/^warning: 1 call has waited for more than a day/),
  ]);
  expect((await found(listed, '{'))[1]).toMatch(/^wrong: What it wrote about calls/);
  expect((await found(listed, waits(ago(27)))).join()).not.toContain('rec-1');
});

it('fails where the configuration is wrong', async () => {
  const config = memoryStore();
  await config.put('acme/pipeline-config.json', '{"language":"English please"}');
  await expect(checkPipeline({ results: memoryStore(), config }, 'acme', NOW)).rejects.toThrow(
    'pipeline-config.json: "language"',
  );
});
