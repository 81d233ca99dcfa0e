import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Log } from '../../lib/console.ts';
import { probe } from '../../pipeline/audio/probe.ts';
import type { Config } from '../../pipeline/config.ts';
import { openEngines } from '../../pipeline/engines/open.ts';
import type { OpenContext } from '../../pipeline/ports.ts';
import { openProvider } from '../../pipeline/providers/open.ts';
import { openSecrets } from '../../pipeline/providers/secrets.ts';
import type { World } from '../../pipeline/world.ts';
import { readConfig, readConfigJson } from '../../source/read-config.ts';
import type { Store } from '../../store/store.ts';
import { readPipelineConfig } from './read-config.ts';

/** Where the pipeline of any organization reads and writes. */
export interface PipelineStores {
  input: Store;
  results: Store;
  config: Store;
}

export interface WorldOptions {
  now(): Date;
  log: Log;
  env: NodeJS.ProcessEnv;
  /** A folder of recordings that somebody has named, in place of the configured provider. */
  recordings?: string | undefined;
}

/**
 * What one organization's pipeline works with, as its configuration says.
 * @param given its configuration, where somebody has read it
 * @throws {UserError} with every problem of the configuration, of an engine or of the provider
 */
export async function openWorld(
  stores: PipelineStores,
  org: string,
  options: WorldOptions,
  given?: Config,
): Promise<World> {
  const configured = given ?? (await readPipelineConfig(stores.config, org)).config;
  const config = withRecordings(configured, options.recordings);
  const [qa, ai] = await Promise.all(
    ['qa-config.json', 'ai-config.json'].map((name) => readConfigJson(stores.config, org, name)),
  );
  // Whether the key is set where sites are built is no matter here.
  const report = await readConfig(stores.config, org, true);
  const { input, results } = stores;
  const context: OpenContext = { org, config, env: options.env, secret: openSecrets(options.env) };
  return {
    org,
    config,
    qa: qa as World['qa'],
    ai: ai as World['ai'],
    agentDomains: (config.agentDomains ?? report.config.agentDomains).map((domain) => domain.toLowerCase()),
    stores: { input, results },
    provider: await openProvider(context),
    engines: await openEngines({ ...context, stores: { input, results } }, config),
    probe,
    now: options.now,
    log: options.log,
  };
}

const withRecordings = (config: Config, folder: string | undefined): Config => {
  if (folder === undefined) return config;
  const url = recordingsUrl(folder);
  const given = config.provider.kind === 'folder' ? config.provider : { kind: 'folder' as const };
  return { ...config, provider: { ...given, url } };
};

/** The address of a folder as somebody types it. */
export const recordingsUrl = (folder: string): string =>
  /^(file|s3):/.test(folder) ? folder : pathToFileURL(resolve(folder)).href;
