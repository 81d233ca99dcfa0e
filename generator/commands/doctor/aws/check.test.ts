/** The pipeline in AWS as `doctor` tells of it: the real clients of AWS, and a double of its services. */
import { afterEach, expect, it, vi } from 'vitest';
import { type AwsDouble, arn, awsDouble } from '../../../pipeline/aws/testing/aws-double.ts';
import { type AwsWorld, earlierWorld, nothing, ownWorld } from '../../../pipeline/aws/testing/aws-world.ts';
import { memoryStore } from '../../../store/memory.ts';
import { contextWith, linesOf } from '../../../testing/doctor.ts';
import type { Context } from '../context.ts';
import { checkAws, findAws } from './check.ts';

let double: AwsDouble | undefined;
afterEach(async () => {
  await double?.[Symbol.asyncDispose]();
  double = undefined;
});

const OAK = '{"provider":{"kind":"oak"}}';
const bucket = (name: string) => ({ ...memoryStore(), url: `s3://${name}?sse=aws:kms` });

interface Given extends Partial<Context> {
  piped?: { [org: string]: string };
  others?: string[];
  before?: (double: AwsDouble) => void;
}

/** What is found in such an account, a line each. */
async function found(world: AwsWorld, { piped = { acme: OAK }, others = [], before, env = {}, ...given }: Given = {}) {
  double = await awsDouble(world);
  before?.(double);
  const stores = { results: bucket('acme-results'), config: bucket('acme-config'), ...given.stores };
  await stores.results.put('acme/x', 'x');
  for (const [org, text] of Object.entries(piped)) await stores.config.put(`${org}/pipeline-config.json`, text);
  const { AWS_ENDPOINT_URL_S3: _, ...own } = double.env;
  const settings = { results: 's3://acme-results', config: 's3://acme-config', ...given.settings };
  const context = contextWith({ ...given, settings, stores, env: { ...own, ...env } });
  const orgs = Object.keys(piped);
  const aws = await findAws(context, orgs);
  const findings = aws ? await checkAws(context, aws, { all: [...orgs, ...others], piped: orgs }) : [];
  // Whatever is found there keeps nothing of this installation from working.
  expect(findings.filter(({ result }) => result === 'wrong')).toEqual([]);
  return linesOf(findings);
}

it('tells what is right of a pipeline of this program', async () => {
  // Whoever has no pipeline-config.json is none of this program’s.
  expect(await found(ownWorld(), { others: ['other'] })).toEqual([
    'aws: functions: ok: 4 functions of this program’s pipeline are there and may run: cci-lite-oak-ingest, cci-lite-job-init, cci-lite-result-handler, cci-lite-analyser. The last change was on 2026-11-20.',
    'aws: schedule: ok: The rule cci-lite-oak-ingest, rate(15 minutes), is enabled, to start cci-lite-oak-ingest.',
    'aws: triggers: ok: Something starts each function: cci-lite-oak-ingest by cci-lite-oak-ingest, cci-lite-job-init by cci-lite-transcribe, cci-lite-result-handler by cci-lite-enrich, cci-lite-analyser by cci-lite-analyse.',
    'aws: queues: ok: 3 queues: about 6 messages wait, and none was given up.',
    'aws: logs: ok: Logs are kept for 90 days.',
    'aws: secrets: ok: The secret cci-lite/oak/acme is there. Its value was not read.',
  ]);
  const asked = JSON.stringify(double?.uses);
  expect(asked).not.toMatch(/GetSecretValue|ReceiveMessage|hunter2/);
});

it('finds in the account of the pipeline before it what was wrong there: the rule, no trigger, empty buckets', async () => {
  const stores = { input: bucket('acme-input') };
  const lines = await found(earlierWorld(), { piped: {}, others: ['acme'], stores });
  expect(lines).toEqual([
    expect.stringMatching(
      /^aws: functions: ok: 4 functions of a pipeline that is not this program’s \(python3\.12\) are there/,
    ),
    expect.stringMatching(
      /^aws: schedule: warning: The rule cci-lite-oak-ingest-schedule, rate\(60 minutes\), is DISABLED, so it does not start cci-lite-oak-ingest\. Enable it/,
    ),
    expect.stringMatching(
      /^aws: triggers: warning: Nothing starts any function of the pipeline, .*: cci-lite-oak-ingest, .*cci-lite-analyser have no queue/,
    ),
    expect.stringMatching(/^aws: queues: warning: No function takes messages from the queue cci-lite-analyzer-queue/),
    expect.stringMatching(
      /^aws: logs: warning: \/aws\/lambda\/cci-lite-oak-ingest, .* are kept for ever\. Set a retention\.$/,
    ),
    expect.stringMatching(/^aws: buckets: warning: s3:\/\/acme-input, s3:\/\/acme-config are empty: /),
    'aws: secrets: ok: The secret cci-lite/acme/ingestion is there. Its value was not read.',
  ]);
});

