import { Aws, Fn } from './cdk.ts';
import type { Given } from './parameters.ts';
import type { Names, Statement } from './rights.ts';

/** A document of IAM; what is for a part that the stack may do without becomes conditional. */
export const policyOf = (given: Given, statements: readonly Statement[]): object => ({
  Version: '2012-10-17',
  Statement: statements.map(({ for: part, ...statement }) =>
    part === undefined ? statement : Fn.conditionIf(given.condition(part).logicalId, statement, Aws.NO_VALUE),
  ),
});

/** Who may take a role. */
export const trustOf = (service: string, condition?: object): object => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: service },
      Action: 'sts:AssumeRole',
      ...(condition && { Condition: condition }),
    },
  ],
});

/** An ARN of this account and region. @param rest behind the account, e.g., "function:x" */
export const arnOf = (service: string, rest: string): string =>
  `arn:${Aws.PARTITION}:${service}:${Aws.REGION}:${Aws.ACCOUNT_ID}:${rest}`;

const bucketArn = (name: string): string => `arn:${Aws.PARTITION}:s3:::${name}`;

/** Names that this stack gives, each beginning with the parameter `Name`. */
export const named = (given: Given, rest: string): string => `${given.value('Name')}-${rest}`;

/** ARNs by parameters alone, so that a policy needs none of the resources to be there. */
export const namesOf = (given: Given): Names => ({
  reports: bucketArn(given.value('ReportsBucketName')),
  results: bucketArn(given.value('ResultsBucketName')),
  config: bucketArn(given.value('ConfigBucketName')),
  input: bucketArn(given.value('InputBucketName')),
  code: bucketArn(given.value('CodeBucketName')),
  pipelineKey: given.value('PipelineKeyArn'),
  reportsKey: given.value('ReportsKeyArn'),
  feed: arnOf('sqs', named(given, 'feed')),
  trigger: arnOf('sqs', named(given, 'trigger')),
  appSecret: given.value('GitHubAppSecretArn'),
  mailIdentity: arnOf('ses', `identity/${given.value('MailDomain')}`),
  mailSet: arnOf('ses', `configuration-set/${named(given, 'digests')}`),
  gate: arnOf('lambda', `function:${named(given, 'gate')}`),
});
