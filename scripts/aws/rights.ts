/** Who may do what, once for the template and for the plain policies in `rights/`. Each right is one that the code uses; `rights.test.ts` compares them. */

/** A statement of IAM. */
export interface Statement {
  Sid: string;
  Effect: 'Allow' | 'Deny';
  Action: string[];
  Resource: string | string[];
  Condition?: { [operator: string]: { [key: string]: string } };
  /** The part of the stack that it is for; without that part it is left out. */
  for?: Part;
}

/** What a stack may do without. */
export type Part =
  | 'PipelineKey'
  | 'RecordingsKey'
  | 'ReportsKey'
  | 'Recordings'
  | 'Audit'
  | 'Mail'
  | 'Gate'
  | 'Dispatch';

/** ARNs, or tokens that become some. */
export interface Names {
  reports: string;
  results: string;
  config: string;
  input: string;
  code: string;
  pipelineKey: string;
  reportsKey: string;
  feed: string;
  trigger: string;
  appSecret: string;
  mailIdentity: string;
  mailSet: string;
  gate: string;
}

/** A key is used through S3 alone. */
const THROUGH_S3 = { StringLike: { 'kms:ViaService': 's3.*.amazonaws.com' } };

const readsPipelineKey = ({ pipelineKey }: Names): Statement => ({
  Sid: 'PipelineKey',
  Effect: 'Allow',
  Action: ['kms:Decrypt'],
  Resource: pipelineKey,
  Condition: THROUGH_S3,
  for: 'PipelineKey',
});

const usesReportsKey = ({ reportsKey }: Names): Statement => ({
  Sid: 'ReportsKey',
  Effect: 'Allow',
  Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
  Resource: reportsKey,
  Condition: THROUGH_S3,
  for: 'ReportsKey',
});

/** Of the workflow that builds and sends: plan, build and digest. */
export const generatorRights = (names: Names): Statement[] => [
  { Sid: 'ListInput', Effect: 'Allow', Action: ['s3:ListBucket'], Resource: [names.results, names.config] },
  {
    Sid: 'ReadInput',
    Effect: 'Allow',
    Action: ['s3:GetObject'],
    Resource: [`${names.results}/*`, `${names.config}/*`],
  },
  { Sid: 'ListReports', Effect: 'Allow', Action: ['s3:ListBucket'], Resource: names.reports },
  {
    Sid: 'WriteReports',
    Effect: 'Allow',
    Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
    Resource: `${names.reports}/*`,
  },
  // The trail says who read what; only the gate writes it, and nobody who publishes can change it.
  {
    Sid: 'NotTheTrail',
    Effect: 'Deny',
    Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
    Resource: `${names.reports}/audit/*`,
  },
  {
    Sid: 'ChangeFeed',
    Effect: 'Allow',
    Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility'],
    Resource: names.feed,
  },
  {
    Sid: 'SendMail',
    Effect: 'Allow',
    Action: ['ses:SendRawEmail'],
    Resource: [names.mailIdentity, names.mailSet],
    for: 'Mail',
  },
  // It has no resource that could be named.
  { Sid: 'MailQuota', Effect: 'Allow', Action: ['ses:GetSendQuota'], Resource: '*', for: 'Mail' },
  readsPipelineKey(names),
  usesReportsKey(names),
];

/** Of the gate, wherever it runs. On Lambda its function may also write its log. */
export const gateRights = (names: Names): Statement[] => [
  { Sid: 'ListReports', Effect: 'Allow', Action: ['s3:ListBucket'], Resource: names.reports },
  { Sid: 'ReadReports', Effect: 'Allow', Action: ['s3:GetObject'], Resource: `${names.reports}/*` },
  {
    Sid: 'NeitherTrailNorMail',
    Effect: 'Deny',
    Action: ['s3:GetObject'],
    Resource: [`${names.reports}/audit/*`, `${names.reports}/mail/*`],
  },
  {
    Sid: 'Unsubscribe',
    Effect: 'Allow',
    Action: ['s3:PutObject'],
    Resource: `${names.reports}/mail/preferences/*`,
  },
  { Sid: 'Trail', Effect: 'Allow', Action: ['s3:PutObject'], Resource: `${names.reports}/audit/*`, for: 'Audit' },
  {
    Sid: 'FindRecordings',
    Effect: 'Allow',
    Action: ['s3:ListBucket'],
    Resource: names.input,
    Condition: { StringLike: { 's3:prefix': '*/audio/*' } },
    for: 'Recordings',
  },
  {
    Sid: 'ReadRecordings',
    Effect: 'Allow',
    Action: ['s3:GetObject'],
    Resource: `${names.input}/*/audio/*`,
    for: 'Recordings',
  },
  { ...readsPipelineKey(names), for: 'RecordingsKey' },
  usesReportsKey(names),
];

/** Of the workflow that deploys the gate: its code, and nothing that the gate may read. */
export const ciRights = (names: Names): Statement[] => [
  {
    Sid: 'GateCode',
    Effect: 'Allow',
    Action: ['s3:PutObject', 's3:GetObject'],
    Resource: `${names.code}/gate*`,
  },
  {
    Sid: 'GateFunction',
    Effect: 'Allow',
    Action: ['lambda:UpdateFunctionCode', 'lambda:GetFunctionConfiguration'],
    Resource: names.gate,
    for: 'Gate',
  },
];

/** Of the function that starts the workflow. */
export const dispatchRights = (names: Names): Statement[] => [
  {
    Sid: 'Changes',
    Effect: 'Allow',
    Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility'],
    Resource: names.trigger,
  },
  {
    Sid: 'LastDispatch',
    Effect: 'Allow',
    Action: ['s3:GetObject', 's3:PutObject'],
    Resource: `${names.code}/dispatch/last`,
  },
  // Else S3 would not say that there was no dispatch yet.
  { Sid: 'FirstDispatch', Effect: 'Allow', Action: ['s3:ListBucket'], Resource: names.code },
  { Sid: 'App', Effect: 'Allow', Action: ['secretsmanager:GetSecretValue'], Resource: names.appSecret },
];

/** For those who write policies by hand: the capital words stand for their own names. */
export const PLACEHOLDERS: Names = {
  reports: 'arn:aws:s3:::REPORTS',
  results: 'arn:aws:s3:::RESULTS',
  config: 'arn:aws:s3:::CONFIG',
  input: 'arn:aws:s3:::INPUT',
  code: 'arn:aws:s3:::CODE',
  pipelineKey: 'arn:aws:kms:REGION:ACCOUNT:key/PIPELINE_KEY',
  reportsKey: 'arn:aws:kms:REGION:ACCOUNT:key/REPORTS_KEY',
  feed: 'arn:aws:sqs:REGION:ACCOUNT:FEED',
  trigger: 'arn:aws:sqs:REGION:ACCOUNT:TRIGGER',
  appSecret: 'arn:aws:secretsmanager:REGION:ACCOUNT:secret:APP',
  mailIdentity: 'arn:aws:ses:REGION:ACCOUNT:identity/MAIL_DOMAIN',
  mailSet: 'arn:aws:ses:REGION:ACCOUNT:configuration-set/MAIL_SET',
  gate: 'arn:aws:lambda:REGION:ACCOUNT:function:GATE',
};