const of = (world: AwsWorld, kind: string) => world.functions[`cci-lite-${kind}`] ?? { runtime: '', handler: '' };

it.each<[string, (world: AwsWorld) => void, RegExp[]]>([
  [
    'what is switched off',
    (world) => {
      of(world, 'analyser').reserved = 0;
      Object.assign(of(world, 'job-init').mappings?.[0] ?? {}, { state: 'Disabled' });
      Object.assign(world.rules[1] ?? {}, { state: 'DISABLED' });
      world.secrets['cci-lite/oak/acme'] = 'deleted';
    },
    [
      /functions: warning: cci-lite-analyser may not run: its reserved concurrency is 0/,
      /schedule: warning: The rule cci-lite-transcribe is DISABLED, so it does not fill the queue cci-lite-transcribe/,
      /triggers: warning: The queue cci-lite-transcribe does not start cci-lite-job-init: that event source mapping is disabled/,
      /secrets: warning: The secret cci-lite\/oak\/acme is marked for deletion/,
    ],
  ],
  [
    'what is not there',
    (world) => {
      delete world.functions['cci-lite-job-init'];
      delete of(world, 'analyser').mappings;
      delete world.queues['cci-lite-enrich']?.dead;
      world.logs.shift();
      world.secrets = {};
    },
    [
      /functions: warning: Of the pipeline cci-lite, cci-lite-job-init is not there, so calls stop before it/,
      /triggers: warning: Nothing starts cci-lite-analyser: it has no queue/,
      /queues: warning: No function takes messages from the queue cci-lite-transcribe/,
      /queues: warning: The queue cci-lite-enrich has no dead-letter queue/,
      /queues: warning: No function takes messages from the queue cci-lite-analyse/,
      /logs: warning: cci-lite-oak-ingest has no log: it never ran/,
      /secrets: warning: AWS Secrets Manager has no secret cci-lite\/oak\/acme in eu-central-1/,
    ],
  ],
  [
    'what has failed',
    (world) => {
      of(world, 'analyser').state = 'Failed';
      of(world, 'result-handler').update = 'Failed';
      world.queues['cci-lite-enrich-dead'] = { messages: 3 };
    },
    [
      /functions: warning: The last update of cci-lite-result-handler failed/,
      /functions: warning: cci-lite-analyser cannot run: its state is Failed/,
      /queues: warning: About 3 messages were given up and lie in cci-lite-enrich-dead/,
    ],
  ],
])('warns of %s, and of nothing else', async (_, spoil, warned) => {
  const world = ownWorld();
  spoil(world);
  const warnings = (await found(world)).filter((line) => line.includes(': warning: '));
  expect(warnings).toEqual(warned.map((each) => expect.stringMatching(each)));
});

it('takes a schedule, S3 and queues of other names for what starts a function', async () => {
  const world = earlierWorld();
  const [ingest, init, handler, analyser] = Object.values(world.functions);
  world.schedules.push({
    name: 'hourly',
    state: 'ENABLED',
    when: 'rate(1 hours)',
    target: arn('lambda', 'function:cci-lite-oak-ingest'),
  });
  Object.assign(init ?? {}, { callers: ['s3.amazonaws.com'] });
  Object.assign(handler ?? {}, { mappings: [{ source: arn('sqs', 'finished'), state: 'Enabled' }] });
  Object.assign(analyser ?? {}, {
    mappings: [{ source: arn('sqs', 'cci-lite-analyzer-queue'), state: 'Enabled' }],
    dead: arn('sqs', 'lost'),
  });
  Object.assign(world.queues, { finished: { messages: 1 }, lost: { messages: 1 } });
  expect(ingest).toBeDefined();
  const lines = await found(world, { piped: {}, others: ['acme'] });
  expect(lines).toContain(
    'aws: schedule: ok: The schedule hourly, rate(1 hours), is enabled, to start cci-lite-oak-ingest.',
  );
  expect(lines).toContainEqual(expect.stringMatching(/^aws: triggers: ok: .*cci-lite-job-init by s3\.amazonaws\.com/));
  expect(lines).toContainEqual(expect.stringMatching(/queues: warning: The queue finished has no dead-letter queue/));
  expect(lines).toContainEqual(expect.stringMatching(/queues: warning: About 1 message was given up and lies in lost/));
});

it('looks for other names where they are set, and says in one line where there is no pipeline', async () => {
  expect(await found(ownWorld('calls'), { settings: { pipelineName: 'calls' } })).toHaveLength(6);
  await double?.[Symbol.asyncDispose]();
  expect(await found(nothing())).toEqual([
    expect.stringMatching(
      /^aws: functions: not checked: There is no function of a pipeline called cci-lite in eu-central-1: .* set CCI_PIPELINE_NAME\.$/,
    ),
  ]);
});

