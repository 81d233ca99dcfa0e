import type { Statement } from '../rights.ts';

/** ARNs, or tokens that become some. */
export interface PipelineNames {
  input: string;
  results: string;
  config: string;
  key: string;
  /** Of secrets, up to the last part of their names. */
  secrets: string;
  queues: { transcribe: string; enrich: string; analyse: string };
  /** Inference profiles and models of Bedrock, or "NONE". */
  models: string | string[];
}

/** A statement, or one for a part that the stack may do without. */
export interface PipelineStatement extends Omit<Statement, 'for'> {
  for?: 'Key' | 'Models';
}

const allow = (Sid: string, Action: string[], Resource: string | string[]): PipelineStatement => ({
  Sid,
  Effect: 'Allow',
  Action,
  Resource,
});

/** The key of the buckets, through one service alone. */
const usesKey = ({ key }: PipelineNames, Sid: string, service: string): PipelineStatement => ({
  ...allow(Sid, ['kms:Decrypt', 'kms:GenerateDataKey'], key),
  Condition: { StringLike: { 'kms:ViaService': `${service}.*.amazonaws.com` } },
  for: 'Key',
});

/** What every function needs: an organization's configuration, the records of its calls, and to hear that an object is not there. */
const common = (names: PipelineNames): PipelineStatement[] => [
  allow('List', ['s3:ListBucket'], [names.input, names.results, names.config]),
  allow('ReadConfig', ['s3:GetObject'], `${names.config}/*`),
  allow('Records', ['s3:GetObject', 's3:PutObject'], `${names.results}/*/pipeline/*`),
  usesKey(names, 'Key', 's3'),
];

/** A call that was erased while a function was at it leaves nothing: what was written meanwhile goes too. */
const removes = ({ input, results }: PipelineNames): PipelineStatement[] => [
  allow('Finished', ['s3:DeleteObject'], `${results}/*/pipeline/*`),
  allow(
    'ReadErased',
    ['s3:GetObject'],
    [
      `${input}/*/audio/*`,
      `${input}/*/meta/*`,
      `${results}/*/raw/*`,
      `${results}/*/enriched/*`,
      `${results}/*/final/*`,
    ],
  ),
  allow(
    'Erased',
    ['s3:DeleteObject'],
    [
      `${input}/*/audio/*`,
      `${input}/*/meta/*`,
      `${results}/*/raw/*`,
      `${results}/*/enriched/*`,
      `${results}/*/final/*`,
    ],
  ),
];

/** Of the function that takes recordings, by the clock. */
export const ingestRights = (names: PipelineNames): PipelineStatement[] => [
  ...common(names),
  allow(
    'Secrets',
    ['secretsmanager:GetSecretValue'],
    [`${names.secrets}cci-lite/oak/*`, `${names.secrets}cci-lite/3cx/*`],
  ),
  allow('WriteRecordings', ['s3:GetObject', 's3:PutObject'], [`${names.input}/*/audio/*`, `${names.input}/*/meta/*`]),
  allow('Open', ['s3:DeleteObject'], `${names.results}/*/pipeline/open/*`),
  allow('Wake', ['sqs:SendMessage'], Object.values(names.queues)),
];

const hears = (queue: string): PipelineStatement =>
  allow('Queue', ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], queue);

/** Of the function that begins transcriptions. Transcribe reads the sound and writes its document with these rights. */
export const transcribeRights = (names: PipelineNames): PipelineStatement[] => [
  ...common(names),
  ...removes(names),
  hears(names.queues.transcribe),
  allow('WriteTranscript', ['s3:PutObject'], `${names.results}/*/raw/*`),
  // They have no resource that could be named before they begin.
  allow(
    'Transcribe',
    ['transcribe:StartTranscriptionJob', 'transcribe:GetTranscriptionJob', 'transcribe:DeleteTranscriptionJob'],
    '*',
  ),
  usesKey(names, 'TranscribeKey', 'transcribe'),
];

