import type { Construct } from 'constructs';
import { type CfnCondition, CfnRule, Fn } from './cdk.ts';
import type { Part } from './rights.ts';
import {
  ARN_OR_NONE,
  addConditions,
  addParameters,
  BUCKET,
  LOG_DAYS,
  type Parameter,
  TOPIC_OR_NONE,
} from './template-parts.ts';

const BUCKET_OR_NONE = `^$|${BUCKET}`;
/** Stands where no host name is given: the distribution of CloudFront, which then is not made, takes no empty one. */
const NO_SITE = 'reports.example.com';

/** Every parameter of the template, in the order in which the console asks for them. */
const PARAMETERS = {
  Name: {
    about: 'Begins the names of roles, queues, functions and the configuration set',
    default: 'cci-reports',
    pattern: '^[a-z][a-z0-9-]{1,30}$',
  },
  ReportsBucketName: { about: 'The bucket of the published sites, which this stack makes', pattern: BUCKET },
  ResultsBucketName: { about: 'The bucket that the pipeline writes results to', pattern: BUCKET },
  ConfigBucketName: { about: 'The bucket of the configurations', pattern: BUCKET },
  InputBucketName: {
    about: 'The bucket of the recordings; empty: nobody hears recordings',
    default: '',
    pattern: BUCKET_OR_NONE,
  },
  CodeBucketName: {
    about: 'The bucket for the code of the gate and the time of the last dispatch, which this stack makes',
    pattern: BUCKET,
  },
  ResultsPrefix: {
    about: 'The folder of the results in their bucket, ending in /; empty: they begin at the top',
    default: '',
    pattern: '^$|^[^/*\\\\"]([^*\\\\"]*[^/*\\\\"])?/$',
  },
  PipelineKeyArn: {
    about: 'The KMS key of the buckets of the pipeline; empty: they have none of their own',
    default: '',
    pattern: ARN_OR_NONE,
  },
  ReportsKeyArn: {
    about: 'The KMS key for the reports; empty: the keys of S3 (SSE-S3)',
    default: '',
    pattern: ARN_OR_NONE,
  },
  AuditDays: { about: 'Days after which the trail of who read what is deleted', default: 365, least: 1 },
  MailEventDays: {
    about:
      'Days after which events of bounces and complaints are deleted; SES keeps its own list of suppressed addresses',
    default: 400,
    least: 30,
  },
  LogDays: LOG_DAYS,
  GitHubOwner: { about: 'The owner of the repository whose workflows run', pattern: '^[A-Za-z0-9-]+$' },
  GitHubRepository: { about: 'Its name', pattern: '^[A-Za-z0-9._-]+$' },
  GitHubOwnerId: {
    about: 'The id of the owner, where tokens have ids: repositories made, renamed or transferred since 15 July 2026',
    default: '',
    pattern: '^[0-9]*$',
  },
  GitHubRepositoryId: { about: 'The id of the repository, likewise', default: '', pattern: '^[0-9]*$' },
  GitHubEnvironment: {
    about: 'The environment of the jobs that build and send',
    default: 'production',
    pattern: '^[A-Za-z0-9_-]+$',
  },
  GitHubDeployEnvironment: {
    about: 'The environment of the job that deploys the gate',
    default: 'deploy',
    pattern: '^[A-Za-z0-9_-]+$',
  },
  GitHubBranch: {
    about: 'The only branch whose jobs get a role; for plans of GitHub whose environments cannot be bound to one',
    default: '',
    pattern: '^[A-Za-z0-9._/-]*$',
  },
  GitHubProviderArn: {
    about: 'The identity provider of GitHub where the account has one; empty: this stack makes it',
    default: '',
    pattern: ARN_OR_NONE,
  },
  GitHubAppSecretArn: {
    about:
      'A secret whose JSON has appId, installationId and privateKey of a GitHub App; empty: new results start no workflow',
    default: '',
    pattern: '^$|^arn:[a-z-]+:secretsmanager:[^ ]+$',
  },
  AlarmTopicArn: {
    about: 'The SNS topic that is told where the workflow cannot be started; empty: nobody is told',
    default: '',
    pattern: TOPIC_OR_NONE,
  },
  GitHubApi: {
    about: 'The API of GitHub; another one only with GitHub Enterprise Server',
    default: 'https://api.github.com',
    pattern: '^https://[^ ]*[^ /]$',
  },
  MailDomain: {
    about: 'The domain that digests are sent from; empty: mail does not leave by SES',
    default: '',
    pattern: '^$|^[a-z0-9.-]+\\.[a-z]{2,}$',
  },
  SiteDomain: {
    about: 'The host name of the sites; only with the gate',
    default: NO_SITE,
    pattern: '^[a-z0-9.-]+\\.[a-z]{2,}$',
  },
  CertificateArn: {
    about: 'The certificate of that host name in AWS Certificate Manager, in us-east-1; only with the gate',
    default: '',
    pattern: '^$|^arn:[a-z-]+:acm:us-east-1:[0-9]+:certificate/.+$',
  },
  GateCodeKey: {
    about: 'The key of the zip of the gate in the bucket for code, such as gate-1.zip; empty: no gate is made',
    default: '',
    pattern: '^$|^gate[^ ]*\\.zip$',
  },
  GateSecretArn: {
    about: 'A secret whose JSON has CLERK_SECRET_KEY and CCI_UNSUBSCRIBE_KEY; only with the gate',
    default: '',
    pattern: '^$|^arn:[a-z-]+:secretsmanager:[^ ]+$',
  },
  ClerkPublishableKey: { about: 'The publishable key of Clerk; only with the gate', default: '' },
  ClerkJwtKey: { about: 'The public key of Clerk in PEM, with \\n for line breaks; only with the gate', default: '' },
  GateAudit: { about: 'calls: write down who opened which call', default: 'calls', values: ['calls', ''] },
} as const satisfies { [name: string]: Parameter };

