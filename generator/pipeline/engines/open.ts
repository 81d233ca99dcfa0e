import type { Store } from '../../store/store.ts';
import type { Config } from '../config.ts';
import type { Engines, OpenContext } from '../ports.ts';

/** What engines are opened with: the stores of the pipeline beside the rest. */
export interface EngineContext extends OpenContext {
  stores: { input: Store; results: Store };
}

type Opener<Engine> = (context: EngineContext, config: Config) => Promise<Engine>;
type Openers<Kind extends 'transcribe' | 'sentiment' | 'evaluate', Engine> = Record<
  Config['engines'][Kind],
  Opener<Engine>
>;

/** Each engine is loaded only where it is named. */
const TRANSCRIBERS: Openers<'transcribe', Engines['transcriber']> = {
  sidecar: async () => (await import('./sidecar.ts')).sidecarTranscriber(),
  pocketsphinx: async (_, { engines }) =>
    (await import('./pocketsphinx.ts')).pocketsphinxTranscriber(engines.pocketsphinx),
  amazon: async ({ env, stores }, config) =>
    (await import('./amazon-transcribe.ts')).amazonTranscriber(env, config, stores),
  openai: async (context, config) => (await import('./openai-speech.ts')).speechTranscriber(context, config),
};
const SCORERS: Openers<'sentiment', Engines['sentiment']> = {
  lexicon: async () => (await import('./lexicon.ts')).lexiconScorer(),
  comprehend: async ({ env }) => (await import('./comprehend.ts')).comprehendScorer(env),
};
const EVALUATORS: Openers<'evaluate', Engines['evaluator']> = {
  phrases: async () => (await import('./phrases.ts')).phraseEvaluator(),
  bedrock: async ({ env }, config) => (await import('./bedrock.ts')).bedrockEvaluator(env, config),
  openai: async (context, config) => (await import('./openai-chat.ts')).chatEvaluator(context, config),
};

/**
 * Open the engines that an organization's configuration names.
 * @throws {PipelineError} configuration, where a setting of one is missing or wrong
 */
export async function openEngines(context: EngineContext, config: Config): Promise<Engines> {
  const { transcribe, sentiment, evaluate } = config.engines;
  return {
    transcriber: await TRANSCRIBERS[transcribe](context, config),
    sentiment: await SCORERS[sentiment](context, config),
    evaluator: await EVALUATORS[evaluate](context, config),
  };
}