/** Of the function that makes `enriched/` of a transcript. */
export const enrichRights = (names: PipelineNames): PipelineStatement[] => [
  ...common(names),
  ...removes(names),
  hears(names.queues.enrich),
  allow('WriteEnriched', ['s3:PutObject'], [`${names.results}/*/raw/*`, `${names.results}/*/enriched/*`]),
  allow('ReadJob', ['transcribe:GetTranscriptionJob', 'transcribe:DeleteTranscriptionJob'], '*'),
  // It has no resource that could be named.
  allow('Sentiment', ['comprehend:BatchDetectSentiment'], '*'),
];

/** Of the function that judges calls and writes `final/`. */
export const analyseRights = (names: PipelineNames): PipelineStatement[] => [
  ...common(names),
  ...removes(names),
  hears(names.queues.analyse),
  allow('WriteFinal', ['s3:PutObject'], [`${names.results}/*/enriched/*`, `${names.results}/*/final/*`]),
  { ...allow('Model', ['bedrock:InvokeModel'], names.models), for: 'Models' },
];

/** What `doctor` and `pipeline plan` look at, of whoever runs them. Nothing of it is in the stack. */
export interface LookNames {
  /** Up to the name that the stack's resources begin with. */
  functions: string;
  queues: string;
  rules: string;
  roles: string;
  /** All secrets that a pipeline may have. */
  secrets: string;
  logs: string;
  schedules: string;
  buckets: string[];
}

/** To look at a pipeline in AWS, and to change nothing. `*` is for what has no resource that could be named. */
export const lookRights = (names: LookNames): PipelineStatement[] => [
  allow(
    'Functions',
    ['lambda:GetFunctionConfiguration', 'lambda:GetFunctionConcurrency', 'lambda:GetPolicy'],
    `${names.functions}-*`,
  ),
  allow('Queues', ['sqs:GetQueueUrl', 'sqs:GetQueueAttributes'], `${names.queues}-*`),
  allow('Rules', ['events:DescribeRule'], `${names.rules}-*`),
  allow('Schedules', ['scheduler:GetSchedule'], names.schedules),
  allow('Roles', ['iam:GetRole'], `${names.roles}-*`),
  allow('Logs', ['logs:DescribeLogGroups'], names.logs),
  allow('Secrets', ['secretsmanager:DescribeSecret'], names.secrets),
  allow('Buckets', ['s3:ListBucket'], names.buckets),
  allow('Lists', ['lambda:ListEventSourceMappings', 'events:ListRuleNamesByTarget', 'scheduler:ListSchedules'], '*'),
];

/** For those who write policies by hand: the capital words stand for their own names. */
export const PIPELINE_PLACEHOLDERS: PipelineNames = {
  input: 'arn:aws:s3:::INPUT',
  results: 'arn:aws:s3:::RESULTS',
  config: 'arn:aws:s3:::CONFIG',
  key: 'arn:aws:kms:REGION:ACCOUNT:key/PIPELINE_KEY',
  secrets: 'arn:aws:secretsmanager:REGION:ACCOUNT:secret:',
  queues: {
    transcribe: 'arn:aws:sqs:REGION:ACCOUNT:cci-lite-transcribe',
    enrich: 'arn:aws:sqs:REGION:ACCOUNT:cci-lite-enrich',
    analyse: 'arn:aws:sqs:REGION:ACCOUNT:cci-lite-analyse',
  },
  models: ['arn:aws:bedrock:REGION:ACCOUNT:inference-profile/PROFILE', 'arn:aws:bedrock:*::foundation-model/MODEL'],
};

export const LOOK_PLACEHOLDERS: LookNames = {
  functions: 'arn:aws:lambda:REGION:ACCOUNT:function:cci-lite',
  queues: 'arn:aws:sqs:REGION:ACCOUNT:cci-lite',
  rules: 'arn:aws:events:REGION:ACCOUNT:rule/cci-lite',
  roles: 'arn:aws:iam::ACCOUNT:role/cci-lite',
  secrets: 'arn:aws:secretsmanager:REGION:ACCOUNT:secret:cci-lite/*',
  logs: 'arn:aws:logs:REGION:ACCOUNT:log-group:*',
  schedules: 'arn:aws:scheduler:REGION:ACCOUNT:schedule/*',
  buckets: ['arn:aws:s3:::INPUT', 'arn:aws:s3:::RESULTS', 'arn:aws:s3:::CONFIG'],
};
