import type { Construct } from 'constructs';
import {
  Aws,
  type CfnBucket,
  CfnConfigurationSet,
  CfnConfigurationSetEventDestination,
  CfnDeliveryStream,
  CfnEmailIdentity,
  CfnOutput,
  CfnRole,
  Fn,
} from './cdk.ts';
import type { Given } from './parameters.ts';
import { arnOf, named, policyOf, trustOf } from './policy.ts';

/** What SES tells of a mail, as far as `digest` reads it; whether it was opened is not asked. */
const EVENTS = ['SEND', 'REJECT', 'BOUNCE', 'COMPLAINT', 'DELIVERY', 'RENDERING_FAILURE', 'DELIVERY_DELAY'];
/** So long, or so much, is collected into one object of events. */
const COLLECT = { intervalInSeconds: 300, sizeInMBs: 5 };

/** Digests by SES, and its events as objects below `mail/events/` in the reports bucket, where `digest` looks for them. */
export function mail(scope: Construct, given: Given, reports: InstanceType<typeof CfnBucket>): void {
  const condition = given.condition('Mail');
  const set = new CfnConfigurationSet(scope, 'MailSet', {
    name: named(given, 'digests'),
    // Digests name people: they leave to no server without TLS.
    deliveryOptions: { tlsPolicy: 'REQUIRE' },
    reputationOptions: { reputationMetricsEnabled: true },
    suppressionOptions: { suppressedReasons: ['BOUNCE', 'COMPLAINT'] },
  });
  const identity = new CfnEmailIdentity(scope, 'MailIdentity', {
    emailIdentity: given.value('MailDomain'),
    dkimAttributes: { signingEnabled: true },
    configurationSetAttributes: { configurationSetName: set.ref },
  });
  const streamName = named(given, 'mail-events');
  const keeps = new CfnRole(scope, 'MailEventsRole', {
    roleName: streamName,
    assumeRolePolicyDocument: trustOf('firehose.amazonaws.com', { StringEquals: { 'sts:ExternalId': Aws.ACCOUNT_ID } }),
    policies: [
      {
        policyName: 'rights',
        policyDocument: policyOf(given, [
          {
            Sid: 'Events',
            Effect: 'Allow',
            Action: ['s3:PutObject', 's3:AbortMultipartUpload'],
            Resource: `${reports.attrArn}/mail/events/*`,
          },
          {
            Sid: 'Uploads',
            Effect: 'Allow',
            Action: ['s3:GetBucketLocation', 's3:ListBucketMultipartUploads'],
            Resource: reports.attrArn,
          },
          {
            Sid: 'ReportsKey',
            Effect: 'Allow',
            Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
            Resource: given.value('ReportsKeyArn'),
            for: 'ReportsKey',
          },
        ]),
      },
    ],
  });
  const stream = new CfnDeliveryStream(scope, 'MailEvents', {
    deliveryStreamName: streamName,
    deliveryStreamType: 'DirectPut',
    deliveryStreamEncryptionConfigurationInput: { keyType: 'AWS_OWNED_CMK' },
    extendedS3DestinationConfiguration: {
      bucketArn: reports.attrArn,
      roleArn: keeps.attrArn,
      prefix: 'mail/events/',
      bufferingHints: COLLECT,
      compressionFormat: 'GZIP',
    },
  });
  const tells = new CfnRole(scope, 'MailTellsRole', {
    roleName: named(given, 'ses'),
    assumeRolePolicyDocument: trustOf('ses.amazonaws.com', {
      StringEquals: {
        'aws:SourceAccount': Aws.ACCOUNT_ID,
        'aws:SourceArn': arnOf('ses', `configuration-set/${named(given, 'digests')}`),
      },
    }),
    policies: [
      {
        policyName: 'rights',
        policyDocument: policyOf(given, [
          { Sid: 'Tell', Effect: 'Allow', Action: ['firehose:PutRecordBatch'], Resource: stream.attrArn },
        ]),
      },
    ],
  });
  const told = new CfnConfigurationSetEventDestination(scope, 'MailEventsDestination', {
    configurationSetName: set.ref,
    eventDestination: {
      name: 'reports-bucket',
      enabled: true,
      matchingEventTypes: EVENTS,
      kinesisFirehoseDestination: { deliveryStreamArn: stream.attrArn, iamRoleArn: tells.attrArn },
    },
  });
  for (const each of [set, identity, keeps, stream, tells, told]) each.cfnOptions.condition = condition;
  const records = [
    [identity.attrDkimDnsTokenName1, identity.attrDkimDnsTokenValue1],
    [identity.attrDkimDnsTokenName2, identity.attrDkimDnsTokenValue2],
    [identity.attrDkimDnsTokenName3, identity.attrDkimDnsTokenValue3],
  ];
  for (const [at, record] of records.entries())
    new CfnOutput(scope, `MailDns${at + 1}`, {
      description: 'A CNAME record for the domain that mail is sent from: name and value.',
      value: Fn.join(' ', record),
      condition,
    });
  new CfnOutput(scope, 'MailUrl', {
    description: 'CCI_MAIL_URL of the workflow.',
    value: `ses:${Aws.REGION}?configuration-set=${named(given, 'digests')}`,
    condition,
  });
}
