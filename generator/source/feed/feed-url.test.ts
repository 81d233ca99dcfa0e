import { describe, expect, it } from 'vitest';
import { feedUrlProblem } from './feed-url.ts';
import { readQueueUrl } from './queue-url.ts';

describe('the URL of a change feed', () => {
  it.each([
    'https://sqs.eu-central-1.amazonaws.com/123456789012/results-events',
    'https://sqs.cn-north-1.amazonaws.com.cn/123456789012/events',
    'http://localhost:9324/000000000000/events',
    'http://[::1]:4566/000000000000/events',
    's3://bucket/events',
    'file:///srv/events',
  ])('is taken: %s', (url) => {
    expect(feedUrlProblem(url)).toBeUndefined();
  });

  it.each([
    ['https://sqs.eu-central-1.amazonaws.com/123456789012/events.fifo', 'is a FIFO queue'],
    ['http://sqs.eu-central-1.amazonaws.com/123456789012/events', 'must begin with https'],
    ['https://sqs.eu-central-1.amazonaws.com/123456789012', 'is not the URL of a queue: copy it'],
    ['https://sqs.eu-central-1.amazonaws.com/123456789012/events/', 'is not the URL of a queue'],
    ['https://sqs.eu-central-1.amazonaws.com/123456789012/events?region=x', 'is not the URL of a queue'],
    ['https://user:secret@sqs.eu-central-1.amazonaws.com/123456789012/events', 'is not the URL of a queue'],
    ['https:events', 'is not the URL of a queue'],
    ['arn:aws:sqs:eu-central-1:123456789012:events', 'is not a change feed: write file: and a folder'],
    ['sqs:events', 'is not a change feed'],
    ['s3://b', 'is not an S3 store'],
  ])('is refused with a reason: %s', (url, why) => {
    expect(feedUrlProblem(url)).toContain(why);
  });

  it.each([
    ['https://sqs.eu-central-1.amazonaws.com/123456789012/q', 'eu-central-1'],
    ['https://sqs-fips.us-gov-west-1.amazonaws.com/123456789012/q', 'us-gov-west-1'],
    ['https://sqs.eu-west-3.api.aws/123456789012/q', 'eu-west-3'],
    ['https://vpce-0a1b-2c.sqs.ap-south-1.vpce.amazonaws.com/123456789012/q', 'ap-south-1'],
    ['https://eu-north-1.queue.amazonaws.com/123456789012/q', 'eu-north-1'],
    ['https://queue.amazonaws.com/123456789012/q', 'us-east-1'],
    ['http://sqs.sa-east-1.localhost.localstack.cloud:4566/000000000000/q', 'sa-east-1'],
    ['http://localhost:9324/000000000000/q', 'us-east-1'],
  ])('says its region: %s', (url, region) => {
    expect(readQueueUrl(url, {})).toEqual({ url, endpoint: new URL(url).origin, region });
  });

  it('leaves the region to the environment where it names none', () => {
    const url = 'http://localhost:9324/000000000000/q';
    expect(readQueueUrl(url, { AWS_REGION: 'eu-west-1' }).region).toBe('eu-west-1');
    expect(readQueueUrl('https://odd.amazonaws.com/123456789012/q', {}).region).toBeUndefined();
  });
});
