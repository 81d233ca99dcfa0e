import { stableJson } from '../lib/bytes.ts';
import { say } from '../lib/printable.ts';
import { readAnswer, type SentimentAnswer, type TranscriptAnswer } from './answers.ts';
import { PipelineError } from './errors.ts';
import { engineHash, hashOf } from './hash.ts';
import { enrichedKey } from './keys.ts';
import { enrichedOf, type Transcript } from './outputs/enriched.ts';
import { answered, bought, endedBy, note, type Session } from './session.ts';
import { nameSpeakers } from './transcript/speakers.ts';
import { languageOf, parseTranscribe } from './transcript/transcribe-json.ts';

/** From `raw/` to `enriched/`: who said what, and how the call sounds. */
export async function enrich(session: Session): Promise<void> {
  const { world, call } = session;
  const { org, stores, engines } = world;
  const transcript = await transcriptOf(session);
  const scorer = engineHash(engines.sentiment);
  const name = `enrich-${hashOf(transcript.turns, transcript.language, scorer, session.held.record.attempts.enrich)}`;
  await answered<SentimentAnswer>(session, name, () => scored(session, transcript));
  await stores.results.put(enrichedKey(org, call), stableJson(enrichedOf(org, call, transcript)));
  note(session, { stage: 'analyse', made: { ...session.held.record.made, enrich: name, scorer } });
}

async function scored(session: Session, { turns, language }: Transcript): Promise<Omit<SentimentAnswer, 'at'>> {
  const { sentiment: engine } = session.world.engines;
  if (turns.length === 0) return { engine: 'none', notAnalysed: say`Nothing was said.`, units: 0 };
  const given = await bought(session, {
    stage: 'enrich',
    engine,
    reserved: {},
    ask: () => engine.score(turns, language, endedBy(session, engine)),
    costOf: (score) => ({ units: 'units' in score ? score.units : 0 }),
  });
  return { engine: engine.name, units: 0, ...given };
}

/**
 * What was said on a call, and by whom.
 * @throws {PipelineError} poison, where the document is of no form that is known
 */
export async function transcriptOf(session: Session): Promise<Transcript> {
  if (session.transcript) return session.transcript;
  const { world, call, held } = session;
  const { config, org, stores } = world;
  const { recording, made } = held.record;
  const document =
    session.document ??
    (await readAnswer<TranscriptAnswer>(stores.results, org, call, made?.transcribe ?? ''))?.document;
  if (!document)
    throw new PipelineError('poison', [
      say`Its transcript was there, and is lost. Replay the call from the stage transcribe.`,
    ]);
  const channels = config.channels ?? recording.channels;
  const { turns, source } = nameSpeakers(parseTranscribe(document), {
    greetings: config.greetings,
    ownNames: [],
    ...(channels && { channels }),
  });
  const spoken = languageOf(document) ?? config.language;
  session.transcript = { turns, source, language: spoken === 'auto' ? 'und' : spoken };
  return session.transcript;
}
