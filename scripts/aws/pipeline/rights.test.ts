/** The rights of the functions beside what they do: real stages over stores that note each call. */
import { expect, it } from 'vitest';
import { say } from '../../../generator/lib/printable.ts';
import { PipelineError } from '../../../generator/pipeline/errors.ts';
import { ingest } from '../../../generator/pipeline/ingest.ts';
import { stageHandler } from '../../../generator/pipeline/lambda/stage-handler.ts';
import { wake } from '../../../generator/pipeline/lambda/wake.ts';
import { removeCall } from '../../../generator/pipeline/remove.ts';
import { lookOnceADay } from '../../../generator/pipeline/run.ts';
import { spoken, testWorld } from '../../../generator/pipeline/testing/world.ts';
import { writeWaiting } from '../../../generator/pipeline/waiting.ts';
import { memoryStore } from '../../../generator/store/memory.ts';
import type { Store } from '../../../generator/store/store.ts';
import type { Statement } from '../rights.ts';
import { allows, covers, type Use } from '../testing/iam.ts';
import { analyseRights, enrichRights, ingestRights, PIPELINE_PLACEHOLDERS, transcribeRights } from './rights.ts';

const { signal } = new AbortController();
const context = { getRemainingTimeInMillis: () => 60_000 };

/** A store whose every call is noted as what S3 would be asked. */
function noting(bucket: string, uses: Use[]): Store {
  const inner = memoryStore(Date.now);
  const note = (action: string, key?: string) => {
    uses.push({ action: `s3:${action}`, resource: `arn:aws:s3:::${bucket}${key === undefined ? '' : `/${key}`}` });
  };
  return {
    ...inner,
    list(prefix) {
      note('ListBucket');
      return inner.list(prefix);
    },
    get(key, options) {
      note('GetObject', key);
      return inner.get(key, options);
    },
    put(key, body, options) {
      note('PutObject', key);
      return inner.put(key, body, options);
    },
    remove(key) {
      note('DeleteObject', key);
      return inner.remove(key);
    },
  };
}

async function usesOfAll() {
  const all: Use[] = [];
  const stores = { input: noting('INPUT', all), results: noting('RESULTS', all) };
  const world = testWorld({
    stores,
    has: [spoken('a'), spoken('b', { group: 'g' }), spoken('bad')],
    isSlow: true,
    before: (what) => {
      if (what === 'download bad') throw new PipelineError('poison', [say`It is no sound.`]);
    },
  });
  const open = async () => world;
  const during = async (work: () => Promise<unknown>): Promise<Use[]> => {
    all.length = 0;
    await work();
    return [...all];
  };
  const batchOf = (...calls: string[]) => ({
    Records: calls.map((call) => ({ messageId: call, body: JSON.stringify({ org: 'acme', call }) })),
  });
  const batch = batchOf('a', 'b');
  const erased = () => removeCall(world, 'a');
  return {
    ingest: await during(async () => {
      await ingest(world, signal);
      // Sound that somebody else has put there is adopted.
      await stores.input.put('acme/audio/c.wav', JSON.stringify({ turns: ['hello'] }));
      await lookOnceADay(world);
      await wake(world, async () => {});
      await writeWaiting(world);
    }),
    transcribe: await during(async () => {
      await stageHandler('transcribe', () => true, open)(batch, context);
      // One is done at the second look; the other one the next function asks about.
      await stageHandler('transcribe', () => true, open)(batchOf('a'), context);
    }),
    enrich: await during(() => stageHandler('enrich', () => true, open)(batch, context)),
    analyse: await during(() => stageHandler('analyse', () => true, open)(batch, context)),
    erased: await during(erased),
  };
}

const uses = await usesOfAll();
const RIGHTS = {
  ingest: ingestRights(PIPELINE_PLACEHOLDERS) as Statement[],
  transcribe: transcribeRights(PIPELINE_PLACEHOLDERS) as Statement[],
  enrich: enrichRights(PIPELINE_PLACEHOLDERS) as Statement[],
  analyse: analyseRights(PIPELINE_PLACEHOLDERS) as Statement[],
};

it.each(['ingest', 'transcribe', 'enrich', 'analyse'] as const)('%s has the rights that it uses', (name) => {
  expect(uses[name].length).toBeGreaterThan(5);
  expect(uses[name].filter((use) => !allows(RIGHTS[name], use))).toEqual([]);
});

it.each(['transcribe', 'enrich', 'analyse'] as const)(
  '%s can take away what it wrote of a call that was erased meanwhile',
  (name) => {
    expect(uses.erased.filter((use) => !allows(RIGHTS[name], use))).toEqual([]);
  },
);

it.each(['ingest', 'transcribe', 'enrich', 'analyse'] as const)(
  '%s has no right in a bucket that it does not use',
  (name) => {
    const config: Use[] = [
      { action: 's3:ListBucket', resource: 'arn:aws:s3:::CONFIG' },
      { action: 's3:GetObject', resource: 'arn:aws:s3:::CONFIG/acme/qa-config.json' },
    ];
    const used = [...uses[name], ...config, ...(name === 'ingest' ? [] : uses.erased)];
    const unused = RIGHTS[name].filter(
      (right) => right.Action.some((action) => action.startsWith('s3:')) && !used.some((use) => covers(right, use)),
    );
    expect(unused.map(({ Sid }) => Sid)).toEqual([]);
  },
);
