import type { Construct } from 'constructs';
import { Aws, CfnBucket, CfnBucketPolicy, type CfnCondition, CfnDeletionPolicy, Fn } from './cdk.ts';
import type { Given, ParameterName } from './parameters.ts';

type BucketProps = ConstructorParameters<typeof CfnBucket>[2];

interface Kind {
  name: ParameterName;
  /** The key of its objects, where it is given; else S3's own. */
  key: 'PipelineKey' | 'ReportsKey' | undefined;
  condition?: InstanceType<typeof CfnCondition>;
  more?: BucketProps;
}

/** Days until an upload that nobody has ended is given up. */
const UNFINISHED_DAYS = 7;
/** A message that was not sent, or may have been, is removed by `digest` after seven days; where no run comes, by this. */
const FROZEN_DAYS = 30;
const OLD_CODE_DAYS = 90;

/**
 * The bucket of the reports. Nothing of `mail/preferences/` and `mail/ledger/` ends by itself: who has unsubscribed, and which digests have been sent, can
 * be made again from nothing. It has no versions, because what is erased must be gone.
 */
export const reportsBucket = (scope: Construct, given: Given): InstanceType<typeof CfnBucket> =>
  privateBucket(scope, 'Reports', given, {
    name: 'ReportsBucketName',
    key: 'ReportsKey',
    more: {
      lifecycleConfiguration: {
        rules: [
          expiry('trail', 'audit/', given.number('AuditDays')),
          expiry('mail-events', 'mail/events/', given.number('MailEventDays')),
          expiry('unsent-mail', 'mail/frozen/', FROZEN_DAYS),
          {
            id: 'unfinished-uploads',
            status: 'Enabled',
            abortIncompleteMultipartUpload: { daysAfterInitiation: UNFINISHED_DAYS },
          },
        ],
      },
    },
  });

const expiry = (id: string, prefix: string, expirationInDays: number) => ({
  id,
  status: 'Enabled',
  prefix,
  expirationInDays,
});

/** The bucket for zips of the gate. Its versions let an older gate be put back. */
export const codeBucket = (scope: Construct, given: Given): InstanceType<typeof CfnBucket> =>
  privateBucket(scope, 'Code', given, {
    name: 'CodeBucketName',
    key: undefined,
    more: {
      versioningConfiguration: { status: 'Enabled' },
      lifecycleConfiguration: {
        rules: [
          {
            id: 'old-code',
            status: 'Enabled',
            noncurrentVersionExpiration: { noncurrentDays: OLD_CODE_DAYS },
            abortIncompleteMultipartUpload: { daysAfterInitiation: UNFINISHED_DAYS },
          },
        ],
      },
    },
  });

/** The buckets of a pipeline that has none yet. The events of the results go to EventBridge, by which we hear of them. */
export function pipelineBuckets(scope: Construct, given: Given): void {
  privateBucket(scope, 'Results', given, {
    name: 'ResultsBucketName',
    key: 'PipelineKey',
    more: { notificationConfiguration: { eventBridgeConfiguration: { eventBridgeEnabled: true } } },
  });
  privateBucket(scope, 'Config', given, { name: 'ConfigBucketName', key: 'PipelineKey' });
  privateBucket(scope, 'Input', given, {
    name: 'InputBucketName',
    key: 'PipelineKey',
    condition: given.condition('Recordings'),
  });
}

/** Nobody from outside, no access lists, encrypted, by TLS only, and kept when the stack is deleted. */
function privateBucket(
  scope: Construct,
  id: string,
  given: Given,
  { name, key, condition, more }: Kind,
): InstanceType<typeof CfnBucket> {
  const plain = { serverSideEncryptionByDefault: { sseAlgorithm: 'AES256' } };
  const bucket = new CfnBucket(scope, `${id}Bucket`, {
    bucketName: given.value(name),
    publicAccessBlockConfiguration: {
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    ownershipControls: { rules: [{ objectOwnership: 'BucketOwnerEnforced' }] },
    bucketEncryption: {
      serverSideEncryptionConfiguration: [
        key === undefined
          ? plain
          : Fn.conditionIf(
              given.condition(key).logicalId,
              {
                ServerSideEncryptionByDefault: {
                  SSEAlgorithm: 'aws:kms',
                  KMSMasterKeyID: given.value(`${key}Arn`),
                },
                BucketKeyEnabled: true,
              },
              { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
            ),
      ],
    },
    ...more,
  });
  const policy = new CfnBucketPolicy(scope, `${id}BucketPolicy`, {
    bucket: bucket.ref,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'OnlyTls',
          Effect: 'Deny',
          Principal: '*',
          Action: 's3:*',
          Resource: [
            `arn:${Aws.PARTITION}:s3:::${given.value(name)}`,
            `arn:${Aws.PARTITION}:s3:::${given.value(name)}/*`,
          ],
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ],
    },
  });
  for (const each of [bucket, policy]) {
    if (condition) each.cfnOptions.condition = condition;
    each.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN;
    each.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
  }
  return bucket;
}
