import { mock } from 'node:test';
import { s3Store } from '../../../store/s3.ts';
import { type S3Double, s3Double } from '../../../store/testing/s3-double.ts';
import { type SqsDouble, sqsDouble } from '../../../testing/sqs-double.ts';
import type { QueueKind } from '../../aws/names.ts';
import { type BedrockDouble, bedrockDouble } from '../../engines/testing/doubles/bedrock.ts';
import { type ComprehendDouble, comprehendDouble } from '../../engines/testing/doubles/comprehend.ts';
import type { Double } from '../../engines/testing/doubles/server.ts';
import { type TranscribeDouble, transcribeDouble, wordsOnChannels } from '../../engines/testing/doubles/transcribe.ts';
import { stereoWav } from '../../engines/testing/stereo-wav.ts';
import type { JsonObject } from '../../ports.ts';
import { type OakDouble, oakDouble } from '../../providers/testing/oak-double.ts';
import { QA } from '../../testing/world.ts';
import type { LambdaStores } from '../lambda-world.ts';
import { secretsDouble } from './secrets-double.ts';

/** Everything that the four functions speak with, as doubles on this machine: their clients are the real ones. */
export interface Account extends AsyncDisposable {
  s3: S3Double;
  queues: Record<QueueKind, SqsDouble>;
  secrets: Double;
  transcribe: TranscribeDouble;
  comprehend: ComprehendDouble;
  bedrock: BedrockDouble;
  oak: OakDouble;
  stores: LambdaStores;
  /** What the functions have written to their logs. */
  said: string[];
  /** Time goes on, for the functions and their queues. @param ms milliseconds */
  pass(ms: number): void;
}

const START = Date.parse('2026-04-02T08:00:00Z');
const CREDENTIALS = { accessKeyId: 'key', secretAccessKey: 'secret' };
const CONFIG = {
  provider: { kind: 'oak' },
  engines: { transcribe: 'amazon', sentiment: 'comprehend', evaluate: 'bedrock', bedrock: { model: 'm' } },
  agentDomains: ['agents.example'],
  shortestSeconds: 0.1,
};

/** An account with one organization, acme, and its recorder. While it is open, the variables, the clock and the log of this process are its own. */
export async function openAccount(): Promise<Account> {
  await using stack = new AsyncDisposableStack();
  const s3 = stack.use(await s3Double());
  const storeAt = (name: string) => s3Store(s3.url(name), { credentials: CREDENTIALS });
  const stores = { input: storeAt('input'), results: storeAt('results'), config: storeAt('config') };
  const oak = stack.use(await oakDouble());
  oak.soundOf = (id) => Buffer.concat([stereoWav(0.5, 0.3), Buffer.from(id)]);
  const transcribe = stack.use(await transcribeDouble(s3Store(s3.url(), { credentials: CREDENTIALS }), 'bucket'));
  // Nobody asks: it comes to its end by itself, and the document that it writes says so.
  Object.assign(transcribe, { asksUntilDone: Number.POSITIVE_INFINITY, words });
  const comprehend = stack.use(await comprehendDouble());
  const bedrock = stack.use(await bedrockDouble());
  const secrets = stack.use(await secretsDouble({ 'cci-lite/oak/acme': oak.secret }));
  const queues = {
    transcribe: stack.use(await sqsDouble()),
    enrich: stack.use(await sqsDouble()),
    analyse: stack.use(await sqsDouble()),
  };
  await stores.config.put('acme/pipeline-config.json', JSON.stringify(CONFIG));
  await stores.config.put('acme/qa-config.json', JSON.stringify(QA));
  await stores.config.put('acme/report-config.json', '{}');

  stack.defer(
    withVariables({
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
      AWS_ENDPOINT_URL_TRANSCRIBE: transcribe.url,
      AWS_ENDPOINT_URL_COMPREHEND: comprehend.url,
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.url,
      CCI_SECRETS: undefined,
      CCI_INPUT_URL: s3.url('input'),
      CCI_RESULTS_URL: s3.url('results'),
      CCI_CONFIG_URL: s3.url('config'),
      CCI_TRANSCRIBE_QUEUE: queues.transcribe.url,
      CCI_ENRICH_QUEUE: queues.enrich.url,
      CCI_ANALYSE_QUEUE: queues.analyse.url,
    }),
  );
  let time = START;
  mock.timers.enable({ apis: ['Date'], now: time });
  stack.defer(() => mock.timers.reset());
  const said: string[] = [];
  const written = mock.method(process.stderr, 'write', (line: unknown) => said.push(String(line)) > 0);
  stack.defer(() => written.mock.restore());
  const own = stack.move();
  return {
    ...{ s3, queues, secrets, transcribe, comprehend, bedrock, oak, stores, said },
    pass(ms) {
      time += ms;
      mock.timers.setTime(time);
      for (const { queue } of Object.values(queues)) queue.clock.time = time;
    },
    [Symbol.asyncDispose]: () => own.disposeAsync(),
  };
}

/** A recording of a minute that was complete an hour ago. */
export const recorded = (id: string): JsonObject => ({
  id,
  mediaStartedTime: '2026-04-02T06:58:00Z',
  mediaCompletedTime: '2026-04-02T06:59:00Z',
  callingParty: '+441632960001',
  calledParty: 'ann@agents.example',
});

/** What is heard on a call: its id is in it. */
const words = (key: string): JsonObject =>
  wordsOnChannels([`thank you for calling about ${key.replace(/^.*\/|\.wav$/g, '')}`, 'my parcel has never come']);

/** @returns what puts them back */
function withVariables(variables: { [name: string]: string | undefined }): () => void {
  const before = Object.fromEntries(Object.keys(variables).map((name) => [name, process.env[name]]));
  const set = (values: { [name: string]: string | undefined }): void => {
    for (const [name, value] of Object.entries(values))
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
  };
  set(variables);
  return () => set(before);
}
