import type { Construct } from 'constructs';
import { deadOf, type FunctionKind, logOf, type QueueKind } from '../../../generator/pipeline/aws/names.ts';
import {
  Aws,
  CfnAlarm,
  CfnEventInvokeConfig,
  CfnEventRule,
  CfnEventSourceMapping,
  CfnFunction,
  CfnLogGroup,
  CfnPermission,
  type CfnQueue,
  CfnRole,
  Fn,
} from '../cdk.ts';
import { arnOf, trustOf } from '../policy.ts';
import { pipelineName, pipelineNames, pipelinePolicy } from './names.ts';
import type { PipelineGiven } from './parameters.ts';
import {
  analyseRights,
  enrichRights,
  ingestRights,
  type PipelineNames,
  type PipelineStatement,
  transcribeRights,
} from './rights.ts';

interface Kind {
  id: string;
  /** Behind the stack's name, and of its file in the archive. */
  name: FunctionKind;
  about: string;
  rights: (names: PipelineNames) => PipelineStatement[];
  timeout: number;
  memory: number;
  queue?: QueueKind;
  /** Messages that one call of the function gets, and calls at once. */
  batch?: number;
  atOnce?: number;
}

/** A recording of 512 MB is held once as it came and once as it is sent. */
const WITH_SOUND_MB = 2048;

const KINDS: readonly Kind[] = [
  {
    id: 'Ingest',
    name: 'oak-ingest',
    about: 'Takes new recordings, and wakes calls that are not done.',
    rights: ingestRights,
    timeout: 900,
    memory: WITH_SOUND_MB,
  },
  {
    id: 'JobInit',
    name: 'job-init',
    about: 'Begins transcriptions.',
    rights: transcribeRights,
    timeout: 300,
    memory: WITH_SOUND_MB,
    queue: 'transcribe',
    batch: 1,
    atOnce: 5,
  },
  {
    id: 'ResultHandler',
    name: 'result-handler',
    about: 'Says who speaks, and how they feel about it.',
    rights: enrichRights,
    timeout: 120,
    memory: 512,
    queue: 'enrich',
    batch: 5,
    atOnce: 5,
  },
  {
    id: 'Analyser',
    name: 'analyser',
    about: 'Judges calls, and writes what the reports read.',
    rights: analyseRights,
    timeout: 300,
    memory: 512,
    queue: 'analyse',
    batch: 2,
  },
];

/** Seconds that each function may run, by its queue. */
export const TIMEOUTS = Object.fromEntries(
  KINDS.flatMap(({ queue, timeout }) => (queue ? [[queue, timeout]] : [])),
) as Record<QueueKind, number>;

/**
 * The four functions, each with its role, its log, its alarm, and what starts it.
 * @param all queues that the functions hear, each by its stage
 * @param key ARN of the buckets' key, where there always is one
 */
export function functions(
  scope: Construct,
  given: PipelineGiven,
  all: Record<QueueKind, InstanceType<typeof CfnQueue>>,
  key: string | undefined,
): void {
  const { transcribe, enrich, analyse } = all;
  const names = pipelineNames(given, key ?? given.value('KeyArn'));
  const url = (bucket: string): string => {
    const locked = (arn: string) => `s3://${bucket}?sse=aws:kms&kmsKeyId=${arn}`;
    if (key !== undefined) return locked(key);
    return Fn.conditionIf(given.condition('Key').logicalId, locked(given.value('KeyArn')), `s3://${bucket}`).toString();
  };
  const variables = {
    CCI_INPUT_URL: url(given.value('InputBucketName')),
    CCI_RESULTS_URL: url(given.value('ResultsBucketName')),
    CCI_CONFIG_URL: url(given.value('ConfigBucketName')),
    CCI_TRANSCRIBE_QUEUE: transcribe.ref,
    CCI_ENRICH_QUEUE: enrich.ref,
    CCI_ANALYSE_QUEUE: analyse.ref,
  };
  for (const kind of KINDS) {
    const made = lambda(
      scope,
      given,
      kind,
      pipelinePolicy(given, [...kind.rights(names), writesLog(given, kind)], key !== undefined),
      variables,
    );
    const queue = kind.queue && all[kind.queue];
    if (queue) fromQueue(scope, given, kind, queue, made);
    else byClock(scope, given, kind, made);
  }
}

