import type { Construct } from 'constructs';
import { Aws, CfnKey } from '../cdk.ts';
import { keep, privateBucket, UNFINISHED_UPLOADS } from '../private-bucket.ts';
import type { PipelineGiven } from './parameters.ts';

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
  const bucketEncryption = {
    serverSideEncryptionConfiguration: [
      { serverSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: key }, bucketKeyEnabled: true },
    ],
  };
  const common = { bucketEncryption, lifecycleConfiguration: { rules: [UNFINISHED_UPLOADS] } };
  const events = { notificationConfiguration: { eventBridgeConfiguration: { eventBridgeEnabled: true } } };
  privateBucket(scope, 'Input', { ...common, ...events, bucketName: given.value('InputBucketName') });
  privateBucket(scope, 'Results', { ...common, ...events, bucketName: given.value('ResultsBucketName') });
  privateBucket(scope, 'Config', { ...common, bucketName: given.value('ConfigBucketName') });
}
