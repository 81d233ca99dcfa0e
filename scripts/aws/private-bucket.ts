import type { Construct } from 'constructs';
import { Aws, CfnBucket, CfnBucketPolicy, type CfnCondition, CfnDeletionPolicy, type CfnKey } from './cdk.ts';

type BucketProps = NonNullable<ConstructorParameters<typeof CfnBucket>[2]>;

/** Days until an upload that nobody has ended is given up. */
export const UNFINISHED_DAYS = 7;

/** The rule of a lifecycle that gives such uploads up. */
export const UNFINISHED_UPLOADS = {
  id: 'unfinished-uploads',
  status: 'Enabled',
  abortIncompleteMultipartUpload: { daysAfterInitiation: UNFINISHED_DAYS },
};

/**
 * A bucket with nobody from outside, no access lists, by TLS only, and kept when the stack is deleted.
 * @param props how it is encrypted, and what else it has
 * @param condition it is made only then
 */
export function privateBucket(
  scope: Construct,
  id: string,
  {
    bucketName,
    ...props
  }: BucketProps & { bucketName: string; bucketEncryption: NonNullable<BucketProps['bucketEncryption']> },
  condition?: InstanceType<typeof CfnCondition>,
): InstanceType<typeof CfnBucket> {
  const bucket = new CfnBucket(scope, `${id}Bucket`, {
    bucketName,
    publicAccessBlockConfiguration: {
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    ownershipControls: { rules: [{ objectOwnership: 'BucketOwnerEnforced' }] },
    ...props,
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
  for (const each of [bucket, policy]) {
    if (condition) each.cfnOptions.condition = condition;
    keep(each);
  }
  return bucket;
}

/** What is lost with it could not be made again, so it outlives its stack. */
export function keep(resource: InstanceType<typeof CfnBucket | typeof CfnBucketPolicy | typeof CfnKey>): void {
  resource.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN;
  resource.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
}
