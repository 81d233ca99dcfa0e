import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetRoleCommand } from '@aws-sdk/client-iam';
import { HeadBucketCommand } from '@aws-sdk/client-s3';
import { DescribeSecretCommand } from '@aws-sdk/client-secrets-manager';
import { type Ask, allPages, type Seen } from './ask.ts';
import type { Clients } from './clients.ts';

/** A log group. */
export interface LogSeen {
  name: string;
  /** Days that it keeps what is written; absent: for ever. */
  days?: number;
}

/** Log groups whose names begin so. */
export async function logsOf(ask: Ask, { logs }: Clients, prefix: string): Promise<Seen<LogSeen[]>> {
  const seen = await ask('logs:DescribeLogGroups', 'Amazon CloudWatch Logs', async () => {
    const all = await allPages(async (nextToken) => {
      const page = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: prefix, nextToken }));
      return { items: page.logGroups, next: page.nextToken };
    });
    return all.map(({ logGroupName = '', retentionInDays: days }) => ({ name: logGroupName, ...(days && { days }) }));
  });
  return seen === 'none' ? [] : seen;
}

/** Whether a secret is there, or is to be deleted. Its value is not asked for. */
export const secretOf = (ask: Ask, { secrets }: Clients, name: string): Promise<Seen<{ isDeleted: boolean }>> =>
  ask('secretsmanager:DescribeSecret', 'AWS Secrets Manager', async () => {
    const { DeletedDate } = await secrets.send(new DescribeSecretCommand({ SecretId: name }));
    return { isDeleted: DeletedDate !== undefined };
  });

/** Whether there is a role of a name, in whatever region it is used. */
export const roleOf = (ask: Ask, { iam }: Clients, name: string): Promise<Seen<string>> =>
  ask('iam:GetRole', 'AWS IAM', async () => (await iam.send(new GetRoleCommand({ RoleName: name }))).Role?.Arn ?? name);

/** A bucket that is there. */
export interface BucketSeen {
  /** These credentials may list it; false: it is another account's, or the right is missing. */
  isOpen: boolean;
  region?: string;
}

/** Whether a bucket of a name is there, anywhere in AWS: its names are the same for everybody. */
export const bucketOf = (ask: Ask, { s3 }: Clients, name: string): Promise<Seen<BucketSeen>> =>
  ask('s3:ListBucket', 'Amazon S3', async () => {
    try {
      const { BucketRegion: region } = await s3.send(new HeadBucketCommand({ Bucket: name }));
      return { isOpen: true, ...(region && { region }) };
    } catch (error) {
      const { $metadata, $response } = error as {
        $metadata?: { httpStatusCode?: number };
        $response?: { headers?: { [name: string]: string | undefined } };
      };
      const region = $response?.headers?.['x-amz-bucket-region'];
      const status = $metadata?.httpStatusCode;
      // To a question from another region S3 says only where the bucket is; to a stranger nothing but that it is there.
      if (status === 301 || status === 403) return { isOpen: status === 301, ...(region && { region }) };
      throw error;
    }
  });
