import { expect, test } from 'vitest';
import { silentLog } from '../../../generator/lib/console.ts';
import { readSidecar } from '../../../generator/pipeline/engines/sidecar.ts';
import { nameSpeakers } from '../../../generator/pipeline/transcript/speakers.ts';
import { parseTranscribe } from '../../../generator/pipeline/transcript/transcribe-json.ts';
import { memoryStore } from '../../../generator/store/memory.ts';
import { runSpeech } from './run.ts';
import { SPOKEN } from './script.ts';
import { readTranscript } from './sidecars.ts';
import { SPEECH_ORG } from './tenant.ts';
import { wordErrors } from './word-errors.ts';

const NOW = new Date('2026-11-27T09:00:00Z');

test('what was heard of the twelve calls is what is said now, with one word in six wrong at most; else run voices.ts', () => {
  expect(SPOKEN.length).toBe(12);
  let [errors, words] = [0, 0];
  for (const { name, lines } of SPOKEN) {
    const { body, seconds } = readTranscript(name);
    const document = readSidecar({ name: `${name}.vtt`, body });
    const { turns, source } = nameSpeakers(parseTranscribe(document), { greetings: [], ownNames: [] });
    expect(source).toBe('channel');
    expect(seconds).toBeGreaterThan(turns.at(-1)?.end ?? 0);
    for (const party of ['agent', 'customer'] as const) {
      const by = (said: { text: string }[]) => said.map(({ text }) => text).join(' ');
      const own = wordErrors(
        by(lines.filter(({ who }) => who === party)),
        by(turns.filter(({ speaker }) => speaker === party)),
      );
      errors += own.errors;
      words += own.words;
    }
  }
  expect(errors / words).toBeLessThan(1 / 6);
});

async function run() {
  const stores = { results: memoryStore(), input: memoryStore(), config: memoryStore() };
  const outcome = await runSpeech(stores, { now: NOW, isSpoken: false, log: silentLog });
  const read = async (key: string) =>
    new TextDecoder().decode((await stores.results.get(`${SPEECH_ORG}/${key}`))?.body);
  return { stores, outcome, read };
}

test('they go through the pipeline from recordings to what the report reads, and not a second time', async () => {
  const { stores, outcome, read } = await run();
  expect(outcome).toMatchObject({
    calls: { seen: 12, done: 12, waiting: 0, dead: 0 },
    paid: { calls: 0 },
    notDone: [],
  });
  const rows = (await read('final/v2.0-flat/qa/no-hot-water.jsonl'))
    .trim()
    .split('\n')
    .map((row) => JSON.parse(row));
  const verdicts = Object.fromEntries(rows.map(({ rule_name, pass }) => [rule_name, pass ?? null]));
  expect(verdicts).toEqual({
    ...{ 'Branded greeting': false, 'Recording announced': false, 'Identity verified': false },
    ...{
      'Confirms next step': false,
      'Offers further help': false,
      'Stays polite': false,
      'Acknowledges the problem': null,
    },
  });
  expect(JSON.parse(await read('final/v2.0-flat/calls/no-hot-water.jsonl'))).toMatchObject({
    ...{ direction: 'inbound', overall: 'negative', start_timestamp: '2026-11-26T10:40:00Z' },
  });
  const sounds: string[] = [];
  for await (const { key } of stores.input.list(`${SPEECH_ORG}/audio/`)) sounds.push(key.split('/').at(-1) ?? '');
  expect(sounds.sort()).toEqual(['call-back.mp3', 'moved-appointment.mp3', 'smart-meter.mp3']);
  expect(await runSpeech(stores, { now: NOW, isSpoken: false, log: silentLog })).toBeUndefined();
});