export type ParameterName = keyof typeof PARAMETERS;

/** Values of the parameters, as tokens, and the conditions that follow from them. */
export interface Given {
  value: (name: ParameterName) => string;
  number: (name: ParameterName) => number;
  condition: (name: ConditionName) => InstanceType<typeof CfnCondition>;
}

type ConditionName = Part | 'GitHubIds' | 'Branch' | 'Alarms' | 'NewProvider';

/**
 * Add all parameters and conditions to a stack.
 * @param defaults in the place of ours
 */
export function giveParameters(scope: Construct, defaults: { [name in ParameterName]?: string } = {}): Given {
  const all: { [name in ParameterName]: Parameter } = { ...PARAMETERS };
  for (const [name, value] of Object.entries(defaults) as [ParameterName, string][])
    all[name] = { ...all[name], default: value };
  const known = addParameters(scope, all);
  const value = (name: ParameterName): string => known(name).valueAsString;
  const isGiven = (name: ParameterName) => Fn.conditionNot(Fn.conditionEquals(value(name), ''));
  const condition = addConditions<ConditionName>(scope, {
    PipelineKey: isGiven('PipelineKeyArn'),
    ReportsKey: isGiven('ReportsKeyArn'),
    Recordings: isGiven('InputBucketName'),
    RecordingsKey: Fn.conditionAnd(isGiven('InputBucketName'), isGiven('PipelineKeyArn')),
    Audit: isGiven('GateAudit'),
    Mail: isGiven('MailDomain'),
    Gate: isGiven('GateCodeKey'),
    Dispatch: isGiven('GitHubAppSecretArn'),
    GitHubIds: Fn.conditionAnd(isGiven('GitHubOwnerId'), isGiven('GitHubRepositoryId')),
    Branch: isGiven('GitHubBranch'),
    Alarms: isGiven('AlarmTopicArn'),
    NewProvider: Fn.conditionEquals(value('GitHubProviderArn'), ''),
  });
  new CfnRule(scope, 'GateIsWhole', {
    ruleCondition: isGiven('GateCodeKey'),
    assertions: [
      {
        assert: Fn.conditionNot(Fn.conditionEquals(value('SiteDomain'), NO_SITE)),
        assertDescription: 'With GateCodeKey, SiteDomain must be the host name of your sites.',
      },
      ...(['CertificateArn', 'GateSecretArn', 'ClerkPublishableKey', 'ClerkJwtKey'] as const).map((name) => ({
        assert: isGiven(name),
        assertDescription: `With GateCodeKey, ${name} must be given too.`,
      })),
    ],
  });
  return {
    value,
    number: (name) => known(name).valueAsNumber,
    condition,
  };
}
