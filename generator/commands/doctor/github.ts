import { say } from '../../lib/printable.ts';
import { askJson, type Reply } from './ask.ts';
import type { Context } from './context.ts';
import { type Finding, notChecked, ok, warning, wrong } from './finding.ts';

/** What the workflow of the schedule reads: `always`, or only where the installation has it. */
export const WORKFLOW: {
  readonly [kind in 'variables' | 'secrets']: { readonly [name: string]: 'always' | 'mail' | 'buckets' | 'optional' };
} = {
  variables: {
    CCI_RESULTS_URL: 'always',
    CCI_CONFIG_URL: 'always',
    CCI_REPORTS_URL: 'always',
    CCI_EVENTS_URL: 'optional',
    CCI_AWS_ROLE: 'buckets',
    CCI_AWS_REGION: 'buckets',
    CCI_MAIL_FROM: 'mail',
    CCI_SITE_URL: 'optional',
    CCI_UNSUBSCRIBE_MAIL: 'optional',
    CCI_SHARDS: 'optional',
  },
  secrets: {
    CCI_MAIL_URL: 'mail',
    CCI_MASKING_KEY: 'optional',
    CCI_UNSUBSCRIBE_KEY: 'optional',
    CCI_NOTIFY_URL: 'optional',
    CCI_NOTIFY_KEY: 'optional',
    CCI_CODE_TOKEN: 'optional',
  },
};
const ENVIRONMENT = 'production';

/**
 * Variables and secrets of the repository and of its environment, by their names. Values of
 * secrets cannot be read by anybody.
 */
export async function checkGithub(context: Context, githubToken: string, githubRepository: string): Promise<Finding[]> {
  const { githubApi = 'https://api.github.com' } = context.settings;
  const headers = {
    accept: 'application/vnd.github+json',
    authorization: `Bearer ${githubToken}`,
    'x-github-api-version': '2022-11-28',
    'user-agent': 'cci-lite-reports',
  };
  const repository = `${githubApi}/repos/${githubRepository}`;
  const get = (path: string) => askJson(context, 'GitHub', `${repository}${path}`, headers);
  const environment = await get(`/environments/${ENVIRONMENT}`);
  if (typeof environment === 'string') return [warning('github', environment)];
  if (environment.status === 401)
    return [wrong('github', say`GitHub does not accept GITHUB_TOKEN (HTTP 401). Make a new one.`)];
  const findings = [...(environment.status === 200 ? [branchFinding(environment)] : [])];
  if (environment.status === 404)
    findings.push(
      warning(
        'github: environment',
        say`${githubRepository} has no environment ${ENVIRONMENT}, or GITHUB_TOKEN may not see it. Make it, and bind it to the default branch.`,
      ),
    );
  const variables = await namesOf(get, 'variables', environment.status === 200);
  const secrets = await namesOf(get, 'secrets', environment.status === 200);
  if (!variables || !secrets) {
    findings.push(
      notChecked(
        'github: variables',
        say`GITHUB_TOKEN may not read the names of variables and secrets of ${githubRepository}. Grant it reading of “Variables”, “Secrets” and “Environments”.`,
      ),
    );
    return findings;
  }
  return [...findings, ...compareNames(variables, secrets)];
}

function branchFinding({ body }: Reply): Finding {
  const { deployment_branch_policy: policy } = (body ?? {}) as { deployment_branch_policy?: unknown };
  return policy === null || policy === undefined
    ? warning(
        'github: environment',
        say`The environment ${ENVIRONMENT} is open to every branch, so whoever may push gets its secrets. Bind it to the default branch.`,
      )
    : ok('github: environment', say`The environment ${ENVIRONMENT} is bound to certain branches.`);
}

/** Names in the environment and in the repository, with the values of variables. @returns undefined where the token may not read them */
async function namesOf(
  get: (path: string) => ReturnType<typeof askJson>,
  kind: 'variables' | 'secrets',
  hasEnvironment: boolean,
): Promise<Map<string, string> | undefined> {
  const places = [`/actions/${kind}`, ...(hasEnvironment ? [`/environments/${ENVIRONMENT}/${kind}`] : [])];
  const names = new Map<string, string>();
  for (const place of places) {
    const reply = await get(`${place}?per_page=30`);
    if (typeof reply === 'string' || reply.status !== 200) return undefined;
    const list = (reply.body as { [kind: string]: unknown } | undefined)?.[kind];
    for (const { name, value = '' } of Array.isArray(list) ? (list as { name: string; value?: string }[]) : [])
      names.set(String(name), String(value));
  }
  return names;
}

function compareNames(variables: ReadonlyMap<string, string>, secrets: ReadonlyMap<string, string>): Finding[] {
  const findings: Finding[] = [];
  const hasBuckets = [...variables.values()].some((value) => value.startsWith('s3:'));
  const hasMail = secrets.has('CCI_MAIL_URL') || variables.has('CCI_MAIL_FROM');
  const isNeeded = (need: string) =>
    need === 'always' || (need === 'buckets' && hasBuckets) || (need === 'mail' && hasMail);
  for (const [kind, given] of [
    ['variables', variables],
    ['secrets', secrets],
  ] as const) {
    const missing = Object.entries(WORKFLOW[kind]).flatMap(([name, need]) =>
      isNeeded(need) && !given.has(name) ? name : [],
    );
    if (missing.length > 0)
      findings.push(
        wrong(
          `github: ${kind}`,
          say`The schedule needs the ${kind} ${missing}. Set them in the environment ${ENVIRONMENT}.`,
        ),
      );
    else findings.push(ok(`github: ${kind}`, say`The ${kind} that the schedule needs are set.`));
  }
  const exposed = Object.keys(WORKFLOW.secrets).filter((name) => variables.has(name));
  if (exposed.length > 0)
    findings.push(
      wrong(
        'github: secrets',
        say`${exposed} ${exposed.length === 1 ? 'is a variable' : 'are variables'}, which everybody who may read the settings sees. Make a secret of it, delete the variable, and change its value.`,
      ),
    );
  return findings;
}
