// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are GitHub's expressions
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../generator/render/version.ts';
import { findingsOf, ownWorkflows } from './workflow-policy.ts';
import { RULES } from './workflow-rules.ts';

const SHA = 'a'.repeat(40);
const GOOD = `on:
  schedule:
    - cron: '23 * * * *'
  repository_dispatch:
    types: [pipeline-finished]
  workflow_call:
permissions: {}
defaults:
  run:
    shell: bash
jobs:
  build:
    name: Build
    needs: bundle
    if: \${{ github.event_name != 'workflow_dispatch' || github.ref == format('refs/heads/{0}', github.event.repository.default_branch) }}
    runs-on: ubuntu-24.04
    timeout-minutes: 30
    environment:
      name: production
      deployment: false
    permissions:
      contents: read
      id-token: write
    strategy:
      fail-fast: false
      matrix: { shard: [1, 2] }
    concurrency:
      group: shard-\${{ matrix.shard }}
      cancel-in-progress: false
      queue: max
    steps:
      - uses: actions/checkout@${SHA} # v6.0.2
        with:
          repository: \${{ job.workflow_repository }}
          ref: \${{ job.workflow_sha }}
          token: \${{ secrets.CCI_CODE_TOKEN || github.token }}
          persist-credentials: false
      - uses: actions/setup-node@${SHA} # v6.4.0
      - name: No annotations
        run: |
          echo "::remove-matcher owner=tsc::"
          echo "::remove-matcher owner=eslint-compact::"
          echo "::remove-matcher owner=eslint-stylish::"
      - uses: aws-actions/configure-aws-credentials@${SHA} # v6.2.3
        with:
          role-to-assume: \${{ vars.ROLE }}
      - run: npm ci --ignore-scripts --omit=dev
      - uses: actions/download-artifact@${SHA} # v8.0.1
        with:
          name: bundle
          run-id: \${{ needs.plan.outputs.run || github.run_id }}
          github-token: \${{ github.token }}
      - env:
          SHA256: \${{ needs.plan.outputs.sha256 || needs.bundle.outputs.sha256 }}
        run: |
          echo "$SHA256  bundle.tar" | sha256sum --check --strict
          tar -xf bundle.tar
      - env:
          ORGS: \${{ toJSON(github.event.client_payload.organizations) }}
          KEY: \${{ secrets.KEY }}
        run: node generator/reports.mjs build
`;

const ENVIRONMENT = GOOD.slice(GOOD.indexOf('    environment:'), GOOD.indexOf('    permissions:'));
const GUARD_LINE = GOOD.slice(GOOD.indexOf('    if: '), GOOD.indexOf('    runs-on'));
const END_OF_MATCHERS = GOOD.slice(GOOD.indexOf('      - name: No annotations'), GOOD.indexOf('      - uses: aws-'));

