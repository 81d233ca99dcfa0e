/** Where a queue is. */
export interface QueuePlace {
  /** As AWS writes it, and as its console has it to be pasted. */
  url: string;
  /** Its server. */
  endpoint: string;
  /** Absent: the SDK asks the environment and the profile. */
  region?: string;
}

const HOST = /^https?:\/\/(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?\//;
const PATH = /^\/\d{12}\/[A-Za-z0-9_-]{1,80}(\.fifo)?$/;
const FORM = 'https://sqs.REGION.amazonaws.com/ACCOUNT/QUEUE';

/** What is wrong with a queue's URL, as the end of a sentence; undefined where nothing is. */
export function queueUrlProblem(url: string): string | undefined {
  const { pathname = '', search, hash, hostname = '', protocol } = URL.parse(url) ?? {};
  if (!HOST.test(url) || !PATH.test(pathname) || search !== '' || hash !== '')
    return `is not the URL of a queue: copy it from the SQS console, as ${FORM}`;
  if (pathname.endsWith('.fifo')) return 'is a FIFO queue, and S3 sends to standard queues only';
  if (protocol === 'http:' && isAws(hostname)) return `must begin with https: ${FORM}`;
  return undefined;
}

/** @param url of which nothing is wrong */
export function readQueueUrl(url: string, env: NodeJS.ProcessEnv = process.env): QueuePlace {
  const { hostname, origin } = new URL(url);
  const region = regionIn(hostname) ?? (env.AWS_REGION || env.AWS_DEFAULT_REGION || undefined);
  return { url, endpoint: origin, ...((region ?? !isAws(hostname)) && { region: region ?? 'us-east-1' }) };
}

const isAws = (hostname: string): boolean => /(^|\.)(amazonaws\.com(\.cn)?|api\.aws)$/.test(hostname);

/** Of a public, a FIPS or a VPC endpoint; or of the old names, such as "eu-central-1.queue.amazonaws.com". */
function regionIn(hostname: string): string | undefined {
  if (hostname === 'queue.amazonaws.com') return 'us-east-1';
  const found = /(?:^|\.)sqs(?:-fips)?\.([a-z]{2}(?:-[a-z]+)+-\d)\./.exec(hostname);
  return (found ?? /^([a-z]{2}(?:-[a-z]+)+-\d)\.queue\./.exec(hostname))?.[1];
}