const writesLog = (given: PipelineGiven, { name }: Kind): PipelineStatement => ({
  Sid: 'Log',
  Effect: 'Allow',
  Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
  Resource: arnOf('logs', `log-group:/aws/lambda/${pipelineName(given, name)}:*`),
});

function lambda(
  scope: Construct,
  given: PipelineGiven,
  kind: Kind,
  policyDocument: object,
  variables: { [name: string]: string },
) {
  const { id, name, about, timeout, memory } = kind;
  const functionName = pipelineName(given, name);
  const log = new CfnLogGroup(scope, `${id}Log`, {
    logGroupName: logOf(functionName),
    retentionInDays: given.number('LogDays'),
  });
  const role = new CfnRole(scope, `${id}Role`, {
    roleName: functionName,
    assumeRolePolicyDocument: trustOf('lambda.amazonaws.com'),
    policies: [{ policyName: 'rights', policyDocument }],
  });
  const made = new CfnFunction(scope, `${id}Function`, {
    functionName,
    description: about,
    runtime: 'nodejs24.x',
    architectures: ['arm64'],
    handler: `${name}.handler`,
    code: { s3Bucket: given.value('CodeBucketName'), s3Key: given.value('CodeKey') },
    role: role.attrArn,
    memorySize: memory,
    timeout,
    environment: { variables },
  });
  made.addResourceDependency(log);
  return made;
}

function fromQueue(
  scope: Construct,
  given: PipelineGiven,
  { id, name, batch, atOnce }: Kind,
  queue: InstanceType<typeof CfnQueue>,
  made: InstanceType<typeof CfnFunction>,
): void {
  new CfnEventSourceMapping(scope, `${id}Source`, {
    functionName: made.ref,
    eventSourceArn: queue.attrArn,
    batchSize: batch ?? 1,
    functionResponseTypes: ['ReportBatchItemFailures'],
    scalingConfig: { maximumConcurrency: atOnce ?? given.number('AnalyserAtOnce') },
  });
  alarm(scope, given, `${id}Dead`, name, 'Messages were put aside: the log of the function says why.', {
    namespace: 'AWS/SQS',
    metricName: 'ApproximateNumberOfMessagesVisible',
    dimensions: [{ name: 'QueueName', value: deadOf(queue.attrQueueName) }],
  });
}

function byClock(
  scope: Construct,
  given: PipelineGiven,
  { id, name }: Kind,
  made: InstanceType<typeof CfnFunction>,
): void {
  const tick = new CfnEventRule(scope, `${id}Tick`, {
    name: pipelineName(given, name),
    scheduleExpression: `rate(${given.value('Minutes')} minutes)`,
    targets: [{ id: name, arn: made.attrArn }],
  });
  new CfnPermission(scope, `${id}Permission`, {
    action: 'lambda:InvokeFunction',
    functionName: made.attrArn,
    principal: 'events.amazonaws.com',
    sourceArn: tick.attrArn,
  });
  // The next tick is the next try.
  new CfnEventInvokeConfig(scope, `${id}Once`, {
    functionName: made.ref,
    qualifier: '$LATEST',
    maximumRetryAttempts: 0,
  });
  alarm(
    scope,
    given,
    `${id}Failing`,
    name,
    'Recordings were not taken for an hour: the log of the function says why.',
    {
      namespace: 'AWS/Lambda',
      metricName: 'Errors',
      dimensions: [{ name: 'FunctionName', value: pipelineName(given, name) }],
      evaluationPeriods: 4,
      datapointsToAlarm: 4,
    },
  );
}

type AlarmProps = NonNullable<ConstructorParameters<typeof CfnAlarm>[2]>;

function alarm(
  scope: Construct,
  given: PipelineGiven,
  id: string,
  name: string,
  about: string,
  more: Partial<AlarmProps>,
): void {
  new CfnAlarm(scope, id, {
    alarmName: pipelineName(given, `${name}-${id.endsWith('Dead') ? 'dead' : 'failing'}`),
    alarmDescription: about,
    statistic: 'Maximum',
    period: 900,
    evaluationPeriods: 1,
    threshold: 1,
    comparisonOperator: 'GreaterThanOrEqualToThreshold',
    treatMissingData: 'notBreaching',
    alarmActions: [
      Fn.conditionIf(given.condition('Alarms').logicalId, given.value('AlarmTopicArn'), Aws.NO_VALUE).toString(),
    ],
    ...more,
  });
}
