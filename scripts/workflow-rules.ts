import {
  CODE_TOKEN,
  grantsOf,
  isCallable,
  isCheckout,
  type Job,
  jobsWhere,
  type Rule,
  type Step,
  stepsOf,
  stepsWhere,
  stringsOf,
} from './workflow.ts';
import { RIGHTS_RULES } from './workflow-rights.ts';

const TRIGGERS = ['push', 'pull_request', 'schedule', 'repository_dispatch', 'workflow_dispatch', 'workflow_call'];
const GRANTS: { [scope: string]: string } = { contents: 'read', actions: 'read', 'id-token': 'write' };
const ASSUMES_ROLE = /^aws-actions\/configure-aws-credentials@/;
/** What is in an event, or typed by a person. Of `github` only what GitHub itself makes is not. */
const FROM_EVENT =
  /\binputs\b|\bgithub\b(?!\.(event_name|event\.repository\.default_branch|ref|sha|run_id|run_attempt|repository|workflow|token)\b)/;
const holds = (value: string, pattern: RegExp): boolean => value.includes('${{') && pattern.test(value);

/** Our own code, also where another repository calls the workflow. */
const OWN_REPOSITORY = ['${{', 'job.workflow_repository', '}}'].join(' ');
const OWN_COMMIT = ['${{', 'job.workflow_sha', '}}'].join(' ');
/** A linter that is no npm package. Its version is fixed; its hash is not, so it runs where there is nothing to take. */
const LINTER = /^\s*(run: )?pipx run zizmor==\d+\.\d+\.\d+( --[\w-]+(=[\w-]+)?)* \.github\/workflows\s*$/;

