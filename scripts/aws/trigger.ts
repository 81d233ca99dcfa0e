import type { Construct } from 'constructs';
import {
  Aws,
  CfnAlarm,
  CfnEventInvokeConfig,
  CfnEventRule,
  CfnFunction,
  CfnLogGroup,
  CfnOutput,
  CfnPermission,
  CfnQueue,
  CfnQueuePolicy,
  CfnRole,
  Fn,
} from './cdk.ts';
import { functionCode } from './dispatch/bundle.ts';
import type { Given } from './parameters.ts';
import { arnOf, named, namesOf, policyOf, trustOf } from './policy.ts';
import { dispatchRights } from './rights.ts';

/** As long as SQS keeps anything: GitHub may be away for days. */
const KEPT_S = 14 * 24 * 3600;
/** A change feed that nobody reads is of no use after a few days: everything is listed once a day. */
const FEED_KEPT_S = 4 * 24 * 3600;
const MINUTES = 5;
const TIMEOUT_S = 120;
/** Then somebody is told that changes wait: three times as long as they should. */
const LATE_S = 3600;

type Metric = Pick<
  NonNullable<ConstructorParameters<typeof CfnAlarm>[2]>,
  'namespace' | 'metricName' | 'dimensions' | 'threshold'
>;

/** What of the results tells of a call: all that is read of them, and nothing that the pipeline keeps beside it. */
const FOLDERS = ['enriched', 'final'];

/** One rule over the objects of the results, and two queues: the change feed of builds, and what the workflow is started by. */
export function trigger(scope: Construct, given: Given): void {
  const feed = queue(scope, 'Feed', named(given, 'feed'), FEED_KEPT_S);
  const waiting = queue(scope, 'Trigger', named(given, 'trigger'), KEPT_S);
  const condition = given.condition('Dispatch');
  const rule = new CfnEventRule(scope, 'ResultsRule', {
    name: named(given, 'results'),
    description: 'Calls that have come, changed or gone.',
    eventPattern: {
      source: ['aws.s3'],
      'detail-type': ['Object Created', 'Object Deleted'],
      detail: {
        bucket: { name: [given.value('ResultsBucketName')] },
        object: { key: FOLDERS.map((folder) => ({ wildcard: `${given.value('ResultsPrefix')}*/${folder}/*` })) },
      },
    },
    targets: [
      { id: 'feed', arn: feed.attrArn },
      Fn.conditionIf(condition.logicalId, { Id: 'trigger', Arn: waiting.attrArn }, Aws.NO_VALUE),
    ] as never,
  });
  const policies = [
    new CfnQueuePolicy(scope, 'FeedPolicy', { queues: [feed.ref], policyDocument: fromRule(feed, rule) }),
    new CfnQueuePolicy(scope, 'TriggerPolicy', { queues: [waiting.ref], policyDocument: fromRule(waiting, rule) }),
  ];
  new CfnOutput(scope, 'FeedUrl', {
    description: 'CCI_EVENTS_URL of the workflow.',
    value: feed.ref,
  });
  const made = dispatcher(scope, given, waiting);
  for (const each of [waiting, ...policies.slice(1), ...made]) each.cfnOptions.condition = condition;
}

function queue(scope: Construct, id: string, queueName: string, keptSeconds: number): InstanceType<typeof CfnQueue> {
  return new CfnQueue(scope, `${id}Queue`, {
    queueName,
    messageRetentionPeriod: keptSeconds,
    sqsManagedSseEnabled: true,
  });
}

/** The rule alone may send; nobody without TLS may do anything. */
const fromRule = (to: InstanceType<typeof CfnQueue>, rule: InstanceType<typeof CfnEventRule>): object => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: to.attrArn,
      Condition: { ArnEquals: { 'aws:SourceArn': rule.attrArn } },
    },
    {
      Effect: 'Deny',
      Principal: '*',
      Action: 'sqs:*',
      Resource: to.attrArn,
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ],
});

