/** One rule: what it asks for, and where a workflow does not keep it. */
export interface Rule {
  asks: string;
  /** @returns the places that break the rule, such as "jobs.build" */
  broken: (workflow: Workflow, text: string) => string[];
}

/** A workflow file as far as the policy looks at it. */
export interface Workflow {
  on?: { [trigger: string]: unknown };
  permissions?: unknown;
  defaults?: { run?: { shell?: string } };
  concurrency?: string | Concurrency;
  jobs?: { [name: string]: Job };
}

export interface Job {
  name?: unknown;
  if?: unknown;
  'runs-on'?: unknown;
  'timeout-minutes'?: unknown;
  permissions?: unknown;
  environment?: unknown;
  container?: unknown;
  secrets?: unknown;
  concurrency?: string | Concurrency;
  strategy?: { 'fail-fast'?: unknown; matrix?: unknown };
  steps?: Step[];
}

export interface Step {
  name?: string;
  id?: string;
  if?: unknown;
  uses?: string;
  run?: string;
  shell?: string;
  env?: { [name: string]: string };
  with?: { [name: string]: unknown };
}

interface Concurrency {
  group: string;
  'cancel-in-progress'?: unknown;
  queue?: unknown;
}

export const jobsOf = ({ jobs = {} }: Workflow): [string, Job][] => Object.entries(jobs);

/** Each step with its place, such as "jobs.build.steps.2". */
export const stepsOf = (workflow: Workflow): [string, Step][] =>
  jobsOf(workflow).flatMap(([name, { steps = [] }]) =>
    steps.map((step, i): [string, Step] => [`jobs.${name}.steps.${i}`, step]),
  );

/** Every key with a plain value below a node, by its path; values as text. */
export function stringsOf(node: unknown, path = ''): [string, string][] {
  if (node === null || typeof node !== 'object') return [[path, String(node)]];
  return Object.entries(node).flatMap(([key, inner]) => stringsOf(inner, path === '' ? key : `${path}.${key}`));
}

/** The places of jobs, or of steps, that are wrong in some way: "jobs.build", "jobs.build.steps.2". */
export const jobsWhere = (workflow: Workflow, wrong: (job: Job) => boolean): string[] =>
  jobsOf(workflow).flatMap(([name, job]) => (wrong(job) ? [`jobs.${name}`] : []));
export const stepsWhere = (workflow: Workflow, wrong: (step: Step) => boolean): string[] =>
  stepsOf(workflow).flatMap(([where, step]) => (wrong(step) ? [where] : []));

/** Whether other repositories may call a workflow: it then runs in theirs, with their rights. */
export const isCallable = ({ on }: Workflow): boolean => Object.keys(on ?? {}).includes('workflow_call');

/** The one secret that a checkout may have: it reads our code for a caller whose own token may not, and is good for nothing else. */
export const CODE_TOKEN = ['${{', 'secrets.CCI_CODE_TOKEN || github.token', '}}'].join(' ');
export const isCheckout = ({ uses = '' }: Step): boolean => uses.startsWith('actions/checkout@');

/** What a job's `permissions` grant. */
export const grantsOf = ({ permissions }: Job): [string, string][] =>
  typeof permissions === 'object' && permissions !== null ? Object.entries(permissions) : [];
