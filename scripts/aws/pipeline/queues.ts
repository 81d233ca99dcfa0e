import type { Construct } from 'constructs';
import { deadOf, type QueueKind } from '../../../generator/pipeline/aws/names.ts';
import { CfnEventRule, CfnQueue, CfnQueuePolicy } from '../cdk.ts';
import { pipelineName, queueArn } from './names.ts';
import type { PipelineGiven } from './parameters.ts';

/** As long as SQS keeps anything. */
const KEPT_S = 14 * 24 * 3600;
/** Times that a message is given out before it is put aside. */
const MOST_RECEIVES = 5;
/** AWS advises six times as long as the function may run. */
const VISIBLE_TIMES = 6;

/** What is told to each queue: objects that were created. */
const RULES = {
  transcribe: { bucket: 'InputBucketName', wildcard: '*/audio/*' },
  enrich: { bucket: 'ResultsBucketName', wildcard: '*/raw/*.json' },
  analyse: { bucket: 'ResultsBucketName', wildcard: '*/enriched/*.json' },
} as const;

/**
 * For each stage a queue, another one for what was given up, and the rule that sends the events of its objects there.
 * @param timeouts of the functions, in seconds
 */
export function queues(
  scope: Construct,
  given: PipelineGiven,
  timeouts: Record<QueueKind, number>,
): Record<QueueKind, InstanceType<typeof CfnQueue>> {
  const make = (name: QueueKind) => {
    const id = name[0]?.toUpperCase() + name.slice(1);
    const dead = new CfnQueue(scope, `${id}DeadQueue`, {
      queueName: pipelineName(given, deadOf(name)),
      messageRetentionPeriod: KEPT_S,
      sqsManagedSseEnabled: true,
    });
    const queue = new CfnQueue(scope, `${id}Queue`, {
      queueName: pipelineName(given, name),
      messageRetentionPeriod: KEPT_S,
      visibilityTimeout: VISIBLE_TIMES * timeouts[name],
      sqsManagedSseEnabled: true,
      redrivePolicy: { deadLetterTargetArn: dead.attrArn, maxReceiveCount: MOST_RECEIVES },
    });
    const { bucket, wildcard } = RULES[name];
    const rule = new CfnEventRule(scope, `${id}Rule`, {
      name: pipelineName(given, name),
      eventPattern: {
        source: ['aws.s3'],
        'detail-type': ['Object Created'],
        detail: { bucket: { name: [given.value(bucket)] }, object: { key: [{ wildcard }] } },
      },
      targets: [{ id: name, arn: queue.attrArn, deadLetterConfig: { arn: dead.attrArn } }],
    });
    new CfnQueuePolicy(scope, `${id}QueuePolicy`, {
      queues: [queue.ref, dead.ref],
      policyDocument: {
        Version: '2012-10-17',
        Statement: [queueArn(given, name), queueArn(given, name, true)].flatMap((arn) => [
          {
            Effect: 'Allow',
            Principal: { Service: 'events.amazonaws.com' },
            Action: 'sqs:SendMessage',
            Resource: arn,
            Condition: { ArnEquals: { 'aws:SourceArn': rule.attrArn } },
          },
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 'sqs:*',
            Resource: arn,
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
        ]),
      },
    });
    return queue;
  };
  return { transcribe: make('transcribe'), enrich: make('enrich'), analyse: make('analyse') };
}
