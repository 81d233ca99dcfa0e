import { say } from '../../lib/printable.ts';
import { readS3Url } from '../../store/s3-url.ts';
import { askJson } from './ask.ts';
import type { Context, HeardClock } from './context.ts';
import { type Finding, ok, wrong } from './finding.ts';

/** Sessions live a minute, and S3 bears a quarter of an hour. */
const MOST_MS = 30_000;
/** A Date header has whole seconds. */
const SECOND_MS = 1_000;

/** This machine's clock against those of the servers that were asked. Whoever asks none has no clock to compare with. */
export async function checkClock(context: Context): Promise<Finding[]> {
  await hearStore(context);
  const heard = context.clocks.filter(({ date }) => date !== null);
  const [first] = heard;
  if (!first) return [];
  const worst = heard.reduce((a, b) => (Math.abs(aheadOf(b)) > Math.abs(aheadOf(a)) ? b : a), first);
  const ahead = aheadOf(worst);
  if (Math.abs(ahead) <= MOST_MS) return [ok('clock', say`This machine’s clock agrees with that of ${worst.what}.`)];
  return [
    wrong(
      'clock',
      say`This machine’s clock is ${Math.round(Math.abs(ahead) / 1000)} s ${ahead > 0 ? 'ahead of' : 'behind'} that of ${worst.what}. Sessions live for a minute, and stores refuse requests of another time: set it, for example by NTP.`,
    ),
  ];
}

/** How far this clock is ahead, in milliseconds, beyond what the way there and back and whole seconds leave open. */
function aheadOf({ date, asked, answered }: HeardClock): number {
  const theirs = Date.parse(date ?? '');
  if (Number.isNaN(theirs)) return 0;
  if (asked > theirs + SECOND_MS) return asked - theirs - SECOND_MS;
  return answered < theirs ? answered - theirs : 0;
}

/** Any answer of the store’s server has its time in it; nothing is asked in anybody's name. */
async function hearStore(context: Context): Promise<void> {
  const { results, config, reports } = context.settings;
  const url = [reports, results, config].find((each) => each?.startsWith('s3:'));
  if (url === undefined) return;
  const { endpoint, region } = readS3Url(url);
  const server = endpoint ?? (process.env.AWS_ENDPOINT_URL_S3 || process.env.AWS_ENDPOINT_URL);
  if (server === undefined && region === undefined) return;
  await askJson(context, 'the store', server ?? `https://s3.${region}.amazonaws.com/`);
}
