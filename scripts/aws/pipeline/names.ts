import { deadOf, type QueueKind } from '../../../generator/pipeline/aws/names.ts';
import { Aws, Fn } from '../cdk.ts';
import { arnOf } from '../policy.ts';
import type { PipelineGiven } from './parameters.ts';
import type { PipelineNames, PipelineStatement } from './rights.ts';

/** Names that this stack gives, each beginning with the parameter `Name`. */
export const pipelineName = (given: PipelineGiven, rest: string): string => `${given.value('Name')}-${rest}`;

export const queueArn = (given: PipelineGiven, queue: QueueKind, dead = false): string =>
  arnOf('sqs', pipelineName(given, dead ? deadOf(queue) : queue));

const bucketArn = (name: string): string => `arn:${Aws.PARTITION}:s3:::${name}`;

/** ARNs by parameters alone, so that a policy needs none of the resources to be there. @param key of the buckets */
export const pipelineNames = (given: PipelineGiven, key: string): PipelineNames => ({
  input: bucketArn(given.value('InputBucketName')),
  results: bucketArn(given.value('ResultsBucketName')),
  config: bucketArn(given.value('ConfigBucketName')),
  key,
  secrets: arnOf('secretsmanager', 'secret:'),
  queues: {
    transcribe: queueArn(given, 'transcribe'),
    enrich: queueArn(given, 'enrich'),
    analyse: queueArn(given, 'analyse'),
  },
  models: given.list('ModelArns'),
});

/** A document of IAM; what is for a part that the stack may do without becomes conditional. */
export const pipelinePolicy = (
  given: PipelineGiven,
  statements: readonly PipelineStatement[],
  hasKey: boolean,
): object => ({
  Version: '2012-10-17',
  Statement: statements.map(({ for: part, ...statement }) =>
    part === undefined || (part === 'Key' && hasKey)
      ? statement
      : Fn.conditionIf(given.condition(part).logicalId, statement, Aws.NO_VALUE),
  ),
});