const assumesRole = (job: Job): boolean => (job.steps ?? []).some(({ uses }) => ASSUMES_ROLE.test(uses ?? ''));
export const RULES: { [name: string]: Rule } = {
  'pinned-actions': {
    asks: 'every `uses:` names a full 40-hex commit, with the version in a comment',
    broken: (workflow, text) => [
      ...stringsOf(workflow).flatMap(([path, value]) =>
        /\.uses$/.test(path) && !/^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/.test(value) ? [path] : [],
      ),
      ...text
        .split('\n')
        .flatMap((line, i) =>
          /\buses['"]?\s*:/.test(line) && !/@[0-9a-f]{40} # v\d+(\.\d+)*$/.test(line) ? [`line ${i + 1}`] : [],
        ),
    ],
  },
  'known-triggers': {
    asks: `only ${TRIGGERS.join(', ')} start a workflow, and repository_dispatch with a closed list of types`,
    broken({ on }) {
      if (typeof on !== 'object' || on === null || Array.isArray(on)) return ['on: write it as a map'];
      const dispatch = on.repository_dispatch as { types?: unknown } | null | undefined;
      const open = 'repository_dispatch' in on && !Array.isArray(dispatch?.types);
      const unknown = Object.keys(on).filter((trigger) => !TRIGGERS.includes(trigger));
      return [...unknown.map((trigger) => `on.${trigger}`), ...(open ? ['on.repository_dispatch'] : [])];
    },
  },
  'off-minute-0': {
    asks: 'a schedule names one minute that is not 0',
    broken: ({ on }) =>
      ((on as { schedule?: { cron: string }[] } | undefined)?.schedule ?? [])
        .filter(({ cron }) => !/^([1-9]|[1-5]\d) /.test(cron))
        .map(({ cron }) => `on.schedule "${cron}"`),
  },
  'no-rights-by-default': {
    asks: '`permissions: {}` stands at the top',
    broken: ({ permissions }) => (JSON.stringify(permissions) === '{}' ? [] : ['permissions']),
  },
  'least-rights': {
    asks: `each job states its permissions, and none but ${Object.entries(GRANTS)
      .map((each) => each.join(': '))
      .join(', ')}`,
    broken: (workflow) =>
      jobsWhere(
        workflow,
        (job) =>
          typeof job.permissions !== 'object' ||
          job.permissions === null ||
          grantsOf(job).some(([scope, level]) => GRANTS[scope] !== level),
      ),
  },
  'tokens-for-roles': {
    asks: 'a job may ask for an OIDC token only where it assumes a role, in the environment that the role trusts (on every plan of GitHub: see docs/schedule.md), and never for a pull request',
    broken: (workflow) =>
      jobsWhere(workflow, (job) => {
        const asks = grantsOf(job).some(([scope]) => scope === 'id-token');
        const forPullRequest = Object.keys(workflow.on ?? {}).includes('pull_request');
        return (
          (asks || assumesRole(job)) && (!asks || !assumesRole(job) || job.environment === undefined || forPullRequest)
        );
      }),
  },
  'no-standing-keys': {
    asks: 'AWS keys appear nowhere: a role is assumed by OIDC',
    broken: (workflow) =>
      stringsOf(workflow)
        .filter(([path, value]) => /aws[-_](access[-_]key|secret|session)|\bAKIA[0-9A-Z]{16}/i.test(`${path} ${value}`))
        .map(([path]) => path),
  },
  'time-outs': {
    asks: 'every job has `timeout-minutes`, at most 60',
    broken: (workflow) =>
      jobsWhere(workflow, (job) => {
        const minutes = job['timeout-minutes'];
        return typeof minutes !== 'number' || minutes < 1 || minutes > 60;
      }),
  },
  'no-publish-cancelled': {
    asks: 'nothing that assumes a role is cancelled by a later run, and a matrix goes on where one of its jobs fails',
    broken: (workflow) =>
      jobsWhere(workflow, (job) => {
        const groups = [workflow.concurrency, job.concurrency].filter((each) => each !== undefined);
        const cancels = groups.some(
          (group) => typeof group === 'string' || group['cancel-in-progress'] !== false || group.queue !== 'max',
        );
        const stops = job.strategy !== undefined && job.strategy['fail-fast'] !== false;
        return (assumesRole(job) && cancels) || stops;
      }),
  },
  'no-expressions-in-scripts': {
    asks: 'no `run:` or `script:` holds an expression: values reach a script through `env:`',
    broken: (workflow) =>
      stepsWhere(workflow, ({ run = '', with: given = {} }) => /\$\{\{/.test(`${run} ${String(given.script ?? '')}`)),
  },
  'events-through-env': {
    asks: 'what an event or a person brings in is used in the `env:` of one step alone',
    broken: (workflow) =>
      stringsOf(workflow)
        .filter(([path, value]) => holds(value, FROM_EVENT) && !/^jobs\.[^.]+\.steps\.\d+\.env\./.test(path))
        .map(([path]) => path),
  },
  'secrets-where-needed': {
    asks: 'a secret is in the `env:` of one step alone, never all of them, and never for a pull request; beside it only the token of a checkout that reads our code for a caller',
    broken: (workflow) => {
      const checkouts = new Set(stepsOf(workflow).flatMap(([where, step]) => (isCheckout(step) ? [where] : [])));
      return stringsOf(workflow)
        .filter(([, value]) => holds(value, /\bsecrets\b/))
        .filter(([path, value]) => !(value === CODE_TOKEN && checkouts.has(path.replace(/\.with\.token$/, ''))))
        .filter(
          ([path, value]) =>
            !/^jobs\.[^.]+\.steps\.\d+\.env\./.test(path) ||
            !/\bsecrets\.[A-Z_]+\b/.test(value) ||
            Object.keys(workflow.on ?? {}).includes('pull_request'),
        )
        .map(([path]) => path)
        .concat(jobsWhere(workflow, (job) => job.secrets !== undefined));
    },
  },
  'no-left-credentials': {
    asks: `a checkout leaves no token behind: \`persist-credentials: false\`, and takes the commit that started the run; where others may call the workflow, ours: ${OWN_COMMIT} of ${OWN_REPOSITORY}`,
    broken: (workflow) => {
      const takesOurs = ({ repository, ref }: NonNullable<Step['with']>) =>
        isCallable(workflow)
          ? repository === OWN_REPOSITORY && ref === OWN_COMMIT
          : repository === undefined && ref === undefined;
      const isRight = (given: NonNullable<Step['with']>) =>
        given['persist-credentials'] === false &&
        takesOurs(given) &&
        [undefined, CODE_TOKEN].includes(given.token as string);
      return stepsWhere(workflow, (step) => isCheckout(step) && !isRight(step.with ?? {}));
    },
  },
  'locked-packages': {
    asks: 'packages come from the lockfile without their scripts: `npm ci --ignore-scripts`; nothing else is fetched and run, but zizmor by its version',
    broken: (workflow) =>
      stepsWhere(workflow, ({ run = '' }) =>
        run
          .split('\n')
          .some(
            (line) =>
              (/\bnpm (ci|clean-install)\b/.test(line) && !line.includes('--ignore-scripts')) ||
              (/\b(npm (i|install|add|exec)|npx|yarn|pnpm|pip3?|pipx|uvx?|curl|wget)\b/.test(line) &&
                !LINTER.test(line)),
          ),
      ),
  },
  'no-deployments': {
    asks: 'an environment is asked for as `name:` and `deployment: false`: no run of a schedule is a deployment',
    broken: (workflow) =>
      jobsWhere(workflow, ({ environment }) => {
        const given = environment as { name?: unknown; deployment?: unknown } | null | undefined;
        return given !== undefined && (typeof given?.name !== 'string' || given.deployment !== false);
      }),
  },
  'named-jobs': {
    asks: 'every job has a name that says what it does',
    broken: (workflow) => jobsWhere(workflow, ({ name }) => typeof name !== 'string' || name === ''),
  },
  'own-machines': {
    asks: 'jobs run on a named GitHub image, not on one that moves or that somebody keeps, and scripts in bash with pipefail',
    broken: (workflow) => [
      ...jobsWhere(
        workflow,
        (job) => !/^ubuntu-\d\d\.\d\d$/.test(String(job['runs-on'])) || job.container !== undefined,
      ),
      ...(workflow.defaults?.run?.shell === 'bash' ? [] : ['defaults.run.shell']),
      ...stepsWhere(workflow, ({ shell }) => shell !== undefined && shell !== 'bash'),
    ],
  },
  'failures-show': {
    asks: 'no failure is passed over: no `continue-on-error`, no `always()`, no `|| true`',
    broken: (workflow) =>
      stringsOf(workflow)
        .filter(([path, value]) => /continue-on-error$/.test(path) || /\balways\(\)|\|\|\s*(true|:)(\s|$)/.test(value))
        .map(([path]) => path),
  },
  ...RIGHTS_RULES,
};
