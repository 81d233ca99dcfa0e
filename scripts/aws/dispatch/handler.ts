// The function that EventBridge calls every five minutes. `bundle.ts` makes one file of it, which the template holds.
import { gapInBucket, readApp, sqsQueue } from './aws.ts';
import { type Drained, drain } from './drain.ts';
import { dispatchToGitHub } from './github.ts';

const GAP_MS = 15 * 60_000;

/** @throws where GitHub did not take it or AWS failed: then the function counts as failed, and everything is tried again */
export async function handler(): Promise<Drained> {
  const { CCI_QUEUE = '', CCI_STATE = '', CCI_APP_SECRET = '', CCI_GITHUB_API = '', CCI_REPOSITORY = '' } = process.env;
  const drained = await drain({
    queue: sqsQueue(CCI_QUEUE),
    gap: gapInBucket(CCI_STATE, 'dispatch/last', GAP_MS),
    dispatch: async (body) =>
      dispatchToGitHub(await readApp(CCI_APP_SECRET), { api: CCI_GITHUB_API, repository: CCI_REPOSITORY }, body),
    prefix: process.env.CCI_RESULTS_PREFIX ?? '',
  });
  // Numbers alone.
  process.stdout.write(`${JSON.stringify(drained)}\n`);
  return drained;
}
