/**
 * The constructs of CDK that the stack is made of, each as CloudFormation has it (level 1): what a level 2 construct would add, such as
 * wide grants and functions of its own, is in no template then. Loaded as CommonJS, which reads only what is used; an `import` reads all.
 */
import { createRequire } from 'node:module';

const load = createRequire(import.meta.url);

export const {
  App,
  Aws,
  CfnCondition,
  CfnDeletionPolicy,
  CfnOutput,
  CfnParameter,
  CfnRule,
  DefaultStackSynthesizer,
  Fn,
  Stack,
} = load('aws-cdk-lib/core') as typeof import('aws-cdk-lib/core');
export const { CfnBucket, CfnBucketPolicy } = load('aws-cdk-lib/aws-s3') as typeof import('aws-cdk-lib/aws-s3');
export const { CfnOIDCProvider, CfnRole } = load('aws-cdk-lib/aws-iam') as typeof import('aws-cdk-lib/aws-iam');
export const { CfnConfigurationSet, CfnConfigurationSetEventDestination, CfnEmailIdentity } = load(
  'aws-cdk-lib/aws-ses',
) as typeof import('aws-cdk-lib/aws-ses');
export const { CfnDeliveryStream } = load(
  'aws-cdk-lib/aws-kinesisfirehose',
) as typeof import('aws-cdk-lib/aws-kinesisfirehose');
export const { CfnEventInvokeConfig, CfnEventSourceMapping, CfnFunction, CfnPermission, CfnUrl } = load(
  'aws-cdk-lib/aws-lambda',
) as typeof import('aws-cdk-lib/aws-lambda');
export const { CfnKey } = load('aws-cdk-lib/aws-kms') as typeof import('aws-cdk-lib/aws-kms');
export const { CfnLogGroup } = load('aws-cdk-lib/aws-logs') as typeof import('aws-cdk-lib/aws-logs');
export const { CfnSecret } = load('aws-cdk-lib/aws-secretsmanager') as typeof import('aws-cdk-lib/aws-secretsmanager');
export const { CfnDistribution, CfnFunction: CfnEdgeFunction } = load(
  'aws-cdk-lib/aws-cloudfront',
) as typeof import('aws-cdk-lib/aws-cloudfront');
export const { CfnQueue, CfnQueuePolicy } = load('aws-cdk-lib/aws-sqs') as typeof import('aws-cdk-lib/aws-sqs');
export const { CfnRule: CfnEventRule } = load('aws-cdk-lib/aws-events') as typeof import('aws-cdk-lib/aws-events');
export const { CfnAlarm } = load('aws-cdk-lib/aws-cloudwatch') as typeof import('aws-cdk-lib/aws-cloudwatch');
