import { problemsOf } from '../../lib/errors.ts';
import { oneLine, say } from '../../lib/printable.ts';
import { ingest } from '../ingest.ts';
import { lookOnceADay } from '../run.ts';
import { writeWaiting } from '../waiting.ts';
import { lambdaLog, tell } from './lambda-log.ts';
import { openLambdaWorld, organizationsIn, storesOf } from './lambda-world.ts';
import { openQueues } from './queues.ts';
import { type LambdaContext, signalOf } from './stage-handler.ts';
import { wake } from './wake.ts';

/**
 * By the clock: takes each organization's new recordings, looks once a day through all objects, and wakes every call that is not done.
 * @throws where an organization could not be worked on; the log says why, and the next run begins again
 */
export async function handler(_event: unknown, context: LambdaContext): Promise<void> {
  const signal = signalOf(context);
  const [stores, send] = [storesOf(process.env), openQueues(process.env)];
  let failed = 0;
  for (const org of await organizationsIn(stores.config))
    try {
      signal.throwIfAborted();
      const world = await openLambdaWorld(org, stores, process.env, true);
      const { listed, taken, problem } = await ingest(world, signal);
      tell(say`${org}: ${listed} recordings listed, ${taken} new`);
      await lookOnceADay(world);
      tell(say`${org}: ${await wake(world, send)} calls woken`);
      await writeWaiting(world);
      if (!problem) continue;
      failed++;
      lambdaLog(org).say(oneLine(problem), 'problem');
    } catch (error) {
      failed++;
      tell(oneLine([say`${org}: failed:`, ...problemsOf(error)]));
    }
  if (failed > 0) throw new Error(`${failed} organizations could not be worked on`);
}
