import { createRequire } from 'node:module';
import type { Stack } from './cdk.ts';
import type { GateCode } from './gate.ts';

// Only who has the code in a folder loads it.
const load = createRequire(import.meta.url);

/** The folder that `npm run pack` writes, as an asset: CDK uploads it, and its address has a hash of what is in it. */
export const codeIn =
  (path: string) =>
  (stack: InstanceType<typeof Stack>): GateCode => {
    const { Asset } = load('aws-cdk-lib/aws-s3-assets') as typeof import('aws-cdk-lib/aws-s3-assets');
    const { s3BucketName, s3ObjectKey } = new Asset(stack, 'GateCode', { path });
    return { s3Bucket: s3BucketName, s3Key: s3ObjectKey };
  };