it('says which rights are missing, in one line, and tells what it could see', async () => {
  const lines = await found(ownWorld(), {
    before: ({ deny }) =>
      deny('lambda:GetPolicy', 'logs:DescribeLogGroups', 'scheduler:ListSchedules', 'secretsmanager:DescribeSecret'),
  });
  expect(lines.map((line) => line.split(': ').slice(0, 3).join(': '))).toEqual([
    'aws: functions: ok',
    'aws: schedule: ok',
    'aws: queues: ok',
    'aws: rights: not checked',
  ]);
  expect(lines.at(-1)).toContain(
    'these credentials may not lambda:GetPolicy, logs:DescribeLogGroups, scheduler:ListSchedules, secretsmanager:DescribeSecret. Allow that to see it; scripts/aws/pipeline/rights/doctor.json',
  );
});

it('claims of no function that nothing starts it where it could not see all that might', async () => {
  const lines = await found(earlierWorld(), { piped: {}, before: ({ deny }) => deny('events:ListRuleNamesByTarget') });
  expect(lines.join()).not.toMatch(/Nothing starts|No function takes/);
});

it('stops at the first question where there is no way to AWS', async () => {
  const noKeys = { AWS_ACCESS_KEY_ID: '', AWS_EC2_METADATA_DISABLED: 'true' };
  for (const [name, value] of Object.entries({
    ...noKeys,
    AWS_SECRET_ACCESS_KEY: '',
    AWS_PROFILE: 'none',
    HOME: '/nowhere',
  }))
    vi.stubEnv(name, value);
  expect(await found(ownWorld(), { env: noKeys })).toEqual([
    expect.stringMatching(/^aws: not checked: AWS Lambda could not be looked at: there are no valid AWS credentials/),
  ]);
  expect(double?.requests).toEqual([]);
  await double?.[Symbol.asyncDispose]();
  for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION']) vi.stubEnv(name, undefined);
  expect(await found(ownWorld(), { env: { AWS_REGION: '' } })).toEqual([
    'aws: not checked: AWS Lambda could not be looked at: no region is set (RegionIsMissing). Set AWS_REGION to the region of the buckets.',
  ]);
  vi.unstubAllEnvs();
});

it.each<[string, (double: AwsDouble) => void, RegExp]>([
  [
    'is throttled',
    ({ faults }) => faults.push({ status: 400, code: 'ThrottlingException', times: 99, of: 'events:DescribeRule' }),
    /^aws: not checked: Amazon EventBridge could not be looked at: Amazon EventBridge is overloaded or failing/,
  ],
  [
    'answers something else',
    ({ faults }) => faults.push({ kind: 'garbage', times: 99, of: 'sqs:GetQueueUrl' }),
    /^aws: not checked: Amazon SQS could not be looked at: what answers in its place does not speak as it does/,
  ],
  [
    'breaks off',
    ({ faults }) => faults.push({ kind: 'reset', times: 99, of: 'logs:DescribeLogGroups' }),
    /^aws: not checked: Amazon CloudWatch Logs could not be looked at: the connection failed/,
  ],
])('says so where a service %s, and tells the rest', async (_, spoil, said) => {
  const lines = await found(ownWorld(), { before: spoil, env: { AWS_MAX_ATTEMPTS: '1' } });
  expect(lines).toContainEqual(expect.stringMatching(said));
  expect(lines[0]).toMatch(/^aws: functions: ok/);
});

it('asks again what was throttled once', async () => {
  const before = ({ faults }: AwsDouble) =>
    faults.push({ status: 429, code: 'TooManyRequestsException', of: 'lambda:GetPolicy' });
  expect((await found(ownWorld(), { before })).join()).not.toContain('not checked');
});

it('asks nothing where nothing is in AWS, and asks where an engine is', async () => {
  const settings = { results: 'file:results', config: 'file:config' };
  expect(await found(ownWorld(), { settings })).toEqual([]);
  expect(double?.requests).toEqual([]);
  await double?.[Symbol.asyncDispose]();
  expect(
    await found(ownWorld(), { settings: { results: 's3://acme?endpoint=http://minio', config: 'file:config' } }),
  ).toEqual([]);
  await double?.[Symbol.asyncDispose]();
  expect(await found(ownWorld(), { settings, piped: { acme: '{"engines":{"transcribe":"amazon"}}' } })).toHaveLength(5);
});

it('leaves secrets alone that are files', async () => {
  expect((await found(ownWorld(), { settings: { secrets: 'secrets' } })).join()).not.toContain('secrets');
});
