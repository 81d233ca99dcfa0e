import type { Construct } from 'constructs';
import { type CfnBucket, type CfnCondition, Fn } from './cdk.ts';
import type { Given, ParameterName } from './parameters.ts';
import { privateBucket, UNFINISHED_DAYS, UNFINISHED_UPLOADS } from './private-bucket.ts';

type BucketProps = ConstructorParameters<typeof CfnBucket>[2];

interface Kind {
  name: ParameterName;
  /** The key of its objects, where it is given; else S3's own. */
  key: 'PipelineKey' | 'ReportsKey' | undefined;
  condition?: InstanceType<typeof CfnCondition>;
  more?: BucketProps;
}

/** A message that was not sent, or may have been, is removed by `digest` after seven days; where no run comes, by this. */
const FROZEN_DAYS = 30;
const OLD_CODE_DAYS = 90;

/**
 * The bucket of the reports. Nothing of `mail/preferences/` and `mail/ledger/` ends by itself: who has unsubscribed, and which digests have been sent, can
 * be made again from nothing. It has no versions, because what is erased must be gone.
 */
export const reportsBucket = (scope: Construct, given: Given): InstanceType<typeof CfnBucket> =>
  namedBucket(scope, 'Reports', given, {
    name: 'ReportsBucketName',
    key: 'ReportsKey',
    more: {
      lifecycleConfiguration: {
        rules: [
          expiry('trail', 'audit/', given.number('AuditDays')),
          expiry('mail-events', 'mail/events/', given.number('MailEventDays')),
          expiry('unsent-mail', 'mail/frozen/', FROZEN_DAYS),
          UNFINISHED_UPLOADS,
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
  namedBucket(scope, 'Code', given, {
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
  namedBucket(scope, 'Results', given, {
    name: 'ResultsBucketName',
    key: 'PipelineKey',
    more: { notificationConfiguration: { eventBridgeConfiguration: { eventBridgeEnabled: true } } },
  });
  namedBucket(scope, 'Config', given, { name: 'ConfigBucketName', key: 'PipelineKey' });
  namedBucket(scope, 'Input', given, {
    name: 'InputBucketName',
    key: 'PipelineKey',
    condition: given.condition('Recordings'),
  });
}

/** A private bucket whose name is a parameter, encrypted with the key that is given for it, or S3's own. */
function namedBucket(
  scope: Construct,
  id: string,
  given: Given,
  { name, key, condition, more }: Kind,
): InstanceType<typeof CfnBucket> {
  const plain = { serverSideEncryptionByDefault: { sseAlgorithm: 'AES256' } };
  const bucketEncryption = {
    serverSideEncryptionConfiguration: [
      key === undefined
        ? plain
        : Fn.conditionIf(
            given.condition(key).logicalId,
            {
              ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: given.value(`${key}Arn`) },
              BucketKeyEnabled: true,
            },
            { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
          ),
    ],
  };
  return privateBucket(scope, id, { ...more, bucketEncryption, bucketName: given.value(name) }, condition);
}
