import type { Construct } from 'constructs';
import { Aws, CfnBucket, CfnBucketPolicy, CfnDeletionPolicy, CfnKey } from '../cdk.ts';
import type { PipelineGiven } from './parameters.ts';

const UNFINISHED_DAYS = 7;

/** A key of the pipeline's own, which the account's roles may use as their policies say. It stays, as what it has locked would be lost. */
export function pipelineKey(scope: Construct): InstanceType<typeof CfnKey> {
  const key = new CfnKey(scope, 'Key', {
    description: 'Recordings, results and configuration of the pipeline.',
    enableKeyRotation: true,
    keyPolicy: {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'Account',
          Effect: 'Allow',
          Principal: { AWS: `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:root` },
          Action: 'kms:*',
          Resource: '*',
        },
      ],
    },
  });
  keep(key);
  return key;
}

/** The three buckets of a pipeline that has none yet. What comes into two of them is told to EventBridge. @param key ARN */
export function pipelineBuckets(scope: Construct, given: PipelineGiven, key: string): void {
  const events = { notificationConfiguration: { eventBridgeConfiguration: { eventBridgeEnabled: true } } };
  privateBucket(scope, 'Input', given.value('InputBucketName'), key, events);
  privateBucket(scope, 'Results', given.value('ResultsBucketName'), key, events);
  privateBucket(scope, 'Config', given.value('ConfigBucketName'), key, {});
}

/** Nobody from outside, no access lists, encrypted with the key, by TLS only, and kept when the stack is deleted. */
function privateBucket(scope: Construct, id: string, bucketName: string, key: string, more: object): void {
  const bucket = new CfnBucket(scope, `${id}Bucket`, {
    bucketName,
    publicAccessBlockConfiguration: {
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    ownershipControls: { rules: [{ objectOwnership: 'BucketOwnerEnforced' }] },
    bucketEncryption: {
      serverSideEncryptionConfiguration: [
        { serverSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: key }, bucketKeyEnabled: true },
      ],
    },
    lifecycleConfiguration: {
      rules: [
        {
          id: 'unfinished-uploads',
          status: 'Enabled',
          abortIncompleteMultipartUpload: { daysAfterInitiation: UNFINISHED_DAYS },
        },
      ],
    },
    ...more,
  });
  const arn = `arn:${Aws.PARTITION}:s3:::${bucketName}`;
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
          Resource: [arn, `${arn}/*`],
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ],
    },
  });
  for (const each of [bucket, policy]) keep(each);
}

function keep(resource: InstanceType<typeof CfnBucket | typeof CfnBucketPolicy | typeof CfnKey>): void {
  resource.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN;
  resource.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
}
