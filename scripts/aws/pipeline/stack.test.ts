/** The pipeline's stack in both forms, synthesised here without a network or an account. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { FUNCTIONS } from '../../../generator/pipeline/aws/names.ts';
import type { Template } from '../synthesize.ts';
import { evaluate, type Made } from '../testing/evaluate.ts';
import { pipelineFiles } from './synthesize.ts';

const written = pipelineFiles();
const templateOf = (file: string) => JSON.parse(written[`pipeline/${file}`] ?? '') as Template;
const LEAST = {
  InputBucketName: 'input',
  ResultsBucketName: 'results',
  ConfigBucketName: 'config',
  CodeBucketName: 'code',
  CodeKey: 'pipeline-1.zip',
};
const KEY = 'arn:aws:kms:eu-central-1:123456789012:key/own';
const existing = evaluate(templateOf('template.json'), { ...LEAST, KeyArn: KEY });
const bare = evaluate(templateOf('template.json'), LEAST);
const whole = evaluate(templateOf('template-with-buckets.json'), LEAST);
const FORMS = { existing, bare, whole };

type All = { [id: string]: Made };
const of = (made: All, type: string): [string, Made['Properties']][] =>
  Object.entries(made).flatMap(([id, { Type, Properties }]) => (Type === type ? [[id, Properties]] : []));
const statementsIn = (made: All): { Action: string[]; Resource: unknown; Condition?: object }[] =>
  of(made, 'AWS::IAM::Role').flatMap(([, { Policies }]) =>
    (Policies as { PolicyDocument: { Statement: [] } }[]).flatMap(({ PolicyDocument }) => PolicyDocument.Statement),
  );

it('is as it was committed: run node scripts/aws/write.ts after a change', () => {
  for (const [path, text] of Object.entries(written))
    expect([path, readFileSync(join(import.meta.dirname, '..', path), 'utf8')]).toEqual([path, text]);
});

it('is small enough for a command line, and has no asset and nothing of this machine', () => {
  for (const file of ['template.json', 'template-with-buckets.json']) {
    const text = written[`pipeline/${file}`] ?? '';
    expect(Buffer.byteLength(text)).toBeLessThan(51_200);
    expect(text).not.toMatch(/cdk-hnb659fds|BootstrapVersion|AssetParameters|\/(?:tmp|home|root)\//);
  }
});

it.each(Object.entries(FORMS))('makes four functions by their names, and no other (%s)', (_, made) => {
  const functions = of(made, 'AWS::Lambda::Function').map(([, each]) => each);
  expect(functions.map(({ FunctionName }) => FunctionName).sort()).toEqual(
    FUNCTIONS.map((name) => `cci-lite-${name}`).sort(),
  );
  for (const { Runtime, Handler, FunctionName, Code } of functions) {
    expect([Runtime, Code]).toEqual(['nodejs24.x', { S3Bucket: 'code', S3Key: 'pipeline-1.zip' }]);
    expect(`cci-lite-${Handler}`).toBe(`${FunctionName}.handler`);
  }
  const logs = of(made, 'AWS::Logs::LogGroup').map(([, { LogGroupName, RetentionInDays }]) => [
    LogGroupName,
    RetentionInDays,
  ]);
  expect(logs.sort()).toEqual(FUNCTIONS.map((name) => [`/aws/lambda/cci-lite-${name}`, 30]).sort());
});

it.each(Object.entries(FORMS))('allows no action and no service as a whole (%s)', (_, made) => {
  const statements = statementsIn(made);
  expect(statements.length).toBeGreaterThan(20);
  for (const { Action, Resource } of statements) {
    expect(Action.join()).not.toContain('*');
    const named = /^(?:transcribe|comprehend):/.test(Action[0] ?? '') || ![Resource].flat().includes('*');
    expect([Action, named]).toEqual([Action, true]);
  }
});

it.each(Object.entries(FORMS))(
  'gives back single messages, bounds what runs at once, and puts aside what fails (%s)',
  (_, made) => {
    const sources = of(made, 'AWS::Lambda::EventSourceMapping').map(([, each]) => each);
    expect(sources).toHaveLength(3);
    for (const { FunctionResponseTypes, ScalingConfig } of sources) {
      expect(FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
      expect(Number((ScalingConfig as { MaximumConcurrency: number }).MaximumConcurrency)).toBeGreaterThanOrEqual(2);
    }
    const queues = of(made, 'AWS::SQS::Queue').map(([, each]) => each);
    const isDead = (name: unknown) => String(name).endsWith('-dead');
    expect(queues.filter(({ QueueName }) => isDead(QueueName))).toHaveLength(3);
    for (const { QueueName, RedrivePolicy, VisibilityTimeout } of queues.filter((each) => !isDead(each.QueueName))) {
      expect(RedrivePolicy).toMatchObject({
        maxReceiveCount: 5,
        deadLetterTargetArn: expect.stringContaining(`${QueueName}-dead`),
      });
      const source = sources.find(({ EventSourceArn }) => String(EventSourceArn).endsWith(`:${QueueName}`));
      const user = made[String(source?.FunctionName).replace('ref:', '')]?.Properties;
      expect(VisibilityTimeout).toBe(6 * Number(user?.Timeout));
    }
    const rules = of(made, 'AWS::Events::Rule').filter(([, { EventPattern }]) => EventPattern !== undefined);
    expect(rules).toHaveLength(3);
    for (const [, { Targets }] of rules)
      expect(Targets).toMatchObject([{ DeadLetterConfig: { Arn: expect.stringMatching(/-dead$/) } }]);
  },
);

it('tells each stage of its own objects', () => {
  const told = of(existing, 'AWS::Events::Rule').map(([, { Name, EventPattern, ScheduleExpression }]) => {
    const detail = (EventPattern as { detail?: { bucket: { name: string[] }; object: { key: object[] } } })?.detail;
    return [Name, ScheduleExpression ?? [detail?.bucket.name, detail?.object.key]];
  });
  expect(Object.fromEntries(told)).toEqual({
    'cci-lite-oak-ingest': 'rate(15 minutes)',
    'cci-lite-transcribe': [['input'], [{ wildcard: '*/audio/*' }]],
    'cci-lite-enrich': [['results'], [{ wildcard: '*/raw/*.json' }]],
    'cci-lite-analyse': [['results'], [{ wildcard: '*/enriched/*.json' }]],
  });
});

it('encrypts by the key that is named or made, and speaks by TLS alone', () => {
  const urls = (made: All) =>
    of(made, 'AWS::Lambda::Function').map(
      ([, { Environment }]) => (Environment as { Variables: { CCI_RESULTS_URL: string } }).Variables.CCI_RESULTS_URL,
    );
  expect(new Set(urls(existing))).toEqual(new Set([`s3://results?sse=aws:kms&kmsKeyId=${KEY}`]));
  expect(new Set(urls(bare))).toEqual(new Set(['s3://results']));
  expect(new Set(urls(whole))).toEqual(new Set(['s3://results?sse=aws:kms&kmsKeyId=Key.Arn']));
  const withKey = (made: All) => statementsIn(made).filter(({ Action }) => Action.includes('kms:Decrypt')).length;
  expect([withKey(existing), withKey(bare), withKey(whole)]).toEqual([5, 0, 5]);
  expect(of(existing, 'AWS::S3::Bucket')).toEqual([]);
  const buckets = of(whole, 'AWS::S3::Bucket');
  expect(buckets.map(([, { BucketName }]) => BucketName).sort()).toEqual(['config', 'input', 'results']);
  for (const [, { BucketEncryption }] of buckets)
    expect(JSON.stringify(BucketEncryption)).toContain('"SSEAlgorithm":"aws:kms"');
  expect(
    of(whole, 'AWS::S3::BucketPolicy').filter(([, each]) => JSON.stringify(each).includes('aws:SecureTransport')),
  ).toHaveLength(3);
  for (const made of Object.values(FORMS))
    for (const [, { PolicyDocument, Queues }] of of(made, 'AWS::SQS::QueuePolicy')) {
      expect(Queues).toHaveLength(2);
      expect(JSON.stringify(PolicyDocument).match(/aws:SecureTransport/g)).toHaveLength(2);
    }
});

it('lets calls be judged by the models that are named', () => {
  const model = 'arn:aws:bedrock:eu-central-1:123456789012:inference-profile/eu.model';
  const invokes = (made: All) => statementsIn(made).filter(({ Action }) => Action.includes('bedrock:InvokeModel'));
  expect(invokes(existing)).toEqual([]);
  const made = evaluate(templateOf('template.json'), { ...LEAST, ModelArns: model });
  expect(invokes(made)).toMatchObject([{ Resource: expect.anything() }]);
});
