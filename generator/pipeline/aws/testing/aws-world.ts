import { deadOf, FUNCTIONS, logOf, QUEUES } from '../names.ts';

/** What is in the account of a double. */
export interface AwsWorld {
  functions: {
    [name: string]: {
      runtime: string;
      handler: string;
      state?: string;
      update?: string;
      /** Calls at once. */
      reserved?: number;
      mappings?: { source: string; state: string }[];
      /** Services that may call it. */
      callers?: string[];
      /** ARN. */
      dead?: string;
    };
  };
  rules: { name: string; state: string; when?: string; targets: string[] }[];
  schedules: { name: string; state: string; when: string; target: string }[];
  queues: { [name: string]: { messages: number /** Its name. */; dead?: string } };
  logs: { name: string; days?: number }[];
  secrets: { [name: string]: 'there' | 'deleted' };
  roles: string[];
  /** Region of each, or that it is another account's. */
  buckets: { [name: string]: string };
}

export const nothing = (): AwsWorld => ({
  functions: {},
  rules: [],
  schedules: [],
  queues: {},
  logs: [],
  secrets: {},
  roles: [],
  buckets: {},
});

const arnOf = (service: string, rest: string): string => `arn:aws:${service}:eu-central-1:000000000000:${rest}`;

/** As the stack of this program makes it. */
export function ownWorld(name = 'cci-lite'): AwsWorld {
  const functions: AwsWorld['functions'] = {};
  for (const [at, kind] of FUNCTIONS.entries()) {
    const queue = QUEUES[at - 1];
    functions[`${name}-${kind}`] = {
      runtime: 'nodejs24.x',
      handler: `${kind}.handler`,
      ...(queue
        ? { mappings: [{ source: arnOf('sqs', `${name}-${queue}`), state: 'Enabled' }] }
        : { callers: ['events.amazonaws.com'] }),
    };
  }
  const tick = {
    name: `${name}-oak-ingest`,
    state: 'ENABLED',
    when: 'rate(15 minutes)',
    targets: [arnOf('lambda', `function:${name}-oak-ingest`)],
  };
  return {
    ...nothing(),
    functions,
    rules: [
      tick,
      ...QUEUES.map((queue) => ({
        name: `${name}-${queue}`,
        state: 'ENABLED',
        targets: [arnOf('sqs', `${name}-${queue}`)],
      })),
    ],
    queues: Object.fromEntries(
      QUEUES.flatMap((queue) => [
        [`${name}-${queue}`, { messages: 2, dead: `${name}-${deadOf(queue)}` }],
        [`${name}-${deadOf(queue)}`, { messages: 0 }],
      ]),
    ),
    logs: FUNCTIONS.map((kind) => ({ name: logOf(`${name}-${kind}`), days: 90 })),
    secrets: { 'cci-lite/oak/acme': 'there' },
    roles: FUNCTIONS.map((kind) => `${name}-${kind}`),
  };
}

/** The account of the pipeline that the system began with, as its own records have it: everything is there, and nothing starts. */
export function earlierWorld(): AwsWorld {
  const { functions } = ownWorld();
  return {
    ...nothing(),
    functions: Object.fromEntries(
      Object.keys(functions).map((name) => [
        name,
        { runtime: 'python3.12', handler: 'lambda_function.lambda_handler' },
      ]),
    ),
    rules: [
      {
        name: 'cci-lite-oak-ingest-schedule',
        state: 'DISABLED',
        when: 'rate(60 minutes)',
        targets: [arnOf('lambda', 'function:cci-lite-oak-ingest')],
      },
      {
        name: 'cci-lite-transcribe-complete',
        state: 'ENABLED',
        targets: [arnOf('lambda', 'function:cci-lite-transcribe-monitor')],
      },
    ],
    queues: {
      'cci-lite-analyzer-queue': { messages: 0, dead: 'cci-lite-analyzer-dlq' },
      'cci-lite-analyzer-dlq': { messages: 0 },
    },
    logs: Object.keys(functions).map((name) => ({ name: logOf(name) })),
    secrets: { 'cci-lite/acme/ingestion': 'there' },
  };
}
