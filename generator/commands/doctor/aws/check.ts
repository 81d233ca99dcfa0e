import pMap from 'p-map';
import { say } from '../../../lib/printable.ts';
import type { PipelineLook } from '../../../pipeline/aws/look.ts';
import { DEFAULT_NAME, earlierSecretsOf } from '../../../pipeline/aws/names.ts';
import type { Config } from '../../../pipeline/config.ts';
import { type OnAws, onAws } from '../../pipeline/on-aws.ts';
import { readPipelineConfig } from '../../pipeline/read-config.ts';
import type { Context } from '../context.ts';
import { type Finding, notChecked, whyOf } from '../finding.ts';
import { checkBuckets } from './buckets.ts';
import { functionFindings } from './functions.ts';
import { logFindings } from './logs.ts';
import { queueFindings } from './queues.ts';
import { checkSecrets, secretsOf } from './secrets.ts';
import { scheduleFindings, triggerFindings } from './starts.ts';
import { unseenFindings } from './unseen.ts';
import { whereOf } from './where.ts';

/** Whose pipeline may be in AWS. */
export interface Organizations {
  /** All that are there. */
  all: readonly string[];
  /** Those with a pipeline of this program. */
  piped: readonly string[];
}

/** What of an installation is in AWS, and how its pipelines are configured. */
export interface AwsFound {
  there: OnAws;
  configs: ReadonlyMap<string, Config>;
}

const CONFIGS_AT_ONCE = 8;

/** Whether a store or an engine is in AWS. @returns undefined: nothing is, and nothing is to be asked */
export async function findAws(context: Context, piped: readonly string[]): Promise<AwsFound | undefined> {
  const { settings, env } = context;
  const configs = await readConfigs(context, piped);
  const there = onAws([settings.results, settings.input, settings.config], [...configs.values()], env);
  return there && { there, configs };
}

/**
 * The pipeline in AWS, of this program or of another one with these names: functions, what starts them, queues, logs, buckets and secrets.
 * Nothing of it is wrong for this installation: it warns at most.
 */
export async function checkAws(context: Context, found: AwsFound, orgs: Organizations): Promise<Finding[]> {
  try {
    return await checked(context, found, orgs);
  } catch (error) {
    return [notChecked('aws', whyOf(error))];
  }
}

async function checked(
  { settings, stores, env }: Context,
  { there, configs }: AwsFound,
  { all, piped }: Organizations,
): Promise<Finding[]> {
  const name = settings.pipelineName ?? DEFAULT_NAME;
  // A folder with secrets stands in for AWS.
  const wanted = settings.secrets === undefined ? secretsOf(configs) : new Map<string, string[]>();
  const earlier = settings.secrets === undefined ? all.filter((org) => !piped.includes(org)) : [];
  const { lookAtPipeline } = await import('../../../pipeline/aws/look.ts');
  const secrets = [...[...wanted.values()].flat(), ...earlier.flatMap(earlierSecretsOf)];
  const look = await lookAtPipeline(name, there.place, secrets);
  const unseen = unseenFindings(look.unseen);
  if (look.functions.length === 0 && look.missing.length > 0) return [nobody(name, look), ...unseen];
  const isEarlier = look.functions.some(({ isOurs }) => !isOurs);
  return [
    ...functionFindings(name, look),
    ...scheduleFindings(look),
    ...triggerFindings(look),
    ...queueFindings(look),
    ...logFindings(look),
    ...(await checkBuckets(stores, env)),
    ...checkSecrets(look, wanted, isEarlier ? earlier : []),
    ...unseen,
  ];
}

function nobody(name: string, look: PipelineLook): Finding {
  return notChecked(
    'aws: functions',
    say`There is no function of a pipeline called ${name} in ${whereOf(look)}: ${look.missing} are not there. If one runs there under another name, set CCI_PIPELINE_NAME.`,
  );
}

/** Those that can be read; what is wrong with another one is told elsewhere. */
async function readConfigs({ stores: { config } }: Context, orgs: readonly string[]): Promise<Map<string, Config>> {
  if (!config) return new Map();
  const read = async (org: string) =>
    readPipelineConfig(config, org).then(
      (each) => [[org, each.config] as const],
      () => [],
    );
  return new Map((await pMap(orgs, read, { concurrency: CONFIGS_AT_ONCE })).flat());
}