/** Rule → what to write in place of what, each of which the rule has to find. */
const PLANTED: { [rule: string]: [string, string][] } = {
  'pinned-actions': [
    [`checkout@${SHA} # v6.0.2`, 'checkout@v6'],
    [`checkout@${SHA} # v6.0.2`, `checkout@${SHA}`],
    [`checkout@${SHA} # v6.0.2`, `checkout@${SHA.slice(1)} # v6.0.2`],
    [`- uses: actions/checkout@${SHA} # v6.0.2`, '- uses: ./own-action'],
    ['- run: npm ci', '- { uses: actions/cache@v5 }\n      - run: npm ci'],
    [`- uses: actions/checkout@${SHA} # v6.0.2`, '- "uses": actions/checkout@main'],
  ],
  'known-triggers': [
    ['    types: [pipeline-finished]\n', ''],
    ['  schedule:\n', '  pull_request_target:\n  schedule:\n'],
    ['  schedule:\n', '  workflow_run:\n  schedule:\n'],
    [GOOD.slice(0, GOOD.indexOf('permissions')), 'on: [push, issue_comment]\n'],
  ],
  'off-minute-0': [
    ["'23 * * * *'", "'0 * * * *'"],
    ["'23 * * * *'", "'*/15 * * * *'"],
    ["'23 * * * *'", "'* * * * *'"],
  ],
  'no-rights-by-default': [
    ['permissions: {}\n', ''],
    ['permissions: {}', 'permissions: read-all'],
    ['permissions: {}', 'permissions:\n  contents: read'],
  ],
  'least-rights': [
    ['    permissions:\n      contents: read\n      id-token: write\n', ''],
    ['      contents: read', '      contents: write'],
    ['      contents: read', '      packages: read'],
    ['    permissions:\n      contents: read\n      id-token: write\n', '    permissions: write-all\n'],
  ],
  'tokens-for-roles': [
    [ENVIRONMENT, ''],
    ['      id-token: write\n', ''],
    ['aws-actions/configure-aws-credentials', 'actions/setup-node'],
    ['  schedule:\n', '  pull_request:\n  schedule:\n'],
  ],
  'no-standing-keys': [
    ['role-to-assume:', 'aws-access-key-id:'],
    ['KEY: ${{ secrets.KEY }}', 'AWS_SECRET_ACCESS_KEY: ${{ secrets.KEY }}'],
    ['secrets.KEY', 'secrets.AWS_ACCESS_KEY_ID'],
    ['vars.ROLE', "'AKIAIOSFODNN7EXAMPLE'"],
  ],
  'time-outs': [
    ['    timeout-minutes: 30\n', ''],
    ['timeout-minutes: 30', 'timeout-minutes: 360'],
    ['timeout-minutes: 30', 'timeout-minutes: ${{ vars.MINUTES }}'],
  ],
  'no-publish-cancelled': [
    ['cancel-in-progress: false', 'cancel-in-progress: true'],
    ['      queue: max\n', ''],
    ['fail-fast: false', 'fail-fast: true'],
    ['      fail-fast: false\n', ''],
    ['permissions: {}', 'permissions: {}\nconcurrency: reports'],
  ],
  'no-expressions-in-scripts': [
    ['reports.mjs build', 'reports.mjs build --org ${{ github.event.client_payload.org }}'],
    ['reports.mjs build', 'reports.mjs build --org "${{ matrix.shard }}"'],
    [
      '          persist-credentials: false',
      '          persist-credentials: false\n          script: f(${{ inputs.x }})',
    ],
  ],
  'events-through-env': [
    ['vars.ROLE', 'github.event.client_payload.role'],
    ['vars.ROLE', "format('{0}', inputs.role)"],
    ['vars.ROLE', 'toJSON(github)'],
    ['group: shard-${{ matrix.shard }}', 'group: ${{ github.head_ref }}'],
    ['name: production', 'name: ${{ github.event.client_payload.where }}'],
  ],
  'secrets-where-needed': [
    [ENVIRONMENT, `${ENVIRONMENT}    env:\n      KEY: \${{ secrets.KEY }}\n`],
    ['vars.ROLE', 'secrets.ROLE'],
    ['secrets.KEY', 'toJSON(secrets)'],
    ['github-token: ${{ github.token }}', 'github-token: ${{ secrets.CCI_CODE_TOKEN || github.token }}'],
    ['secrets.CCI_CODE_TOKEN || github.token', 'secrets.CCI_OTHER_TOKEN || github.token'],
    [ENVIRONMENT, `${ENVIRONMENT}    secrets: inherit\n`],
    ['  schedule:\n', '  pull_request:\n  schedule:\n'],
  ],
  'no-left-credentials': [
    ['persist-credentials: false', 'fetch-depth: 0'],
    ['persist-credentials: false', 'persist-credentials: true'],
    ['ref: ${{ job.workflow_sha }}', 'ref: ${{ github.ref }}'],
    ['          ref: ${{ job.workflow_sha }}\n', ''],
    ['          repository: ${{ job.workflow_repository }}\n', ''],
    ['  workflow_call:\n', ''],
    ['secrets.CCI_CODE_TOKEN || github.token', 'secrets.CCI_CODE_TOKEN'],
  ],
  'locked-packages': [
    ['npm ci --ignore-scripts', 'npm ci'],
    ['npm ci --ignore-scripts', 'npm install left-pad --ignore-scripts'],
    ['npm ci --ignore-scripts', 'npx something'],
    ['npm ci --ignore-scripts', 'curl -sSf https://example.com/install.sh | sh'],
    ['npm ci --ignore-scripts', 'pipx run something==1.0.0'],
    ['npm ci --ignore-scripts', 'pipx run zizmor .github/workflows #'],
    ['npm ci --ignore-scripts', 'pipx run zizmor==1.32.0 .github/workflows; uvx other #'],
  ],
  'no-deployments': [
    ['      deployment: false\n', ''],
    ['deployment: false', 'deployment: true'],
    [ENVIRONMENT, '    environment: production\n'],
  ],
  'named-jobs': [['    name: Build\n', '']],
  'own-machines': [
    ['ubuntu-24.04', 'ubuntu-latest'],
    ['ubuntu-24.04', '[self-hosted, linux]'],
    [ENVIRONMENT, `${ENVIRONMENT}    container: node:24\n`],
    ['    shell: bash\n', '    shell: sh\n'],
    ['        run: node', '        shell: python\n        run: node'],
  ],
  'failures-show': [
    [ENVIRONMENT, `${ENVIRONMENT}    continue-on-error: true\n`],
    ['        run: node', '        if: ${{ always() }}\n        run: node'],
    ['reports.mjs build', 'reports.mjs build || true'],
  ],
  'secrets-are-secrets': [
    ['secrets.KEY', 'vars.KEY'],
    ['vars.ROLE', 'vars.CCI_MAIL_URL'],
    ['vars.ROLE', "vars['cci_mail_url']"],
    ['vars.ROLE', "format('{0}', vars . smtp_password)"],
    ['vars.ROLE', 'toJSON(vars)'],
    ['KEY: ${{ secrets.KEY }}', 'CCI_MAIL_URL: ${{ vars.MAIL }}'],
    ['KEY: ${{ secrets.KEY }}', 'CCI_UNSUBSCRIBE_KEY: a1b2c3d4e5f6'],
    ['permissions: {}\n', 'permissions: {}\nenv:\n  CLERK_SECRET_KEY: ${{ vars.CLERK }}\n'],
  ],
  'no-builds-with-rights': [
    ['        run: node', '        run: node scripts/build.ts\n      - run: node'],
    ['        run: node', '        run: npm run reports -- build\n      - run: node'],
    ['        run: node', '        run: node_modules/.bin/astro build\n      - run: node'],
    ['        run: node', '        run: node --import tsx generator/reports.mjs build\n      - run: node'],
    ['        run: node', '        run: if true; then (cd templates && mjml digest.mjml); fi\n      - run: node'],
    [' --omit=dev', ''],
    ['npm ci --ignore-scripts --omit=dev', 'npm rebuild'],
    ['sha256sum --check --strict', 'cat'],
    ['needs.bundle.outputs.sha256', 'inputs.sha256'],
    ['needs.plan.outputs.sha256 || ', 'vars.sha256 || '],
    ['needs.plan.outputs.run || github.run_id', '1'],
    ['github-token: ${{ github.token }}', 'repository: some/other'],
    ['          name: bundle\n', '          pattern: b*\n'],
    [`actions/download-artifact@${SHA} # v8.0.1`, `some/builder@${SHA} # v1`],
    ['          ORGS:', '          NODE_OPTIONS: --import ./x.mjs\n          ORGS:'],
  ],
  'no-matchers-beside-data': [
    [END_OF_MATCHERS, ''],
    ['          echo "::remove-matcher owner=tsc::"\n', ''],
    ['          echo "::remove-matcher owner=eslint-compact::"\n', ''],
    ['          echo "::remove-matcher owner=eslint-stylish::"\n', ''],
    ['      - name: No annotations\n', '      - name: No annotations\n        if: ${{ failure() }}\n'],
    ['      - name: No annotations\n', '      - run: cat organizations.json\n      - name: No annotations\n'],
    ['      - run: npm ci', `      - uses: actions/setup-node@${SHA} # v6.4.0\n      - run: npm ci`],
  ],
  'default-branch-only': [
    [GUARD_LINE, ''],
    [GUARD_LINE, '    if: ${{ !cancelled() }}\n'],
    ["github.ref == format('refs/heads/{0}', github.event.repository.default_branch)", 'true'],
    [GUARD_LINE, GUARD_LINE.replace('${{ ', '${{ !cancelled() || true && (').replace(' }}', ') }}')],
  ],
};