/** The function that looks every five minutes and tells GitHub at most once in fifteen; it waits, and tries again, by the messages in the queue alone. */
function dispatcher(scope: Construct, given: Given, waiting: InstanceType<typeof CfnQueue>) {
  const name = named(given, 'dispatch');
  const log = new CfnLogGroup(scope, 'DispatchLog', {
    logGroupName: `/aws/lambda/${name}`,
    retentionInDays: given.number('LogDays'),
  });
  const role = new CfnRole(scope, 'DispatchRole', {
    roleName: name,
    assumeRolePolicyDocument: trustOf('lambda.amazonaws.com'),
    policies: [
      {
        policyName: 'rights',
        policyDocument: policyOf(given, [
          ...dispatchRights(namesOf(given)),
          {
            Sid: 'Log',
            Effect: 'Allow',
            Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            Resource: arnOf('logs', `log-group:/aws/lambda/${name}:*`),
          },
        ]),
      },
    ],
  });
  const lambda = new CfnFunction(scope, 'DispatchFunction', {
    functionName: name,
    description: 'Starts the workflow of the reports for organizations that have new results.',
    runtime: 'nodejs24.x',
    architectures: ['arm64'],
    handler: 'index.handler',
    code: { zipFile: functionCode() },
    role: role.attrArn,
    memorySize: 256,
    timeout: TIMEOUT_S,
    environment: {
      variables: {
        CCI_QUEUE: waiting.ref,
        CCI_STATE: given.value('CodeBucketName'),
        CCI_APP_SECRET: given.value('GitHubAppSecretArn'),
        CCI_GITHUB_API: given.value('GitHubApi'),
        CCI_REPOSITORY: `${given.value('GitHubOwner')}/${given.value('GitHubRepository')}`,
        CCI_RESULTS_PREFIX: given.value('ResultsPrefix'),
      },
    },
  });
  lambda.addResourceDependency(log);
  const tick = new CfnEventRule(scope, 'DispatchTick', {
    name,
    scheduleExpression: `rate(${MINUTES} minutes)`,
    targets: [{ id: 'dispatch', arn: lambda.attrArn }],
  });
  const alarm = (id: string, about: string, metric: Metric) =>
    new CfnAlarm(scope, id, {
      alarmName: `${name}-${id.toLowerCase()}`,
      alarmDescription: about,
      statistic: 'Maximum',
      period: 900,
      evaluationPeriods: 4,
      datapointsToAlarm: 4,
      comparisonOperator: 'GreaterThanOrEqualToThreshold',
      treatMissingData: 'notBreaching',
      alarmActions: [
        Fn.conditionIf(given.condition('Alarms').logicalId, given.value('AlarmTopicArn'), Aws.NO_VALUE).toString(),
      ],
      ...metric,
    });
  return [
    log,
    role,
    lambda,
    tick,
    // The next tick is the next try.
    new CfnEventInvokeConfig(scope, 'DispatchOnce', {
      functionName: lambda.ref,
      qualifier: '$LATEST',
      maximumRetryAttempts: 0,
    }),
    new CfnPermission(scope, 'DispatchPermission', {
      action: 'lambda:InvokeFunction',
      functionName: lambda.attrArn,
      principal: 'events.amazonaws.com',
      sourceArn: tick.attrArn,
    }),
    alarm('Failing', 'The workflow could not be started for an hour: the log of the function says why.', {
      namespace: 'AWS/Lambda',
      metricName: 'Errors',
      dimensions: [{ name: 'FunctionName', value: name }],
      threshold: 1,
    }),
    alarm('Waiting', 'Changes wait for more than an hour: the workflow is not started.', {
      namespace: 'AWS/SQS',
      metricName: 'ApproximateAgeOfOldestMessage',
      dimensions: [{ name: 'QueueName', value: named(given, 'trigger') }],
      threshold: LATE_S,
    }),
  ];
}
