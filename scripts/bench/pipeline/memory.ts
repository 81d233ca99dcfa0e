// The most memory that a run takes over an organization with many finished calls and some new ones, in MB, on standard output.
import type { Recording } from '../../../generator/pipeline/ports.ts';
import { runOrganization } from '../../../generator/pipeline/run.ts';
import { finishedId, withFinished } from '../../../generator/pipeline/testing/finished.ts';
import { spoken, testWorld } from '../../../generator/pipeline/testing/world.ts';
import { memoryStore } from '../../../generator/store/memory.ts';
import { MANY, NEW } from '../pipeline.ts';

const old = MANY - NEW;

const world = testWorld({
  free: true,
  has: Array.from({ length: NEW }, (_, i) => spoken(finishedId(old + i))),
  stores: {
    input: withFinished(memoryStore(), 'input', old),
    results: withFinished(memoryStore(), 'results', old),
  },
});
const { provider } = world;
async function* everything(): AsyncGenerator<Recording> {
  for (let i = 0; i < MANY; i++) yield spoken(finishedId(i)).recording;
}
const outcome = await runOrganization(
  { ...world, provider: { ...provider, list: everything } },
  new AbortController().signal,
);
if (outcome.ingest.listed !== MANY || outcome.calls.done !== NEW) throw new Error(JSON.stringify(outcome));
process.stdout.write(String(process.resourceUsage().maxRSS / 1024));
