import { SETTINGS, type Setting } from '../generator/settings.ts';
import { CODE_TOKEN, grantsOf, type Job, jobsOf, jobsWhere, type Rule, type Step, stringsOf } from './workflow.ts';

const settings: readonly Setting[] = Object.values(SETTINGS);
const OPEN = new Set(settings.flatMap(({ variable, secret }) => (variable && !secret ? [variable] : [])));
const SECRET = new Set(settings.flatMap(({ variable, secret }) => (variable && secret ? [variable] : [])));
const SECRET_WORD =
  /(^|_)(KEY|SECRET|TOKEN|PASS|PASSWORD|PASSWD|PASSPHRASE|PWD|CREDENTIALS?|PRIVATE|AUTH|DSN|SMTP)S?(_|$)/;

/** Whether a value by that name is a secret: as the settings say, else by its words. GitHub reads names in any case. */
function isSecretName(name: string): boolean {
  const upper = name.toUpperCase();
  return SECRET.has(upper) || (!OPEN.has(upper) && SECRET_WORD.test(upper));
}

/** Names that a text takes from `vars`; "*" where it takes them all or one that only the run knows. */
const varsOf = (text: string): string[] =>
  [...text.matchAll(/\bvars\b\s*(?:\.\s*([\w-]+)|\[\s*'([^']*)'\s*\])?/gi)].map((found) => found[1] ?? found[2] ?? '*');

/** Whether a job could use a token for AWS or a secret, beside the one that reads our code. */
const hasRights = (job: Job): boolean =>
  job.environment !== undefined ||
  grantsOf(job).some(([scope]) => scope === 'id-token') ||
  stringsOf(job).some(
    ([path, value]) => /\$\{\{[^}]*\bsecrets\b/.test(value) && !(value === CODE_TOKEN && /\.with\.token$/.test(path)),
  );

/** Programs that can run other people's code; with rights only these of their commands are. */
const PROGRAMS =
  /(?:\b(?:node|npm|npx|yarn|pnpm|bunx?|deno|tsx|astro|vite|mjml|make|docker|python3?|bash|sh|eval|source)\b|node_modules)[^\n;&|]*/g;
const HARMLESS = [
  /^npm ci --ignore-scripts --omit=dev( --omit=optional)?( --no-(audit|fund))*\s*$/,
  /^node generator\/reports\.mjs /,
  /^node scripts\/(summary|schedule\/outputs)\.ts /,
];
/** Of an artifact: its plain name, and, where an earlier run may have made it, which run a job before has found. */
const TAKEN: { [input: string]: RegExp } = {
  name: /^[\w-]+(\$\{\{ job\.workflow_sha \}\})?[\w.-]*$/,
  'run-id': /^\$\{\{ needs\.[\w-]+\.outputs\.\w+ \|\| github\.run_id \}\}$/,
  'github-token': /^\$\{\{ github\.token \}\}$/,
};
const STATED = /^\$\{\{ needs\.[\w-]+\.outputs\.\w+( \|\| needs\.[\w-]+\.outputs\.\w+)* \}\}$/;
const ACTIONS =
  /^(actions\/(checkout|setup-node|download-artifact)|aws-actions\/configure-aws-credentials)@[0-9a-f]{40}$/;

function buildsWithRights(job: Job): boolean {
  const steps = job.steps ?? [];
  const commands = steps.flatMap(({ run = '' }) => run.replaceAll(/^\s*#.*$/gm, '').match(PROGRAMS) ?? []);
  const taken = steps.filter(({ uses = '' }) => uses.startsWith('actions/download-artifact@'));
  const isChecked = steps.some(
    ({ run = '', env = {} }) =>
      /\bsha256sum --check --strict\b/.test(run) && Object.values(env).some((value) => STATED.test(value)),
  );
  return (
    commands.some((command) => !HARMLESS.some((harmless) => harmless.test(command))) ||
    steps.some(({ uses }) => uses !== undefined && !ACTIONS.test(uses)) ||
    stringsOf(job).some(([path]) => /\.env\.NODE_OPTIONS$|^env\.NODE_OPTIONS$/.test(path)) ||
    (taken.length > 0 && !isChecked) ||
    taken.some(
      ({ with: given = {} }) =>
        given.name === undefined || Object.entries(given).some(([input, value]) => !TAKEN[input]?.test(String(value))),
    )
  );
}

/**
 * Owners of the problem matchers that actions/setup-node (v6.4.0 and v7.0.0: its `src/main.ts` and `.github`) leaves to all later
 * steps: the runner takes a line of theirs for an error in a file, whoever wrote it.
 */
const MATCHERS = ['tsc', 'eslint-compact', 'eslint-stylish'];
const endsMatchers = ({ run = '', if: condition }: Step): boolean =>
  condition === undefined &&
  run.trim() === MATCHERS.map((owner) => `echo "::remove-matcher owner=${owner}::"`).join('\n');

/** Whether a matcher is still there in a step behind setup-node, of a job that can read what organizations have written. */
const printsBesideMatchers = (job: Job): boolean =>
  (hasRights(job) || (job.steps ?? []).some(({ run = '' }) => /generator\/(?:reports\.mjs|cli\.ts)/.test(run))) &&
  (job.steps ?? []).some(
    ({ uses = '' }, i, steps) => /^actions\/setup-node@/i.test(uses) && !endsMatchers(steps[i + 1] ?? {}),
  );

/** What each job that can use a token or a secret asks before it starts; only a person can choose another branch. */
const GUARD =
  "github.event_name != 'workflow_dispatch' || github.ref == format('refs/heads/{0}', github.event.repository.default_branch)";

function isGuarded({ if: condition }: Job): boolean {
  const text = String(condition ?? '');
  if (text === ['${{', GUARD, '}}'].join(' ')) return true;
  const rest = text.replace(` && (${GUARD}) }}`, '');
  return rest !== text && !rest.includes('||');
}

/** Rules on who may use a token for AWS or a secret, and on what. */
export const RIGHTS_RULES: { [name: string]: Rule } = {
  'secrets-are-secrets': {
    asks: 'what is secret comes from `secrets`: variables stand readable in settings and logs',
    broken: (workflow) =>
      stringsOf(workflow)
        .filter(([path, value]) => {
          const name = /(?:^|\.)env\.([^.]+)$/.exec(path)?.[1];
          const isOpen =
            name !== undefined && isSecretName(name) && !/^\$\{\{ (secrets\.\w+|github\.token) \}\}$/.test(value);
          return isOpen || (value.includes('${{') && varsOf(value).some((each) => each === '*' || isSecretName(each)));
        })
        .map(([path]) => path),
  },
  'no-builds-with-rights': {
    asks: 'a job that can use a token or a secret builds nothing: it takes bundles from a job without rights by their hash, installs with --ignore-scripts --omit=dev and runs generator/reports.mjs',
    broken: (workflow) => jobsWhere(workflow, (job) => hasRights(job) && buildsWithRights(job)),
  },
  'no-matchers-beside-data': {
    asks: `a job that can read what organizations have written ends the problem matchers of actions/setup-node in the very next step, with nothing but ${MATCHERS.map((owner) => `echo "::remove-matcher owner=${owner}::"`).join(', ')}`,
    broken: (workflow) => jobsWhere(workflow, printsBesideMatchers),
  },
  'default-branch-only': {
    asks: `a job that can use a token or a secret has the condition ${GUARD}`,
    broken: (workflow) =>
      jobsOf(workflow).flatMap(([name, job]) => (hasRights(job) && !isGuarded(job) ? [`jobs.${name}.if`] : [])),
  },
};
