import { stableJson } from '../../../generator/lib/bytes.ts';
import { taskOf } from '../../../generator/pipeline/task.ts';
import type { Spoken, TestWorld } from '../../../generator/pipeline/testing/world.ts';
import { nameSpeakers } from '../../../generator/pipeline/transcript/speakers.ts';
import { parseTranscribe } from '../../../generator/pipeline/transcript/transcribe-json.ts';

/** What is left of a pipeline without anything that keeps it right: it lists, asks and writes. */
export async function bareLoop(world: TestWorld, has: readonly Spoken[], signal: AbortSignal): Promise<void> {
  const { provider, engines, stores } = world;
  const task = taskOf(world);
  for (const { recording } of has) {
    const { body, extension } = await provider.download(recording, signal);
    const key = `acme/audio/${recording.id}.${extension}`;
    await stores.input.put(`acme/meta/${recording.id}.json`, stableJson({ raw: recording.raw }));
    const etag = await stores.input.put(key, body);
    const facts = await world.probe(body, extension);
    const audio = { key, etag, facts, read: async () => body };
    const job = { name: recording.id, org: 'acme', call: recording.id, audio, language: 'en-GB' };
    const progress = await engines.transcriber.begin(job, signal);
    if (progress.state !== 'done') throw new Error('not transcribed');
    const { turns } = nameSpeakers(parseTranscribe(progress.document), { greetings: [], ownNames: [] });
    const sentiment = await engines.sentiment.score(turns, 'en-GB', signal);
    const evaluation = await engines.evaluator.evaluate(turns, task, signal);
    const all = { ...recording, ...sentiment, ...evaluation };
    await stores.results.put(`acme/raw/${recording.id}.json`, stableJson(progress.document));
    await stores.results.put(`acme/enriched/${recording.id}.json`, stableJson({ transcript: turns }));
    await stores.results.put(`acme/final/v1.0/${recording.id}.json`, stableJson(all));
    await stores.results.put(`acme/final/v2.0-flat/calls/${recording.id}.jsonl`, `${JSON.stringify(all)}\n`);
    await stores.results.put(`acme/final/v2.0-flat/qa/${recording.id}.jsonl`, `${JSON.stringify(evaluation)}\n`);
  }
}
