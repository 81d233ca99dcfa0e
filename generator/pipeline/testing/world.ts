import { decodeText, encodeText } from '../../lib/bytes.ts';
import { silentLog } from '../../lib/console.ts';
import { say } from '../../lib/printable.ts';
import { memoryStore } from '../../store/memory.ts';
import { PipelineConfig } from '../config.ts';
import { PipelineError } from '../errors.ts';
import type { AudioFacts, JsonObject, Recording, TranscribeDocument } from '../ports.ts';
import type { World } from '../world.ts';

/** A recording of a test: what is said on it lies in its sound as JSON, so that every engine can be judged by what it gives. */
export interface Spoken {
  recording: Recording;
  /** Left, right, left, … */
  turns: string[];
  facts?: Partial<AudioFacts>;
}

/** What is asked of the engines of a test: `engine call`, in order. */
type Asked = string[];

/** May throw, or wait, before an engine or a provider answers. */
type Before = (what: string) => void | Promise<void>;

export interface TestWorld extends World {
  /** What the provider has; a test changes it as it likes. */
  has: Spoken[];
  asked: Asked;
  clock: { time: number };
}

export interface WorldOptions {
  has?: Spoken[];
  config?: object;
  org?: string;
  stores?: World['stores'];
  clock?: { time: number };
  before?: Before;
  /** Done around whatever a provider or an engine is asked. */
  around?: <T>(work: () => Promise<T>) => Promise<T>;
  /** Engines cost nothing. */
  free?: boolean;
  /** Answers differ from time to time, as those of models do. */
  isMoody?: boolean;
  /** A transcription is first said to be running. */
  isSlow?: boolean;
  asked?: Asked;
}

export const START = Date.parse('2026-04-02T08:00:00Z');

/** A recording of two minutes at an hour of 2 April 2026. */
export function spoken(id: string, over: Partial<Recording> = {}, turns?: string[]): Spoken {
  return {
    recording: {
      id,
      from: '+441632960001',
      to: 'ann@agents.example',
      started: '2026-04-02T07:00:00Z',
      ended: '2026-04-02T07:02:00Z',
      raw: { queue: 'parcels' },
      ...over,
    },
    turns: turns ?? [`thank you for calling about ${id}`, 'my parcel has not come', 'i will look into it'],
  };
}

export const QA = {
  qa_rules: [
    { rule_name: 'Greeting', category: 'Opening', weight: 1, match: { any: ['thank you for calling'] } },
    { rule_name: 'Says goodbye', category: 'Closing', weight: 3, match: { any: ['good bye'] } },
  ],
};
const AI = { json_output_schema: { summary: '', topic: '', overall_score: 0 } };

/** A world in memory, with engines that answer at once and write down who asked them. */
export function testWorld(options: WorldOptions = {}): TestWorld {
  const clock = options.clock ?? { time: START };
  const time = () => clock.time;
  const has = options.has ?? [spoken('call-1')];
  const asked = options.asked ?? [];
  const before = options.before ?? (() => {});
  const free = options.free ? ({ free: true } as const) : {};
  const around = options.around ?? ((work) => work());
  const ask = <T>(what: string, answer: () => T | Promise<T>): Promise<T> =>
    around(async () => {
      await before(what);
      asked.push(what);
      return await answer();
    });
  const running = new Set<string>();
  return {
    org: options.org ?? 'acme',
    config: PipelineConfig.parse(options.config ?? {}),
    qa: QA,
    ai: AI,
    agentDomains: ['agents.example'],
    stores: options.stores ?? { input: memoryStore(time), results: memoryStore(time) },
    has,
    asked,
    clock,
    now: () => new Date(clock.time),
    log: silentLog,
    provider: {
      name: 'test',
      async *list(since) {
        await around(async () => before('list'));
        const from = typeof since === 'object' && 'time' in since ? Date.parse(since.time) : 0;
        const listed = has.filter(({ recording: { started } }) => Date.parse(started ?? '') >= from);
        yield* listed.map(({ recording }) => recording);
      },
      async download({ id }) {
        await around(async () => before(`download ${id}`));
        const found = has.find(({ recording }) => recording.id === id);
        if (!found) throw new PipelineError('poison', [say`It is no longer there.`]);
        const { turns, facts } = found;
        return { body: encodeText(JSON.stringify({ id, turns, facts: facts ?? {} })), extension: 'wav' };
      },
    },
    async probe(body, extension) {
      const { facts } = JSON.parse(decodeText(body)) as { facts: Partial<AudioFacts> };
      return { extension, seconds: 120, channels: 2, sampleRate: 16_000, ...facts };
    },
    engines: {
      transcriber: {
        name: 'test speech',
        settings: {},
        ...free,
        begin: (job) =>
          ask(`transcribe ${job.call}`, async () => {
            if (!options.isSlow || running.has(job.name)) return transcribed(await job.audio.read());
            running.add(job.name);
            return { state: 'running' };
          }),
        check: (job) => around(async () => transcribed(await job.audio.read())),
      },
      sentiment: {
        name: 'test sentiment',
        settings: {},
        ...free,
        score: (turns) =>
          ask(`score ${idIn(turns[0]?.text)}`, () => ({
            sentiment: { overall: 'positive', positive: 0.8, neutral: 0.1, negative: 0.1, mixed: 0 } as const,
            units: 3,
          })),
      },
      evaluator: {
        name: 'test model',
        settings: {},
        ...free,
        evaluate: (turns, { rules }) =>
          ask(`evaluate ${idIn(turns[0]?.text)}`, () => {
            const mood = options.isMoody ? asked.length : 0;
            return {
              verdicts: rules.map(({ name }, i) => ({
                rule: name,
                pass: i === 0,
                score: i === 0 ? 100 : mood % 60,
                quote: i === 0 ? (turns[0]?.text ?? '') : 'nobody said that at all',
              })),
              insights: { topic: 'parcels', summary: `mood ${mood}`, overall_score: 100 },
              usage: { input: 900, output: 100 },
            };
          }),
      },
    },
  };
}

const idIn = (text = ''): string => text.split(' ').at(-1) ?? '';

function transcribed(body: Uint8Array): { state: 'done'; document: TranscribeDocument; seconds: number } {
  const { turns } = JSON.parse(decodeText(body)) as { turns: string[] };
  const channel = (which: number): JsonObject => ({
    channel_label: `ch_${which}`,
    items: turns.flatMap((text, turn) => (turn % 2 === which ? wordsAt(text, turn * 10) : [])),
  });
  return {
    state: 'done',
    seconds: 120,
    document: { results: { language_code: 'en-GB', channel_labels: { channels: [channel(0), channel(1)] } } },
  };
}

const wordsAt = (text: string, at: number): JsonObject[] =>
  text.split(' ').map((content, i) => ({
    type: 'pronunciation',
    start_time: String(at + i / 4),
    end_time: String(at + i / 4 + 0.2),
    alternatives: [{ content }],
  }));
