/** Buckets, rights and roles of the stack, in both forms. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ciRights, dispatchRights, gateRights, generatorRights, type Statement } from './rights.ts';
import { type Template, templateText } from './synthesize.ts';
import { evaluate, type Made, propertiesOf } from './testing/evaluate.ts';
import { ALL, existing, LEAST, whole, written } from './testing/templates.ts';

const { Template: Assertions, Match } = createRequire(import.meta.url)(
  'aws-cdk-lib/assertions',
) as typeof import('aws-cdk-lib/assertions');

const FORMS = [
  ['with the buckets of a pipeline that is there', existing],
  ['with buckets of its own', whole],
] as const;

const THERE = 'eu-central-1:123456789012';
const NAMES = {
  reports: 'arn:aws:s3:::reports',
  results: 'arn:aws:s3:::results',
  config: 'arn:aws:s3:::config',
  input: 'arn:aws:s3:::input',
  code: 'arn:aws:s3:::code',
  feed: `arn:aws:sqs:${THERE}:cci-reports-feed`,
  trigger: `arn:aws:sqs:${THERE}:cci-reports-trigger`,
  mailIdentity: `arn:aws:ses:${THERE}:identity/example.com`,
  mailSet: `arn:aws:ses:${THERE}:configuration-set/cci-reports-digests`,
  gate: `arn:aws:lambda:${THERE}:function:cci-reports-gate`,
};
const typesOf = (made: { [id: string]: Made }) => [...new Set(Object.values(made).map(({ Type }) => Type))].sort();
const documentsOf = (made: { [id: string]: Made }) =>
  JSON.stringify(Object.values(made).filter(({ Type }) => Type === 'AWS::IAM::Role'));

it('is as it was committed: run node scripts/aws/write.ts after a change', () => {
  for (const [path, text] of Object.entries(written))
    expect([path, readFileSync(join(import.meta.dirname, path), 'utf8')]).toEqual([path, text]);
});

it('is small enough for a command line, and has no asset and nothing of this machine', () => {
  for (const [, template] of FORMS) {
    const text = templateText(template);
    expect(Buffer.byteLength(text)).toBeLessThan(51_200);
    expect(text).not.toMatch(/cdk-hnb659fds|BootstrapVersion|AssetParameters|\/(?:tmp|home|root)\//);
  }
});

describe.each(FORMS)('%s', (_, template) => {
  const assertions = Assertions.fromJSON(template);

  it('keeps every bucket private, encrypted, by TLS only, and when the stack is deleted', () => {
    const count = Object.keys(assertions.findResources('AWS::S3::Bucket')).length;
    expect(count).toBe(template === whole ? 5 : 2);
    const kept = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
    assertions.allResources('AWS::S3::Bucket', Match.objectLike(kept));
    assertions.allResourcesProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      BucketEncryption: Match.anyValue(),
    });
    assertions.resourceCountIs('AWS::S3::BucketPolicy', count);
    assertions.allResourcesProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        ],
      },
    });
  });

  it('has no right to everything, and no right of all actions', () => {
    const made = evaluate(template, ALL);
    for (const role of Object.values(made).filter(({ Type }) => Type === 'AWS::IAM::Role'))
      for (const { PolicyDocument } of role.Properties.Policies as { PolicyDocument: { Statement: object[] } }[])
        for (const statement of PolicyDocument.Statement as { Action: string[]; Resource: string }[]) {
          expect(statement.Action.filter((action) => action.includes('*'))).toEqual([]);
          if (!statement.Action.includes('ses:GetSendQuota')) expect(statement.Resource).not.toBe('*');
        }
  });

  it('gives each role the rights that the plain policies have', () => {
    const made = evaluate(template, ALL);
    const names = {
      ...NAMES,
      pipelineKey: ALL.PipelineKeyArn,
      reportsKey: ALL.ReportsKeyArn,
      appSecret: ALL.GitHubAppSecretArn,
    };
    const plain = (statements: Statement[]) => statements.map(({ for: _, ...statement }) => statement);
    const rightsOf = (id: string) =>
      (propertiesOf(made, id).Policies as { PolicyDocument: { Statement: [] } }[])[0]?.PolicyDocument.Statement;
    expect(rightsOf('GeneratorRole')).toEqual(plain(generatorRights(names)));
    expect(rightsOf('GateRole')).toEqual(plain(gateRights(names)));
    expect(rightsOf('CiRole')).toEqual(plain(ciRights(names)));
    expect(rightsOf('DispatchRole')?.slice(0, 4)).toEqual(plain(dispatchRights(names)));
  });

  it('makes nothing of what is not asked for', () => {
    expect(typesOf(evaluate(template, LEAST))).toEqual([
      'AWS::Events::Rule',
      'AWS::IAM::OIDCProvider',
      'AWS::IAM::Role',
      'AWS::S3::Bucket',
      'AWS::S3::BucketPolicy',
      'AWS::SQS::Queue',
      'AWS::SQS::QueuePolicy',
    ]);
    const documents = documentsOf(evaluate(template, LEAST));
    expect(documents).not.toMatch(/kms:|ses:|lambda:/);
    for (const right of ['kms:Decrypt', 'ses:SendRawEmail', 'lambda:UpdateFunctionCode'])
      expect(documentsOf(evaluate(template, ALL))).toContain(right);
  });

  it('refers to nothing that a condition leaves out', () => {
    for (const given of [LEAST, { ...LEAST, MailDomain: 'example.com' }, ALL]) {
      const made = evaluate(template, given);
      const left = Object.keys(template.Resources).filter((id) => !(id in made));
      const text = JSON.stringify(made);
      expect(left.filter((id) => text.includes(`"ref:${id}"`) || text.includes(`"${id}.`))).toEqual([]);
    }
  });
});

/** Rules that end objects of the reports by themselves. */
function endings(template: Template, given: object) {
  const { Rules } = propertiesOf(evaluate(template, { ...LEAST, ...given }), 'ReportsBucket')
    .LifecycleConfiguration as { Rules: { Prefix?: string; ExpirationInDays?: number }[] };
  expect(Rules.filter((rule) => 'NoncurrentVersionExpiration' in rule || 'Transitions' in rule)).toEqual([]);
  return Rules.filter((rule) => 'ExpirationInDays' in rule || 'ExpirationDate' in rule);
}

