import { addressProblem } from '../lib/mail-address.ts';
import { isDay } from '../lib/time.ts';

/** What is wrong with a value, as the end of a sentence: "is not a port: 0 to 65535"; undefined where nothing is. */
type Check = (value: string) => string | undefined;

const check =
  (isRight: (value: string) => boolean, wrong: string): Check =>
  (value) =>
    isRight(value) ? undefined : wrong;

function isRoot(value: string): boolean {
  const url = URL.parse(value);
  const isPlain = /^https?:\/\/[^\\]*$/i.test(value);
  return isPlain && url?.pathname === '/' && !url.search && !url.hash && !url.hostname.endsWith('.');
}

/** The address of the report sites, or of Clerk: nothing after the host. */
export const siteUrl = check(isRoot, 'is not the address of a site: write it as https://reports.example.com');

/** GitHub's API: on a server of one's own, it has a path. */
export const siteOrApi = check(
  (value) => /^https?:$/.test(URL.parse(value)?.protocol ?? ''),
  'is not an address: write it as https://api.github.com',
);

/** An instant with its zone. */
export const instant = check(
  (value) =>
    /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(value) &&
    isDay(value.slice(0, 10)) &&
    !Number.isNaN(Date.parse(value)),
  'is not an instant: write it as 2026-03-30T06:00:00Z',
);

/** A local day. */
export const day = check(
  (value) => /^\d{4}-\d\d-\d\d$/.test(value) && isDay(value),
  'is not a day: write it as 2026-03-30',
);

/** A whole number in figures, without leading zeros unless it is one figure. */
const number = (value: string, least: number, most: number): boolean =>
  /^(0|[1-9]\d*)$/.test(value) && Number(value) >= least && Number(value) <= most;

/** A port; 0 is any that is free. */
export const port = check((value) => /^\d{1,5}$/.test(value) && Number(value) < 65536, 'is not a port: 0 to 65535');

/** Proxies in front of the gate. */
export const proxies = check((value) => number(value, 0, 9), 'is not a number of proxies: 0 to 9');

/** What the audit trail records. */
export const audit = check((value) => value === 'calls', 'must be calls or empty');

/** How recordings get to the browser. */
export const recordings = check((value) => value === 'stream', 'must be stream or empty');

/** Shards of a plan. */
export const shards = check((value) => number(value, 1, 256), 'is not a number of shards: 1 to 256');

/** Builds that are kept. */
export const keep = check((value) => /^\d{1,2}$/.test(value), 'is not a number of builds: 0 to 99');

/** Threads of a build. */
export const threads = check((value) => number(value, 1, 64), 'is not a number of threads: 1 to 64');

/** Minutes, at least one. */
export const minutes = check((value) => number(value, 1, 99_999), 'is not a number of minutes: 1 to 99999');

/** Calls, at least one. */
export const calls = check((value) => number(value, 1, 9_999_999), 'is not a number of calls: 1 to 9999999');

/** A stage of the pipeline. */
export const stage = check(
  (value) => ['ingest', 'transcribe', 'enrich', 'analyse'].includes(value),
  'is not a stage: write ingest, transcribe, enrich or analyse',
);

/** What can begin the names of a pipeline in AWS, as a pattern of CloudFormation. */
export const PIPELINE_NAME = '^[a-z][a-z0-9-]{1,30}$';
export const pipelineName = check(
  (value) => new RegExp(PIPELINE_NAME).test(value),
  'cannot begin names in AWS: write 2 to 31 small letters, figures and hyphens, a letter first',
);

/** A repository on GitHub. */
export const repository = check(
  (value) => /^[\w.-]{1,100}\/[\w.-]{1,100}$/.test(value),
  'is not a repository: write it as owner/name',
);

/** An organization's name on its pages. */
export const nameOfTenant = check(
  (value) => value.trim() !== '' && value.length <= 200,
  'is not a name: write 1 to 200 characters',
);

/** A mail address without a name beside it. */
export const plainAddress: Check = (value) =>
  value.includes('<') ? 'is not a plain mail address' : addressProblem(value);