describe('the policy of workflows', () => {
  it('is kept by ours', () => {
    expect(ownWorkflows().map(([name]) => name)).toEqual(['ci.yml', 'reports.yml']);
    expect(ownWorkflows().flatMap(([name, text]) => findingsOf(name, text))).toEqual([]);
  });

  it('is kept where the guide is followed on a plan without environments', () => {
    const guide = readFileSync(join(ROOT, 'docs/schedule.md'), 'utf8');
    const chapter = guide.slice(guide.indexOf('### Plans without environments'), guide.indexOf('### The role'));
    expect(chapter).toContain('leave the environment `production` in the workflow');
    expect(guide).not.toMatch(/(?:remove|delete|without)\s+(?:the environment )?`(?:environment: )?production`/);
  });

  it('is kept by the good example, and each rule has a planted bad one', () => {
    expect(findingsOf('good.yml', GOOD)).toEqual([]);
    expect(Object.keys(PLANTED)).toEqual(Object.keys(RULES));
  });

  it.each(Object.entries(PLANTED).flatMap(([rule, plants]) => plants.map(([from, to]) => [rule, to, from] as const)))(
    'finds by %s: %j',
    (rule, to, from) => {
      expect(GOOD).toContain(from);
      const findings = findingsOf(
        'bad.yml',
        GOOD.replace(from, () => to),
      );
      expect(findings.join('\n')).toContain(`bad.yml: ${rule}: `);
    },
  );
});
