import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { CONFIG, putCall } from './fixtures/world.ts';
import { ROOT } from './render/version.ts';
import { fileStore } from './store/file.ts';
import { cliWorld } from './testing/cli-world.ts';
import { signalled } from './testing/signalled.ts';

const { url, env, here, hereWith } = cliWorld();

/** The command as a process. */
function reports(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'generator/reports.mjs'), ...args], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, ...env },
  });
  return { status, stdout, stderr };
}

beforeAll(async () => {
  for (const org of ['org_1', 'org_bad']) {
    await putCall(fileStore(url('results')), org, { id: 'c1' });
    await fileStore(url('config')).put(
      `${org}/report-config.json`,
      JSON.stringify(org === 'org_bad' ? { passMark: 'high' } : CONFIG),
    );
  }
  await fileStore(url('results')).put('not an org/x', '');
});

describe('npm run reports', () => {
  it('explains itself from its tables', () => {
    const { status, stdout } = reports('--help');
    expect(status).toBe(0);
    for (const name of [
      'run',
      'build',
      'digest',
      'serve',
      'export',
      'tenants',
      'status',
      'builds',
      'rollback',
      'verify',
      'plan',
      '--results URL',
      'CCI_RESULTS_URL',
      'Exit status',
    ])
      expect(stdout).toContain(name);
    expect(reports('export', '--help').stdout).toContain('--out DIR');
  });

  it('is called by its name where npm did not start it', async () => {
    expect((await here('help', 'digest')).stdout).toMatch(/^cci-reports digest: send the digests that are due\n/);
    const { stdout } = await hereWith({ npm_lifecycle_event: 'reports' }, 'digest', '-h');
    expect(stdout).toMatch(/^npm run reports -- digest: send/);
    expect(stdout).toContain('  digest log        show the digests of the last 14 days');
  });

  it('tells whoever types no command which there are, and ends with 2', async () => {
    const { status, stdout } = await here();
    expect([status, stdout]).toEqual([
      2,
      expect.stringMatching(/^cci-reports COMMAND\n\n(?: {2}\S.*\n)* {2}run {2,}run the pipeline where/),
    ]);
    expect(stdout).toMatch(/\n\ncci-reports help COMMAND tells what one does, [^\n]*\n$/);
    expect(stdout).not.toContain('CCI_RESULTS_URL');
  });

  it('says which version it is, and of which commit', async () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    const { status, stdout } = await here('--version');
    expect([status, stdout.split(' (')[0]?.trim()]).toEqual([0, `cci-reports ${version}`]);
    expect(JSON.parse((await here('-V', '--json')).stdout)).toMatchObject({ version });
  });

  it('says nothing on standard error where it is to be quiet, but problems', async () => {
    const stores = ['--reports', url('quiet-reports'), '--quiet'];
    const built = await here('build', ...stores);
    expect(built.stderr).toBe(
      'org_bad  failed: report-config.json: "passMark": "high" is not right: write a number.\n',
    );
    expect(built.stdout).toContain('org_1: published build 1');
    expect((await here('build', '--org', 'org_1', '--force', ...stores)).stderr).toBe('');
  });

  it('builds who can be built, says why the others cannot, and ends with 1', () => {
    const { status, stdout, stderr } = reports('build');
    expect(status).toBe(1);
    expect(stdout).toContain('org_1: published build 1 with 1 call (read 1, gone 0, objects refused 0).');
    expect(stdout).toContain(
      'org_bad: failed; it has no site yet. report-config.json: "passMark": "high" is not right: write a number.',
    );
    expect(stderr).toMatch(/org_1 {2}read calls → 1 call in \d+ ms/);
  });

  it.each([
    ['build', 'SIGINT', 130, ''],
    ['run', 'SIGTERM', 143, 'Stopped by SIGTERM: no digest was sent. The next run sends what is due then.\n'],
  ] as const)('%s ends in words where %s stops it, with %i', async (command, signal, status, more) => {
    const mail = { CCI_MAIL_URL: url('outbox'), CCI_MAIL_FROM: 'Reports <reports@cci.example>' };
    const listeners = process.listenerCount(signal);
    const asked = await signalled(() => hereWith(mail, command, '--reports', url('stopped')), signal);
    expect(asked).toEqual({
      status,
      stdout: `Stopped by ${signal}: 2 of 2 organizations were not published: org_1, org_bad. What was published of them before stays, whole; nothing is half published. Run build again: what is published already costs little.\n${more}`,
      stderr: `${signal}: stopping. What is under way ends at its next step, and nothing is published by halves. Ctrl+C once more ends it at once.\n`,
    });
    expect(process.listenerCount(signal)).toBe(listeners);
    const json = await signalled(() => hereWith(mail, command, '--reports', url('stopped'), '--json'), signal);
    expect(JSON.parse(json.stdout)).toMatchObject({ stopped: signal, organizations: [{ stopped: true }, {}] });
  });

  it('ends with 0 where all went well, and prints one object with --json', () => {
    const { status, stdout } = reports('build', '--org', 'org_1', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      organizations: [{ org: 'org_1', result: { published: false, calls: 1 } }],
    });
  });

  it.each([
    [['bild'], '"bild" is not a command. Did you mean build?'],
    [
      ['publish'],
      '"publish" is not a command. There are: init, run, build, digest, digest preview, digest log, digest reconcile, digest resend, digest who, digest resume, serve, export, tenants, check, doctor, tenant add, tenant check, tenant remove, preview, status, erase, pipeline run, pipeline status, pipeline replay, pipeline reanalyse, pipeline erase, pipeline plan, builds, rollback, verify, evaluate, plan.',
    ],
    [['build', '--org', 'org_2'], '--org: "org_2" is not in'],
    [
      ['build', '--results', url('nothing')],
      'holds no organization, so nothing was built and every site stays as it was',
    ],
    [['build', '--fast'], '--fast is not a flag of this command. See --help.'],
    [['build', '--result', 'file:x'], '--result is not a flag of this command. Did you mean --results? See --help.'],
    [['export', '--out', 'x'], 'export takes exactly one --org ID'],
    [['rollback', '--org', 'org_1', '--to', 'last'], '--to: "last" is not the number of a build'],
    [['status', '--org', 'org_2'], 'has no run of "org_2". Check the spelling.'],
    [['status', '--reports', url('nothing')], 'has no status.json, so no run has finished there yet'],
    [['plan', '--shards', '0'], '--shards: "0" is not a number of shards: 1 to 256.'],
    [['plan', '--org', 'org_1', '--results', url('nothing')], 'holds no organization, so nothing was built'],
    [
      ['tenants', '--results', url('no'), '--config', url('no'), '--reports', url('no')],
      'hold no organization. Check --results, --config and --reports',
    ],
  ])('ends with 2 for %j and says what to do', async (args, words) => {
    const { status, stdout, stderr } = await here(...args);
    expect(status).toBe(2);
    expect(stderr).toContain(words);
    expect(stdout).toBe('');
    const asJson = await here(...args, '--json');
    expect(JSON.parse(asJson.stdout).problems.join(' ')).toContain(words);
  });

  it('ends its process with 2 where nothing was done, and says why on standard error', () => {
    const { status, stdout, stderr } = reports('build', '--fast');
    expect([status, stdout, stderr]).toEqual([2, '', expect.stringContaining('--fast is not a flag of this command')]);
  });

  it('shows which tenants there are, and what is wrong or ignored, and ends with 1 where a configuration is wrong', async () => {
    const { status, stdout } = await here('tenants');
    expect(status).toBe(1);
    expect(stdout.replaceAll(url('results'), 'RESULTS')).toMatchInlineSnapshot(`
      "organization  input  report-config.json  site
      org_1         yes    yes                 yes
      org_bad       yes    wrong               no
      org_bad: report-config.json: "passMark": "high" is not right: write a number.
      "not an org" in RESULTS is not an organization’s id, so it is ignored.
      "
    `);
    expect(JSON.parse((await here('tenants', '--json')).stdout)).toEqual({
      organizations: [
        { org: 'org_1', input: true, config: 'right', site: true },
        {
          org: 'org_bad',
          input: true,
          config: 'wrong',
          problems: ['report-config.json: "passMark": "high" is not right: write a number.'],
          site: false,
        },
      ],
      ignored: ['not an org'],
      loose: [],
    });
  });

  it('shows the last runs and their age, and exits 1 if one failed', async () => {
    await here('build', '--now', '2026-04-02T06:00:30Z');
    const { status, stdout } = await here('status', '--now', '2026-04-04T09:05:00Z');
    expect(status).toBe(1);
    // The site was published by the machine's own clock, which lies after --now.
    const published = stdout.replace(/2026-\d\d-\d\dT\d\d:\d\dZ {2}1 /, 'PUBLISHED          1 ');
    expect(published.replace(/(last publish is )\S+:/, '$1PUBLISHED:')).toMatchInlineSnapshot(`
      "organization  last listing       age      last publish       build  calls  refused  last run
      org_1         2026-04-02T06:00Z  2 d 3 h  PUBLISHED          1      1      0        ok
      org_bad       –                  –        –                  –      –      –        failed
      org_1: its last publish is PUBLISHED: that is in the future (it is now 2026-04-04T09:05Z). A run used --now, or a machine’s clock is wrong. The next build that finds a change corrects it.
      org_bad: the last run failed; it has no site yet. report-config.json: "passMark": "high" is not right: write a number.
      Late: no run has ended since; one was expected by 2026-04-02T08:00Z, 2 d 1 h ago. Check the schedule that starts the runs. Where it is right, CCI_EXPECT_EVERY is too short for it.
      "
    `);
    const alone = await here('status', '--org', 'org_1', '--now', '2026-04-02T06:10:30Z', '--json');
    expect(alone.status).toBe(0);
    expect(JSON.parse(alone.stdout)).toMatchObject({
      now: '2026-04-02T06:10:30.000Z',
      organizations: [{ org: 'org_1', listedAt: '2026-04-02T06:00:30.000Z', listingAgeSeconds: 600, calls: 1 }],
    });
  });

  it('plans shards as a matrix and nothing else, and drops what is named but not there', async () => {
    const all = { shard: [{ name: '1', orgs: 'org_1 org_bad' }], digest: true, unchanged: 0 };
    expect(JSON.parse((await here('plan')).stdout)).toEqual(all);
    expect(JSON.parse((await here('plan', '--json')).stdout)).toEqual(all);
    expect(JSON.parse((await here('plan', '--shards', '9')).stdout).shard).toHaveLength(2);
    expect(JSON.parse((await here('plan', '--org', 'org_bad')).stdout).shard).toEqual([{ name: '1', orgs: 'org_bad' }]);
    const { status, stdout, stderr } = await hereWith(
      { CCI_CHANGED: '["org_1", "org_9", "$(id)\\n::error::x"]' },
      'plan',
    );
    expect([status, JSON.parse(stdout)]).toMatchObject([0, { shard: [{ name: '1', orgs: 'org_1' }] }]);
    expect(JSON.parse(stdout).dropped).toHaveLength(2);
    expect(stderr).toContain('plan: "org_9" has neither results nor a site, so it is left out.');
    expect(stderr).toContain('is not an organization’s id, so it is left out.');
    expect(stderr).not.toContain('::');
    expect((await hereWith({ CCI_CHANGED: '[]' }, 'plan')).stdout).toBe('{"shard":[],"digest":true,"unchanged":0}\n');
  });

  it('plans with --due only what has something to build', async () => {
    await here('build');
    const due = async () => JSON.parse((await here('plan', '--due')).stdout);
    expect(await due()).toEqual({ shard: [{ name: '1', orgs: 'org_bad' }], digest: true, unchanged: 1 });
    const { stdout, stderr } = await here('plan', '--due', '--org', 'org_1');
    expect(JSON.parse(stdout)).toMatchObject({ shard: [], unchanged: 1 });
    expect(stderr).toContain('org_1  nothing has changed');
  });
});
