/** The names of the pipeline's stack in AWS, as `pipeline plan` tells of them: the real clients of AWS, and a double of its services. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AwsDouble, awsDouble } from '../../pipeline/aws/testing/aws-double.ts';
import { type AwsWorld, earlierWorld, nothing, ownWorld } from '../../pipeline/aws/testing/aws-world.ts';
import { PipelineConfig } from '../../pipeline/config.ts';
import { namesOnAws } from './names.ts';
import { onAws } from './on-aws.ts';
import { plan } from './plan.ts';
import { openPlace, type Place } from './testing/place.ts';

let double: AwsDouble | undefined;
afterEach(async () => {
  await double?.[Symbol.asyncDispose]();
  double = undefined;
});

const BUCKETS = ['acme-input', 'acme-results', 'acme-config'];

async function names(world: AwsWorld, before?: (double: AwsDouble) => void, pipelineName?: string) {
  double = await awsDouble(world);
  before?.(double);
  const there = { place: { env: { ...double.env, AWS_MAX_ATTEMPTS: '1' } }, buckets: BUCKETS };
  return namesOnAws({ ...(pipelineName && { pipelineName }) }, there);
}

it('says that all names are free, and which template makes the buckets', async () => {
  const { text, json, isSeen } = await names(nothing());
  expect(text).toEqual([
    'AWS, eu-central-1: none of the 22 names of a pipeline called cci-lite is taken.',
    'AWS: of the buckets, acme-input, acme-results, acme-config are not there; scripts/aws/pipeline/template-with-buckets.json makes all three.',
  ]);
  expect(isSeen).toBe(true);
  expect(json).toMatchObject({
    name: 'cci-lite',
    region: 'eu-central-1',
    all: 22,
    taken: { functions: [], roles: [] },
  });
});

it('names what another pipeline has, and what to do', async () => {
  const { text } = await names({ ...earlierWorld(), roles: ['cci-lite-analyser'] });
  expect(text[0]).toMatch(
    /^AWS, eu-central-1: 9 of the 22 names of a pipeline called cci-lite are taken: functions cci-lite-oak-ingest, .*; log groups \/aws\/lambda\/cci-lite-oak-ingest, .*; roles cci-lite-analyser\. A stack with these names would be refused: give it another name/,
  );
  await double?.[Symbol.asyncDispose]();
  const { text: other } = await names(earlierWorld(), undefined, 'calls');
  expect(other[0]).toBe('AWS, eu-central-1: none of the 22 names of a pipeline called calls is taken.');
});

it('knows this program’s own functions', async () => {
  const { text } = await names(ownWorld());
  expect(text[0]).toMatch(
    /^AWS, eu-central-1: the pipeline cci-lite of this program is there, and has all its names\. To deploy that stack again/,
  );
});

it('tells buckets by whose they are and where they lie', async () => {
  const buckets = { 'acme-input': 'eu-central-1', 'acme-results': 'us-east-1', 'acme-config': 'closed' };
  const { text, json } = await names({ ...nothing(), buckets });
  expect(text.slice(1)).toEqual([
    'AWS: of the buckets, acme-input, acme-results are there; scripts/aws/pipeline/template.json takes them by name.',
    'AWS: of the buckets, acme-config is there and cannot be listed: another account has the name, or the right s3:ListBucket is missing.',
    'AWS: acme-results (us-east-1) lies in another region than eu-central-1, and events reach rules of their own region alone.',
  ]);
  expect(json).toMatchObject({
    buckets: [{ name: 'acme-input', state: 'there' }, {}, { name: 'acme-config', state: 'closed' }],
  });
});

it('says what it could not see, and that nobody can tell of these names', async () => {
  const { text } = await names(ownWorld(), ({ deny, faults }) => {
    deny('iam:GetRole');
    faults.push({ kind: 'garbage', of: 'events:DescribeRule', times: 99 });
  });
  expect(text[0]).toMatch(
    /^AWS, eu-central-1: the pipeline cci-lite .* has all its names\. Of 8 names nobody could tell\./,
  );
  expect(text).toContainEqual(expect.stringMatching(/^AWS: Amazon EventBridge could not be looked at: what answers/));
  expect(text.at(-1)).toMatch(/^AWS: some names could not be looked at: these credentials may not iam:GetRole\. Allow/);
});

it('is on AWS with a bucket or an engine there, and not with a server that speaks as S3 does', () => {
  const config = (engines: object) => PipelineConfig.parse({ engines });
  expect(onAws(['s3://acme?endpoint=http://minio', 'file:x', undefined], [config({})], {})).toBeUndefined();
  expect(onAws(['s3://acme'], [], { AWS_ENDPOINT_URL: 'http://minio' })).toBeUndefined();
  expect(onAws(['s3://acme-b?region=eu-west-1', 's3://acme-b/folder'], [], { AWS_REGION: 'eu-west-2' })).toMatchObject({
    place: { region: 'eu-west-1' },
    buckets: ['acme-b'],
  });
  for (const engines of [{ transcribe: 'amazon' }, { sentiment: 'comprehend' }, { evaluate: 'bedrock' }])
    expect(onAws([], [config(engines)], { AWS_REGION: 'eu-west-2' })).toMatchObject({ place: { region: 'eu-west-2' } });
});

describe('pipeline plan', () => {
  let place: Place;
  beforeEach(async () => {
    place = await openPlace();
  });
  afterEach(() => place[Symbol.dispose]());

  it('says it beside the costs, and of nothing in AWS asks nothing', async () => {
    double = await awsDouble(ownWorld());
    await place.configure('acme');
    const local = await place.command('pipeline plan', double.env);
    expect([local.status, local.stdout.includes('AWS')]).toEqual([0, false]);
    expect(double.requests).toEqual([]);
    await place.configure('acme', {
      provider: { kind: 'folder', url: place.url('recordings') },
      engines: { sentiment: 'comprehend' },
    });
    const { status, stdout } = await place.command('pipeline plan --pipeline-name calls', double.env);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^acme: the next run takes 0 new recordings/m);
    expect(stdout).toMatch(/^AWS, eu-central-1: none of the 22 names of a pipeline called calls is taken\.$/m);
  });

  it('says it also where an organization’s account cannot be opened', async () => {
    double = await awsDouble(nothing());
    await place.configure('acme', { provider: { kind: 'oak' }, engines: { sentiment: 'comprehend' } });
    const { status, stdout } = await place.command('pipeline plan', double.env);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^acme: The secret cci-lite\/oak\/acme cannot be read/m);
    expect(stdout).toMatch(/^AWS, eu-central-1: none of the 22 names/m);
  });

  it('says it also before there is any organization', async () => {
    double = await awsDouble(nothing());
    const there = { place: { env: { ...double.env, AWS_MAX_ATTEMPTS: '1' } }, buckets: ['acme-results'] };
    const urls = { input: place.url('input'), results: place.url('results'), config: place.url('config') };
    const { text, failed } = await plan(urls, () => there);
    expect([failed, ...text]).toEqual([
      true,
      expect.stringMatching(/^No organization in file:.* has a pipeline-config\.json/),
      'AWS, eu-central-1: none of the 22 names of a pipeline called cci-lite is taken.',
      expect.stringMatching(/^AWS: of the buckets, acme-results is not there/),
    ]);
    double.deny('lambda:GetFunctionConfiguration', 'logs:DescribeLogGroups', 'sqs:GetQueueUrl', 'events:DescribeRule');
    double.deny('iam:GetRole');
    await expect(plan(urls, () => there)).rejects.toThrow('has a pipeline-config.json');
  });
});
