import { secretNameOf } from '../providers/secret-name.ts';

/** Begins every name where nobody has chosen another: as the system that this pipeline can stand in for has them. */
export const DEFAULT_NAME = 'cci-lite';

/** The functions, by what stands behind the name, in the order in which a call passes them. */
export const FUNCTIONS = ['oak-ingest', 'job-init', 'result-handler', 'analyser'] as const;
export type FunctionKind = (typeof FUNCTIONS)[number];

/** The queues, by the stage that each is for. */
export const QUEUES = ['transcribe', 'enrich', 'analyse'] as const;
export type QueueKind = (typeof QUEUES)[number];

/** The queue for what another one has given up. */
export const deadOf = <Name extends string>(queue: Name): `${Name}-dead` => `${queue}-dead`;

/** Queues of the pipeline that the system began with. */
const EARLIER_QUEUES = ['analyzer-queue', 'analyzer-dlq'] as const;

/** Every name that the stack of a pipeline gives, but those of its alarms. */
export interface PipelineNames {
  functions: string[];
  /** Log groups. */
  logs: string[];
  queues: string[];
  /** Rules of EventBridge. */
  rules: string[];
  /** Roles of IAM, which all regions of an account share. */
  roles: string[];
}

/** @param name that begins them */
export function namesOf(name: string): PipelineNames {
  const named = (rest: string): string => `${name}-${rest}`;
  const functions = FUNCTIONS.map(named);
  return {
    functions,
    logs: functions.map(logOf),
    queues: QUEUES.flatMap((queue) => [named(queue), named(deadOf(queue))]),
    rules: [named(FUNCTIONS[0]), ...QUEUES.map(named)],
    roles: functions,
  };
}

/** Queues that may be there, of this program's pipeline and of the one before it. */
export const queuesOf = (name: string): string[] => [
  ...namesOf(name).queues,
  ...EARLIER_QUEUES.map((rest) => `${name}-${rest}`),
];

/** The organization's secrets in the pipeline that the system began with, by the names that it had. */
export const earlierSecretsOf = (org: string): string[] => [
  secretNameOf({ kind: 'oak' }, org),
  `cci-lite/${org}/ingestion`,
];

/** The log group that a function writes to where nobody has given it another. */
export const logOf = (functionName: string): string => `/aws/lambda/${functionName}`;
