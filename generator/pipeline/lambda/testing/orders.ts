import { collect } from '../../../store/ranges.ts';
import { QUEUES } from '../../aws/names.ts';
import { randomOf } from '../../testing/schedules.ts';
import { idsBelow } from '../../waiting.ts';
import { openAccount, recorded } from './account.ts';
import { deliveriesOf } from './deliveries.ts';

const IDS = ['call-1', 'call-2', 'call-3'];
/** Steps that come in any order, and ticks of the clock after them. */
const [STEPS, TICKS] = [60, 12];
const MINUTES_20 = 20 * 60_000;

/**
 * Let the clock, the queues and the events of the four functions come in a random order: events are doubled, lost and late, SQS gives messages
 * out again, transcriptions end when they will.
 * @param seed the same gives the same order
 * @returns what is wrong in the end: nothing where all is well
 */
export async function walkOrder(seed: number): Promise<string[]> {
  await using account = await openAccount();
  const [random, around] = [randomOf(seed), deliveriesOf(account)];
  const { transcribe, comprehend, bedrock, oak, queues, stores } = account;
  const any = <T>(all: readonly T[]): T | undefined => all[Math.floor(random() * all.length)];
  for (const { queue } of Object.values(queues)) queue.again = () => random() < 0.1;
  const late: ReturnType<typeof around.told> = [];

  async function step(): Promise<void> {
    late.push(...around.told());
    const chance = random();
    const job = any([...transcribe.jobs.keys()]);
    const event = any(late);
    if (chance < 0.1) await around.tick();
    else if (chance < 0.2 && oak.recordings.length < IDS.length)
      oak.recordings.push(recorded(IDS[oak.recordings.length] ?? ''));
    else if (chance < 0.35 && job !== undefined) await transcribe.finish(job);
    else if (chance < 0.65 && event) {
      if (random() < 0.8) around.deliver(event);
      // Else it is lost; and where it stays, it comes once more.
      if (random() < 0.7) late.splice(late.indexOf(event), 1);
    } else if (chance < 0.7) account.pass(MINUTES_20 * random());
    else await around.pull(any(QUEUES) ?? 'enrich');
  }

  for (let i = 0; i < STEPS; i++) await step();
  for (const id of IDS.slice(oak.recordings.length)) oak.recordings.push(recorded(id));
  for (const { queue } of Object.values(queues)) queue.again = () => false;
  for (let tick = 0; tick < TICKS; tick++) {
    account.pass(MINUTES_20);
    await around.tick();
    for (const queue of QUEUES) {
      while ((await around.pull(queue)) > 0);
      for (const name of transcribe.jobs.keys()) await transcribe.finish(name);
    }
  }

  const flat = await collect(stores.results.list('acme/final/v2.0-flat/calls/'));
  const counts = {
    'calls that are open': [(await idsBelow(stores.results, 'acme/pipeline/open/')).length, 0],
    'calls for the report': [flat.length, IDS.length],
    transcriptions: [transcribe.jobs.size, IDS.length],
    // Two turns a call.
    'turns that were scored': [comprehend.texts.length, 2 * IDS.length],
    'calls that were judged': [bedrock.asked.length, IDS.length],
    'messages that were put aside': [around.dead.length, 0],
  };
  return Object.entries(counts).flatMap(([what, [is, wanted]]) =>
    is === wanted ? [] : [`${what}: ${is}, and not ${wanted}`],
  );
}
