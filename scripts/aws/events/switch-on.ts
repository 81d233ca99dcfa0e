import type { S3Client } from '@aws-sdk/client-s3';
import { Unavailable } from '../../../generator/lib/errors.ts';
import { jsonLine, type Printable, say } from '../../../generator/lib/printable.ts';
import {
  hasEventBridge,
  isSame,
  linesOf,
  readNotifications,
  withEventBridge,
  writeNotifications,
} from './notifications.ts';

export interface Asking {
  /** A line for the person. */
  say(line: Printable): void;
  /** Whether to write; asked once, after everything was shown. */
  confirm(): Promise<boolean>;
}

/**
 * Let a bucket tell EventBridge what happens in it, and keep everything that it tells others.
 * @returns whether it was there already, was written, or was not wanted
 * @throws {Unavailable} where somebody else has changed it meanwhile, before or after writing
 */
export async function switchOn(
  client: S3Client,
  bucket: string,
  asking: Asking,
): Promise<'there' | 'written' | 'refused'> {
  const found = await readNotifications(client, bucket);
  asking.say(say`The notifications of ${bucket}:`);
  for (const line of linesOf(found)) asking.say(say`  ${line}`);
  if (hasEventBridge(found)) {
    asking.say(say`EventBridge is told already. There is nothing to write.`);
    return 'there';
  }
  asking.say(say`+ EventBridge: everything`);
  asking.say(say`Writing replaces the whole configuration. As it is now, to keep: ${jsonLine(found)}`);
  if (!(await asking.confirm())) {
    asking.say(say`Nothing was written.`);
    return 'refused';
  }
  // S3 knows no condition here, so what others have written while somebody thought about it is looked for just before.
  if (!isSame(found, await readNotifications(client, bucket)))
    throw new Unavailable([
      say`Somebody has changed the notifications of ${bucket} meanwhile, so nothing was written. Run the command again.`,
    ]);
  const wanted = withEventBridge(found);
  await writeNotifications(client, bucket, wanted);
  const now = await readNotifications(client, bucket);
  if (!isSame(wanted, now))
    throw new Unavailable([
      say`The notifications of ${bucket} are not as they were written: somebody else has written at the same moment. There are now: ${linesOf(now)}. Compare them with what was shown above, and run the command again.`,
    ]);
  asking.say(say`Written, and read again: everything that was there is there.`);
  return 'written';
}
