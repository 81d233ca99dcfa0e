/** What the stack makes of the gate, of mail and of the trigger of builds. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSettings, SETTINGS, type Setting } from '../../generator/settings.ts';
import { codeIn } from './gate-code.ts';
import { synthesize } from './synthesize.ts';
import { evaluate, type Made, propertiesOf } from './testing/evaluate.ts';
import { ALL, existing, LEAST } from './testing/templates.ts';

describe('the gate', () => {
  const made = evaluate(existing, ALL);

  it('is called through CloudFront: its URL is public, and the request is not signed', () => {
    expect(propertiesOf(made, 'GateUrl')).toMatchObject({ AuthType: 'NONE', InvokeMode: 'BUFFERED' });
    const permissions = Object.values(made).filter(({ Type }) => Type === 'AWS::Lambda::Permission');
    expect(permissions.map(({ Properties }) => Properties).filter(({ Principal }) => Principal === '*')).toMatchObject([
      { Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'NONE' },
      { Action: 'lambda:InvokeFunction', InvokedViaFunctionUrl: true },
    ]);
  });

  it('has the same proof on both sides, and no secret in the template', () => {
    const { Variables } = propertiesOf(made, 'GateFunction').Environment as { Variables: { [name: string]: string } };
    const edge = propertiesOf(made, 'GateEdge').DistributionConfig as {
      Origins: [{ DomainName: string; OriginCustomHeaders: [{ HeaderName: string; HeaderValue: string }] }];
    };
    const [{ DomainName, OriginCustomHeaders }] = edge.Origins;
    expect(OriginCustomHeaders).toEqual([{ HeaderName: 'x-cci-edge-key', HeaderValue: Variables.CCI_EDGE_KEY }]);
    expect(DomainName).toBe('gateurl.lambda-url.eu-central-1.on.aws');
    for (const name of ['CCI_EDGE_KEY', 'CCI_UNSUBSCRIBE_KEY', 'CLERK_SECRET_KEY'])
      expect(Variables[name]).toMatch(/^\{\{resolve:secretsmanager:.+:SecretString(?::[A-Z_]+)?\}\}$/);
    expect(Variables).toMatchObject({ CCI_SITE_URL: 'https://reports.acme.com', CCI_INPUT_URL: 's3://input' });
  });

  it('is set up by variables that it knows, and takes what the parameters give', () => {
    const variablesOf = (given: { [name: string]: unknown }) =>
      (propertiesOf(evaluate(existing, given), 'GateFunction').Environment as { Variables: NodeJS.ProcessEnv })
        .Variables;
    const known = Object.values(SETTINGS as { [name: string]: Setting }).map(({ variable }) => variable);
    expect(Object.keys(variablesOf(ALL)).filter((name) => name !== 'NODE_ENV' && !known.includes(name))).toEqual([]);
    const secrets = {
      CCI_EDGE_KEY: 'a proof as long as it has to be, 1',
      CCI_UNSUBSCRIBE_KEY: 'a key as long as it has to be, 2',
      CLERK_SECRET_KEY: `sk_live_${'x1y2z3'.repeat(7)}`,
    };
    for (const given of [ALL, { ...ALL, GateAudit: '', InputBucketName: '' }]) {
      const names = ['reports', 'input', 'siteUrl', 'audit', 'edgeKey', 'unsubscribeKey', 'secretKey'] as const;
      expect(readSettings([], { ...variablesOf(given), ...secrets }, names)).toMatchObject({
        reports: 's3://reports',
        siteUrl: 'https://reports.acme.com',
        edgeKey: secrets.CCI_EDGE_KEY,
      });
    }
  });

  it('stores nothing of a reader on the way, and takes the POST that ends a digest', () => {
    const { DefaultCacheBehavior, CacheBehaviors } = propertiesOf(made, 'GateEdge').DistributionConfig as {
      DefaultCacheBehavior: object;
      CacheBehaviors: object[];
    };
    expect(DefaultCacheBehavior).toMatchObject({
      CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
      AllowedMethods: expect.arrayContaining(['POST']),
      ViewerProtocolPolicy: 'redirect-to-https',
    });
    expect(CacheBehaviors).toMatchObject([{ PathPattern: '/assets/*' }]);
  });
});

it('writes events of mail where digest looks for them, and asks not who opened one', () => {
  const made = evaluate(existing, ALL);
  expect(propertiesOf(made, 'MailEvents').ExtendedS3DestinationConfiguration).toMatchObject({
    BucketARN: 'arn:aws:s3:::reports',
    Prefix: 'mail/events/',
  });
  const { EventDestination } = propertiesOf(made, 'MailEventsDestination') as {
    EventDestination: { MatchingEventTypes: string[] };
  };
  expect(EventDestination.MatchingEventTypes).toEqual(expect.arrayContaining(['BOUNCE', 'COMPLAINT', 'SEND']));
  expect(EventDestination.MatchingEventTypes).not.toEqual(expect.arrayContaining(['OPEN']));
});

describe('the trigger of builds', () => {
  const made = evaluate(existing, { ...ALL, ResultsPrefix: 'out/' });

  it('is one rule over what is read of calls, and two queues', () => {
    expect(Object.values(made).filter(({ Type }) => Type === 'AWS::SQS::Queue')).toHaveLength(2);
    const rules = Object.values(made).filter(
      ({ Type, Properties }) => Type === 'AWS::Events::Rule' && Properties.EventPattern,
    );
    expect(rules.map(({ Properties }) => Properties)).toMatchObject([
      {
        EventPattern: {
          source: ['aws.s3'],
          'detail-type': ['Object Created', 'Object Deleted'],
          detail: {
            bucket: { name: ['results'] },
            object: { key: [{ wildcard: 'out/*/enriched/*' }, { wildcard: 'out/*/final/*' }] },
          },
        },
        Targets: [
          { Id: 'feed', Arn: 'arn:aws:sqs:eu-central-1:123456789012:cci-reports-feed' },
          { Id: 'trigger', Arn: 'arn:aws:sqs:eu-central-1:123456789012:cci-reports-trigger' },
        ],
      },
    ]);
    const [{ Properties }] = Object.values(evaluate(existing, LEAST)).filter(
      ({ Type }) => Type === 'AWS::Events::Rule',
    ) as [Made];
    expect(Properties.Targets).toMatchObject([{ Id: 'feed' }]);
  });

  it('lets the rule alone send to each queue', () => {
    for (const id of ['FeedPolicy', 'TriggerPolicy'])
      expect(propertiesOf(made, id).PolicyDocument).toMatchObject({
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'events.amazonaws.com' },
            Condition: { ArnEquals: { 'aws:SourceArn': 'ResultsRule.Arn' } },
          },
          { Effect: 'Deny', Principal: '*' },
        ],
      });
  });

  it('holds messages for longer than its function runs, which nobody starts again but the clock', () => {
    const { Timeout, Code } = propertiesOf(made, 'DispatchFunction') as { Timeout: number; Code: { ZipFile: string } };
    expect(Timeout).toBeLessThan(
      Number(/VisibilityTimeout: ?HELD_S/.test(Code.ZipFile) && /HELD_S ?= ?(\d+)/.exec(Code.ZipFile)?.[1]),
    );
    const { Variables } = propertiesOf(made, 'DispatchFunction').Environment as { Variables: object };
    expect(Object.keys(Variables).filter((name) => !Code.ZipFile.includes(name))).toEqual([]);
    expect(propertiesOf(made, 'DispatchOnce')).toMatchObject({ MaximumRetryAttempts: 0 });
    expect(propertiesOf(made, 'DispatchTick')).toMatchObject({ ScheduleExpression: 'rate(5 minutes)' });
    expect(propertiesOf(made, 'TriggerQueue')).toMatchObject({ MessageRetentionPeriod: 1_209_600 });
  });
});

it('takes the code of the gate from a folder, where an app of CDK uploads it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cci-gate-'));
  writeFileSync(join(folder, 'x.txt'), 'code');
  const template = synthesize('existing', { code: codeIn(folder) });
  rmSync(folder, { recursive: true });
  const made = evaluate(template, { ...ALL, GateCodeKey: undefined });
  expect(propertiesOf(made, 'GateFunction').Code).toMatchObject({
    S3Bucket: expect.anything(),
    S3Key: expect.stringMatching(/^[0-9a-f]{64}\.zip$/),
  });
});
