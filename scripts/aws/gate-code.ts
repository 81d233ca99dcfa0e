import { Asset, type Stack } from './cdk.ts';
import type { GateCode } from './gate.ts';

/** The folder that `npm run pack` writes, as an asset: CDK uploads it, and its address has a hash of what is in it. */
export const codeIn =
  (path: string) =>
  (stack: InstanceType<typeof Stack>): GateCode => {
    const { s3BucketName, s3ObjectKey } = new Asset(stack, 'GateCode', { path });
    return { s3Bucket: s3BucketName, s3Key: s3ObjectKey };
  };
