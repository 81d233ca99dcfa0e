import type { NotificationConfiguration, S3Client } from '@aws-sdk/client-s3';
import {
  GetBucketNotificationConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
} from '@aws-sdk/client-s3';
import { stableJson } from '../../../generator/lib/bytes.ts';
import { Unavailable, UserError } from '../../../generator/lib/errors.ts';
import { type Printable, say } from '../../../generator/lib/printable.ts';

/** What a bucket tells to whom. */
export type Notifications = NotificationConfiguration;

/** Elements of the configuration that the SDK reads and writes: of any other one nothing would be left after writing. */
const KNOWN =
  /^(?:NotificationConfiguration|TopicConfiguration|QueueConfiguration|CloudFunctionConfiguration|EventBridgeConfiguration|Id|Topic|Queue|CloudFunction|Event|Filter|S3Key|FilterRule|Name|Value)$/;

/** @throws {UserError} where it may not be read, or has something that would be lost */
export async function readNotifications(client: S3Client, bucket: string): Promise<Notifications> {
  const xml: string[] = [];
  const stop = overhear(client, xml);
  try {
    const { $metadata: _, ...found } = await client.send(
      new GetBucketNotificationConfigurationCommand({ Bucket: bucket }),
    );
    const unknown = [...xml.join('').matchAll(/<([A-Za-z][\w:.-]*)/g)]
      .map(([, name = '']) => name)
      .find((name) => !KNOWN.test(name));
    if (unknown !== undefined)
      throw new UserError([
        say`The notifications of ${bucket} have a part that is not known here (${unknown}), and writing would lose it. Nothing was written. Switch EventBridge on in the bucket’s properties in the console instead.`,
      ]);
    return found;
  } catch (error) {
    throw explained(error, bucket, 'read', 's3:GetBucketNotification');
  } finally {
    stop();
  }
}

/** Writing replaces all that is there, so everything that is to stay is in it. Destinations that are there are not asked again. */
export async function writeNotifications(client: S3Client, bucket: string, wanted: Notifications): Promise<void> {
  try {
    await client.send(
      new PutBucketNotificationConfigurationCommand({
        Bucket: bucket,
        NotificationConfiguration: wanted,
        SkipDestinationValidation: true,
      }),
    );
  } catch (error) {
    throw explained(error, bucket, 'write', 's3:PutBucketNotification');
  }
}

/** The same with EventBridge, to which a bucket then tells everything. */
export const withEventBridge = (found: Notifications): Notifications => ({ ...found, EventBridgeConfiguration: {} });

export const hasEventBridge = (found: Notifications): boolean => found.EventBridgeConfiguration !== undefined;

/** Whether two say the same, in whatever order; an id that S3 has made up counts as well. */
export const isSame = (a: Notifications, b: Notifications): boolean => sorted(a) === sorted(b);

function sorted({
  TopicConfigurations,
  QueueConfigurations,
  LambdaFunctionConfigurations,
  EventBridgeConfiguration,
}: Notifications) {
  const lists = [TopicConfigurations, QueueConfigurations, LambdaFunctionConfigurations];
  return JSON.stringify([
    ...lists.map((list = []) => list.map((each) => stableJson(each)).sort()),
    EventBridgeConfiguration !== undefined,
  ]);
}

/** What is there, a line each. */
export function linesOf(found: Notifications): Printable[] {
  const { TopicConfigurations = [], QueueConfigurations = [], LambdaFunctionConfigurations = [] } = found;
  const line = (kind: string, to: string | undefined, { Events, Filter }: (typeof TopicConfigurations)[number]) => {
    const rules = (Filter?.Key?.FilterRules ?? []).map(({ Name, Value }) => `${Name?.toLowerCase()} ${Value}`);
    return say`${kind} ${to ?? ''}: ${Events ?? []}${rules.length > 0 ? say` (${rules})` : ''}`;
  };
  return [
    ...TopicConfigurations.map((each) => line('topic', each.TopicArn, each as never)),
    ...QueueConfigurations.map((each) => line('queue', each.QueueArn, each as never)),
    ...LambdaFunctionConfigurations.map((each) => line('function', each.LambdaFunctionArn, each as never)),
    ...(hasEventBridge(found) ? [say`EventBridge: everything`] : []),
  ];
}

/** Have the answers' text as well as what the SDK makes of it. @returns ends that */
function overhear(client: S3Client, xml: string[]): () => void {
  const { requestHandler } = client.config;
  const handle = requestHandler.handle.bind(requestHandler);
  client.config.requestHandler.handle = async (...given) => {
    const answer = await handle(...given);
    const chunks: Uint8Array[] = [];
    for await (const chunk of answer.response.body as AsyncIterable<Uint8Array>) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    xml.length = 0;
    if (answer.response.statusCode === 200) xml.push(body.toString('utf8'));
    answer.response.body = body;
    return answer;
  };
  return () => {
    client.config.requestHandler.handle = handle;
  };
}

function explained(error: unknown, bucket: string, verb: string, right: string): Error {
  if (error instanceof UserError) return error;
  const { name, message } = error as Error;
  const cannot = say`Cannot ${verb} the notifications of ${bucket}`;
  if (/AccessDenied/.test(name))
    return new UserError([say`${cannot}: these credentials may not. Grant ${right} on the bucket.`]);
  if (name === 'NoSuchBucket') return new UserError([say`${cannot}: there is no such bucket. Correct its name.`]);
  if (/PermanentRedirect|AuthorizationHeaderMalformed|Region/.test(name + message))
    return new UserError([say`${cannot}: its region is missing or another one. Set AWS_REGION to that of the bucket.`]);
  if (/Credentials/.test(name))
    return new UserError([say`${cannot}: there are no credentials (${message}). Sign in first.`]);
  return new Unavailable([say`${cannot}: ${message || name}. Nothing is known to be changed; run the command again.`]);
}
