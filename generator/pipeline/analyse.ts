import { stableJson } from '../lib/bytes.ts';
import { say } from '../lib/printable.ts';
import { type EvaluationAnswer, readAnswer, type SentimentAnswer, type TranscriptAnswer } from './answers.ts';
import { transcriptOf } from './enrich.ts';
import { PipelineError } from './errors.ts';
import { engineHash, hashOf } from './hash.ts';
import { callsKey, enrichedKey, qaKey, v1Key } from './keys.ts';
import { enrichedOf, type Transcript } from './outputs/enriched.ts';
import { finalOf, type Sources } from './outputs/final.ts';
import type { Task, Turn } from './ports.ts';
import type { CallRecord } from './record.ts';
import { answered, bought, endedBy, note, type Session } from './session.ts';
import { taskHash, taskOf } from './task.ts';

/** An answer that could not be used is asked for again so often by itself: each is paid for. */
const MOST_ATTEMPTS = 3;
/** Tokens of an answer, where `max_tokens` in `ai-config.json` says nothing. */
const USUAL_ANSWER = 4096;
/** Bytes of instructions around what is judged. */
const AROUND = 6000;

/**
 * From `enriched/` to `final/`: rules, score and insights.
 * @throws {PipelineError} retry, where the model's answer cannot be used and may be better next time
 */
export async function analyse(session: Session): Promise<void> {
  const { world, held } = session;
  const transcript = await transcriptOf(session);
  const task = taskOf(world);
  const [judged, evaluator] = [taskHash(task), engineHash(world.engines.evaluator)];
  const { attempts } = held.record;
  const name = `analyse-${hashOf(transcript.turns, judged, evaluator, attempts.analyse)}`;
  const answer = await answered<EvaluationAnswer>(session, name, () => evaluated(session, transcript, task));
  if (answer.failed !== undefined && answer.retry && attempts.analyse < MOST_ATTEMPTS) {
    note(session, { attempts: { ...attempts, analyse: attempts.analyse + 1 } });
    throw new PipelineError('retry', [say`The model's answer could not be used: ${answer.failed}`]);
  }
  note(session, { made: { ...session.held.record.made, analyse: name, task: judged, evaluator } });
  const sources = await sourcesOf(session, transcript, task, answer);
  await write(session, sources);
  note(session, costOf(sources));
}

/** In this order: the report takes a call's line without its rows for a call whose rows are still to come. */
async function write(session: Session, sources: Sources): Promise<void> {
  const { world, call } = session;
  const { org, stores } = world;
  const { v1, calls, qa, notEvaluated } = finalOf(world, sources);
  if (notEvaluated !== undefined)
    await stores.results.put(
      enrichedKey(org, call),
      stableJson(enrichedOf(org, call, sources.transcript, notEvaluated)),
    );
  await stores.results.put(v1Key(org, call), stableJson(v1));
  // The order of insights is the configuration's.
  await stores.results.put(callsKey(org, call), `${JSON.stringify(calls)}\n`);
  await stores.results.put(qaKey(org, call), `${qa.map((row) => JSON.stringify(row)).join('\n')}\n`);
}

async function evaluated(session: Session, { turns }: Transcript, task: Task): Promise<Omit<EvaluationAnswer, 'at'>> {
  const { evaluator: engine } = session.world.engines;
  if (turns.length === 0) return { engine: 'none', failed: say`Nothing was said on this call.` };
  if (task.rules.length + Object.keys(task.insights).length === 0)
    return { engine: 'none', failed: say`No QA rules are configured.` };
  const reserved = { tokens: mostTokens(turns, task) };
  const given = await bought(session, {
    stage: 'analyse',
    engine,
    reserved,
    ask: () => engine.evaluate(turns, task, endedBy(session, engine)),
    // Who does not count is counted at the most.
    costOf: ({ usage }) => (usage ? { tokens: usage.input + usage.output } : reserved),
  });
  const { usage } = given;
  const counted = { engine: engine.name, ...(usage && { usage }) };
  if ('failed' in given) return { ...counted, failed: given.failed, retry: given.retry };
  const { verdicts, insights, remarks } = given;
  return { ...counted, evaluation: { verdicts, insights, ...(remarks && { remarks }) } };
}

function costOf({ transcript, answers }: Sources): Pick<CallRecord, 'words' | 'paid'> {
  const { transcribe, enrich, analyse: judged } = answers;
  const { input = 0, output = 0 } = judged.usage ?? {};
  return {
    words: transcript.turns.reduce((sum, { text }) => sum + text.split(/\s+/).length, 0),
    paid: { seconds: transcribe.seconds, tokens: input + output, units: enrich.units },
  };
}

/** A token has a byte or more: what an answer costs at the most, to be taken from the budget before it is known. */
const mostTokens = (turns: readonly Turn[], task: Task): number =>
  Buffer.byteLength(JSON.stringify([turns, task])) + AROUND + (task.maxTokens ?? USUAL_ANSWER);

async function sourcesOf(
  { world, call, held }: Session,
  transcript: Transcript,
  task: Task,
  analysed: EvaluationAnswer,
): Promise<Sources> {
  const { org, stores } = world;
  const { made } = held.record;
  const [transcribed, enriched] = await Promise.all([
    readAnswer<TranscriptAnswer>(stores.results, org, call, made?.transcribe ?? ''),
    readAnswer<SentimentAnswer>(stores.results, org, call, made?.enrich ?? ''),
  ]);
  if (!transcribed || !enriched)
    throw new PipelineError('poison', [
      say`What engines answered was there, and is lost. Replay the call from the stage transcribe.`,
    ]);
  return {
    record: held.record,
    task,
    transcript,
    answers: { transcribe: transcribed, enrich: enriched, analyse: analysed },
  };
}
