import { randomUUID } from 'node:crypto';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { openFeed } from '../../generator/source/feed/open.ts';
import { readQueueUrl } from '../../generator/source/feed/queue-url.ts';
import { type Check, must, SkippedError, until } from './lib/check.ts';

const CALLS = 25;

export const check: Check = {
  does: 'the change feed on a queue of a server that is not ours: CCI_TEST_SQS_URL, an empty one that nobody else uses',
  async run({ say }) {
    const url = process.env.CCI_TEST_SQS_URL;
    if (url === undefined) throw new SkippedError('CCI_TEST_SQS_URL names no queue');
    const { endpoint, region } = readQueueUrl(url);
    const client = new SQSClient({ endpoint, ...(region && { region }) });
    const send = (MessageBody: string) => client.send(new SendMessageCommand({ QueueUrl: url, MessageBody }));
    const all = [randomUUID(), randomUUID()];
    const [one = '', other = ''] = all;
    const event = (org: string, id: string) =>
      JSON.stringify({ Records: [{ s3: { object: { key: `${org}/enriched/${encodeURIComponent(id)}.json` } } }] });
    const ids = Array.from({ length: CALLS }, (_, at) => `ü ${at}`);
    for (const org of all) for (const id of ids) await send(event(org, id));
    await send(JSON.stringify({ Type: 'Notification', Message: event(one, 'by SNS') }));

    const feed = openFeed(url);
    /** One run, which uses what it hears of `ours`. */
    const listen = async (ours: string[], isUsed = true) => {
      const heard = feed.listen({ ours, all }, { say: (line) => say(line) });
      const told: string[] = [];
      for (const org of ours) {
        const about = await heard.about(org);
        told.push(...((await about.calls()) ?? []));
        if (isUsed) await about.used();
      }
      await heard.end();
      // Where it has no plus or percent, the key as it stands and the key that is meant are one.
      return told.filter((id) => !id.includes('%'));
    };
    const seen = new Set<string>();
    await until('a run of one organization hears of all its calls, and gives them back as it fails', async () => {
      for (const id of await listen([one], false)) seen.add(id);
      return seen.size === CALLS + 1;
    });
    seen.clear();
    await until('the next run hears of them', async () => {
      for (const id of await listen([one])) seen.add(id);
      return seen.size === CALLS + 1;
    });
    must((await listen([one])).length === 0, 'what was used came again');
    const rest = new Set<string>();
    await until('the other organization still hears of its own', async () => {
      for (const id of await listen([other])) rest.add(id);
      return rest.size === CALLS;
    });
    must((await listen(all)).length === 0, 'what was used came again');
    client.destroy();
    say(`${seen.size} and ${rest.size} calls heard, each by its own organization`);
  },
};