it('ends the trail, events and unsent mail by themselves, and never who has unsubscribed or what was sent', () => {
  const rules = endings(existing, { AuditDays: 30 });
  expect(rules.map(({ Prefix, ExpirationInDays }) => [Prefix, ExpirationInDays])).toEqual([
    ['audit/', 30],
    ['mail/events/', 400],
    ['mail/frozen/', 30],
  ]);
  for (const kept of ['mail/preferences/', 'mail/ledger/', 'org_1/', 'assets/', 'status.json'])
    expect(rules.filter(({ Prefix = '' }) => kept.startsWith(Prefix) || Prefix.startsWith(kept))).toEqual([]);
});

it('has no versions of the reports, so that what is erased is gone', () => {
  expect(existing.Resources.ReportsBucket?.Properties).not.toHaveProperty('VersioningConfiguration');
});

it('encrypts the reports with the key that is given, else with those of S3', () => {
  const encryption = (given: object) =>
    JSON.stringify(propertiesOf(evaluate(existing, { ...LEAST, ...given }), 'ReportsBucket').BucketEncryption);
  expect(encryption({})).toContain('"AES256"');
  expect(encryption({ ReportsKeyArn: ALL.ReportsKeyArn })).toMatch(/"aws:kms".*key\/reports/);
});

describe('who may take the roles of the workflows', () => {
  const trust = (given: object, id = 'GeneratorRole') =>
    (
      propertiesOf(evaluate(existing, { ...LEAST, ...given }), id).AssumeRolePolicyDocument as {
        Statement: { Principal: object; Condition: object }[];
      }
    ).Statement;
  const claims = (sub: string) => ({
    StringEquals: {
      'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
      'token.actions.githubusercontent.com:sub': sub,
    },
  });

  it('is told by the ids of the repository where they are given, else by its names alone', () => {
    expect(trust({})).toMatchObject([{ Condition: claims('repo:acme/sites:environment:production') }]);
    expect(trust({ GitHubOwnerId: '1', GitHubRepositoryId: '2' })).toMatchObject([
      { Condition: claims('repo:acme@1/sites@2:environment:production') },
    ]);
    // One id alone is no form that GitHub writes.
    expect(trust({ GitHubOwnerId: '1' })).toMatchObject([
      { Condition: claims('repo:acme/sites:environment:production') },
    ]);
  });

  it('asks for a branch as well where one is named', () => {
    expect(trust({ GitHubBranch: 'main' })).toMatchObject([
      { Condition: { StringEquals: { 'token.actions.githubusercontent.com:ref': 'refs/heads/main' } } },
    ]);
    expect(JSON.stringify(trust({}))).not.toContain(':ref');
  });

  it('takes each role in its own environment only', () => {
    expect(trust({}, 'CiRole')).toMatchObject([{ Condition: claims('repo:acme/sites:environment:deploy') }]);
  });

  it('makes the identity provider only where there is none', () => {
    expect(trust({})).toMatchObject([{ Principal: { Federated: 'GitHubProvider.Arn' } }]);
    expect(trust(ALL)).toMatchObject([{ Principal: { Federated: ALL.GitHubProviderArn } }]);
    expect(evaluate(existing, ALL)).not.toHaveProperty('GitHubProvider');
  });
});

it('tells the results of a bucket of its own to EventBridge', () => {
  expect(whole.Resources.ResultsBucket?.Properties.NotificationConfiguration).toEqual({
    EventBridgeConfiguration: { EventBridgeEnabled: true },
  });
});
