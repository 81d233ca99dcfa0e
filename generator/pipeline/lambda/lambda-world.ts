import { decodeText } from '../../lib/bytes.ts';
import { say } from '../../lib/printable.ts';
import { openStore } from '../../store/open.ts';
import type { Store } from '../../store/store.ts';
import { PipelineConfig } from '../config.ts';
import { openEngines } from '../engines/open.ts';
import { PipelineError } from '../errors.ts';
import type { JsonObject, OpenContext, RecordingProvider } from '../ports.ts';
import { openProvider } from '../providers/open.ts';
import { openSecrets } from '../providers/secrets.ts';
import type { World } from '../world.ts';
import { lambdaLog } from './lambda-log.ts';

/** Where the functions read and write. */
export interface LambdaStores {
  input: Store;
  results: Store;
  config: Store;
}

/** The stores that the stack names to its functions. */
export const storesOf = (env: NodeJS.ProcessEnv): LambdaStores => ({
  input: openStore(env.CCI_INPUT_URL ?? ''),
  results: openStore(env.CCI_RESULTS_URL ?? ''),
  config: openStore(env.CCI_CONFIG_URL ?? ''),
});

/** Organizations that have a `pipeline-config.json`, in the order of their names. */
export async function organizationsIn(config: Store): Promise<string[]> {
  const found: string[] = [];
  for (const org of await config.folders('')) if (await config.get(`${org}/pipeline-config.json`)) found.push(org);
  return found;
}

/**
 * What one organization's functions work with.
 * @param lists whether recordings are listed and downloaded: else the account at the provider is not opened, and its secret not read
 * @throws {PipelineError} `configuration` naming what is wrong
 */
export async function openLambdaWorld(
  org: string,
  stores: LambdaStores,
  env: NodeJS.ProcessEnv,
  lists: boolean,
): Promise<World> {
  const read = (name: string) => jsonOf(stores.config, org, name);
  const parsed = PipelineConfig.safeParse((await read('pipeline-config.json')) ?? {});
  if (!parsed.success)
    throw wrong(
      say`pipeline-config.json is wrong at ${parsed.error.issues.map(({ path }) => path.join('.') || 'its top')}. Run check on it.`,
    );
  const { data: config } = parsed;
  const { agentDomains } = (await read('report-config.json')) ?? {};
  const own = Array.isArray(agentDomains) ? agentDomains.map((each) => String(each).replace(/^[@.]/, '')) : [];
  const context: OpenContext = { org, config, env, secret: openSecrets(env) };
  const { input, results } = stores;
  return {
    org,
    config,
    qa: await read('qa-config.json'),
    ai: await read('ai-config.json'),
    agentDomains: (config.agentDomains ?? own).map((domain) => domain.toLowerCase()),
    stores: { input, results },
    provider: lists || config.provider.kind === 'folder' ? await openProvider(context) : CLOSED,
    engines: await openEngines({ ...context, stores: { input, results } }, config),
    probe: async (body, extension) => (await import('../audio/probe.ts')).probe(body, extension),
    now: () => new Date(),
    log: lambdaLog(org),
  };
}

/** @throws {PipelineError} `configuration` where it is no JSON object */
async function jsonOf(config: Store, org: string, name: string): Promise<JsonObject | undefined> {
  const object = await config.get(`${org}/${name}`);
  if (!object) return undefined;
  try {
    const value: unknown = JSON.parse(decodeText(object.body));
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as JsonObject;
  } catch {
    // Said below: the text of JSON's own error quotes what it has read.
  }
  throw wrong(say`${name} is no JSON object. Run check on it.`);
}

const wrong = (sentence: ReturnType<typeof say>): PipelineError => new PipelineError('configuration', [sentence]);

const closed = (): never => {
  throw new Error('this function neither lists nor downloads recordings');
};
const CLOSED: RecordingProvider = { name: 'closed', list: closed, download: closed };
