import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { IAMClient } from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { awsClient } from '../engines/aws-client.ts';

/** Where a pipeline is in AWS. */
export interface AwsPlace {
  /** Absent: the SDK asks the environment and the profile. */
  region?: string | undefined;
  env: NodeJS.ProcessEnv;
}

/** Clients of all services that a pipeline has something in. They share their keys, which are so looked for once. */
export interface Clients {
  lambda: LambdaClient;
  logs: CloudWatchLogsClient;
  events: EventBridgeClient;
  scheduler: SchedulerClient;
  sqs: SQSClient;
  secrets: SecretsManagerClient;
  iam: IAMClient;
  s3: S3Client;
  close(): void;
}

const ANSWER_MS = 10_000;
/** Tries of one question, where AWS_MAX_ATTEMPTS says nothing else. */
const ATTEMPTS = 3;

/** Clients for looking: nothing that is asked with them costs or changes anything. */
export function openClients({ region, env }: AwsPlace): Clients {
  const config = (service: string) => ({
    ...awsClient(env, service, ANSWER_MS),
    ...(region && { region }),
    maxAttempts: Number(env.AWS_MAX_ATTEMPTS) || ATTEMPTS,
  });
  const lambda = new LambdaClient(config('LAMBDA'));
  const { credentials } = lambda.config;
  const shared = (service: string) => ({ ...config(service), credentials });
  const s3 = shared('S3');
  const clients = {
    lambda,
    logs: new CloudWatchLogsClient(shared('CLOUDWATCH_LOGS')),
    events: new EventBridgeClient(shared('EVENTBRIDGE')),
    scheduler: new SchedulerClient(shared('SCHEDULER')),
    sqs: new SQSClient(shared('SQS')),
    secrets: new SecretsManagerClient(shared('SECRETS_MANAGER')),
    iam: new IAMClient(shared('IAM')),
    s3: new S3Client({ ...s3, ...(s3.endpoint && { forcePathStyle: true }) }),
  };
  return {
    ...clients,
    close() {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}

/** The region that they ask, where one is set. */
export async function regionOf({ lambda }: Clients): Promise<{ region?: string }> {
  try {
    return { region: await lambda.config.region() };
  } catch {
    return {};
  }
}
