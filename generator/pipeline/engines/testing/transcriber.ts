import { describe, expect, it } from 'vitest';
import type { Job, Json, JsonObject, Progress, Transcriber } from '../../ports.ts';
import { running, stopped } from './sample.ts';

export interface TranscriberUnderTest {
  transcriber: Transcriber;
  /** A call that it can transcribe, in which some words are spoken. */
  job: Job;
  /** One in which nothing is spoken, where there is such a thing. */
  empty?: Job;
  /** How often something was begun that has to be paid; absent: nothing has. */
  paid?(): number;
  close?(): Promise<void>;
}

/** What every transcriber must do. @param open anew for each test */
export function transcriberConformance(name: string, open: () => Promise<TranscriberUnderTest>): void {
  const use = async (work: (under: TranscriberUnderTest) => Promise<void>) => {
    const under = await open();
    try {
      await work(under);
    } finally {
      await under.close?.();
    }
  };

  describe(`transcriber ${name}`, () => {
    it('says its name and its settings, which are JSON', () =>
      use(async ({ transcriber }) => {
        expect(transcriber.name).toMatch(/^[a-z0-9][a-z0-9 -]*$/);
        expect(JSON.parse(JSON.stringify(transcriber.settings))).toEqual(transcriber.settings);
      }));

    it('makes a document in Transcribe’s shape', () =>
      use(async ({ transcriber, job }) => {
        const done = await finish(transcriber, job);
        if (done.state !== 'done') throw new Error(done.state === 'failed' ? done.reason : done.state);
        expect(done.seconds).toBeGreaterThanOrEqual(0);
        expect(Number.isFinite(done.seconds)).toBe(true);
        expect(JSON.parse(JSON.stringify(done.document))).toEqual(done.document);
        expect(itemsOf(done.document).length).toBeGreaterThan(0);
        for (const item of itemsOf(done.document)) expectItem(item);
      }));

    it('begins the same job once, however often it is asked', () =>
      use(async ({ transcriber, job, paid }) => {
        const first = await finish(transcriber, job);
        const once = paid?.();
        const second = await finish(transcriber, job);
        const both = await Promise.all([finish(transcriber, job), finish(transcriber, job)]);
        // An engine that keeps nothing answers anew; what a stage stores of it is not asked for again.
        if (paid && transcriber.forget) expect(paid()).toBe(once);
        for (const each of [second, ...both]) expect(documentOf(each)).toEqual(documentOf(first));
      }));

    it('begins nothing when it is asked how a job stands', () =>
      use(async ({ transcriber, job, paid }) => {
        const before = paid?.();
        const progress = await transcriber.check(job, running());
        expect(paid?.()).toBe(before);
        // An engine that has the words at hand may give them.
        if (progress.state === 'failed') expect(progress).toMatchObject({ retry: true });
        else expect(progress.state).toBe('done');
      }));

    it('gives a document without words where nothing is spoken', () =>
      use(async ({ transcriber, empty }) => {
        if (!empty) return;
        const done = await finish(transcriber, empty);
        expect(done.state).toBe('done');
        expect(itemsOf(documentOf(done) ?? {})).toEqual([]);
      }));

    it('begins nothing once it is stopped', () =>
      use(async ({ transcriber, job, paid }) => {
        const before = paid?.();
        await expect(transcriber.begin(job, stopped())).rejects.toThrow();
        expect(paid?.()).toBe(before);
      }));

    it('forgets what nobody has begun without complaint', () =>
      use(async ({ transcriber }) => {
        await transcriber.forget?.({ name: 'cci-acme-ffffffffffffffff' }, running());
      }));
  });
}

/** Begin it, and ask until it is over. */
async function finish(transcriber: Transcriber, job: Job): Promise<Progress> {
  let progress = await transcriber.begin(job, running());
  for (let asked = 0; progress.state === 'running' && asked < 20; asked++)
    progress = await transcriber.check(job, running());
  return progress;
}

const documentOf = (progress: Progress): JsonObject | undefined =>
  progress.state === 'done' ? progress.document : undefined;

/** All items of either shape. */
function itemsOf(document: JsonObject): JsonObject[] {
  const results = (document.results ?? {}) as { items?: Json; channel_labels?: { channels?: { items?: Json }[] } };
  const channels = results.channel_labels?.channels;
  return (channels ? channels.flatMap(({ items }) => items ?? []) : (results.items ?? [])) as JsonObject[];
}

function expectItem(item: JsonObject): void {
  expect(['pronunciation', 'punctuation']).toContain(item.type);
  const [best] = item.alternatives as JsonObject[];
  expect(best?.content).toEqual(expect.stringMatching(/\S/));
  if (item.type === 'punctuation') return;
  for (const time of [item.start_time, item.end_time]) if (time !== undefined) expect(time).toMatch(/^\d+(?:\.\d+)?$/);
}
