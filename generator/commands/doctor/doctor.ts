import pMap from 'p-map';
import { consoleLog, terminalWidth } from '../../lib/console.ts';
import { type Printable, say } from '../../lib/printable.ts';
import { besides, counted } from '../../lib/words.ts';
import { readStatus } from '../../publish/status.ts';
import type { Settings } from '../../settings.ts';
import { type Answer, clock } from '../command.ts';
import { configuredOrganizations } from '../pipeline/organizations.ts';
import type { Tenant } from '../tenant/survey.ts';
import { checkAws, findAws } from './aws/check.ts';
import { checkClerk } from './clerk.ts';
import { checkClock } from './clock.ts';
import { type Context, HASTE } from './context.ts';
import { attempt, type Finding, type Result } from './finding.ts';
import { checkGithub } from './github.ts';
import { checkMail } from './mail.ts';
import { checkOrganization } from './organization.ts';
import { checkPipeline } from './pipeline.ts';
import { checkSettings } from './settings.ts';
import { checkStores, openStores } from './stores.ts';
import { checkTenants } from './tenants.ts';
import { checkToken } from './token.ts';

/** `doctor`: what is right, doubtful and wrong with an installation, a sentence a check. @param problems wrong variables */
export async function doctor(settings: Settings, problems: readonly Printable[] = []): Promise<Answer> {
  const stores = openStores(settings, HASTE);
  return diagnose(
    {
      settings,
      stores,
      now: clock(settings),
      log: consoleLog(),
      ask: fetch,
      clocks: [],
      clerkApi: 'https://api.clerk.com',
      env: process.env,
      // What a CI prints, others may read.
      mayName: !process.env.CI,
    },
    problems,
  );
}

/** All checks that apply, one group after the other. @param problems what is wrong with single variables */
export async function diagnose(context: Context, problems: readonly Printable[]): Promise<Answer> {
  const findings: Finding[] = checkSettings(context.settings, problems);
  const group = async (name: string, work: () => Promise<Finding[]>): Promise<void> => {
    const some = await context.log.step(
      say`check ${name}`,
      () => attempt(name, work),
      (each) => summaryOf(each),
    );
    findings.push(...some);
  };
  await group('stores', () => checkStores(context));
  let organizations: Tenant[] = [];
  const isListed = ['results', 'config', 'reports'].every((name) => canBeListed(findings, name));
  if (isListed)
    await group('organizations', async () => {
      const tenants = await checkTenants(context);
      organizations = tenants.organizations;
      return tenants.findings;
    });
  if (organizations.length > 0) await group('calls', () => checkAll(context, organizations));
  const piped = await withPipeline(context, organizations);
  if (piped.length > 0) await group('pipeline', () => checkPipelines(context, piped));
  const { mailUrl, publishableKey, secretKey, jwtKey, tokenFile, githubToken, githubRepository } = context.settings;
  const aws = await findAws(context, piped);
  if (aws) await group('AWS', () => checkAws(context, aws, { all: organizations.map(({ org }) => org), piped }));
  if (mailUrl !== undefined) await group('mail', () => checkMail(context, mailUrl));
  const hasClerk = [publishableKey, secretKey, jwtKey, tokenFile].some((each) => each !== undefined);
  if (hasClerk)
    await group('Clerk', async () => {
      const { findings: some, instance } = await checkClerk(context);
      return [...some, ...(await attempt('token', () => checkToken(context, instance)))];
    });
  if (githubToken !== undefined && githubRepository !== undefined)
    await group('GitHub', () => checkGithub(context, githubToken, githubRepository));
  await group('clock', () => checkClock(context));
  return answerOf(findings);
}

/** A store that cannot be listed has been told of, and nothing that lies in it can be. */
const canBeListed = (findings: readonly Finding[], store: string): boolean =>
  findings.some(({ check, result }) => check === `${store}: list` && result !== 'wrong');

/** Those of which a build could make something. */
async function checkAll(context: Context, organizations: readonly Tenant[]): Promise<Finding[]> {
  const { results, config, reports } = context.stores;
  const wanted = organizations.filter((each) => each.input && each.config !== 'wrong');
  if (!results || !config || !reports || wanted.length === 0) return [];
  const { status } = await readStatus(reports);
  const check = ({ org }: Tenant) => {
    const own = Object.hasOwn(status.organizations, org) ? status.organizations[org] : undefined;
    return attempt('calls', () => checkOrganization(context, { results, config }, org, own), org);
  };
  return (await pMap(wanted, check, { concurrency: ORGANIZATIONS_AT_ONCE })).flat();
}

/** Those with a pipeline of this program. */
async function withPipeline({ stores: { config } }: Context, organizations: readonly Tenant[]): Promise<string[]> {
  if (!config || organizations.length === 0) return [];
  const all = await configuredOrganizations(config);
  return all.filter((org) => organizations.some((each) => each.org === org));
}

async function checkPipelines({ stores, now }: Context, orgs: readonly string[]): Promise<Finding[]> {
  const { results, config } = stores;
  if (!results || !config) return [];
  const check = (org: string) => attempt('pipeline', () => checkPipeline({ results, config }, org, now()), org);
  return (await pMap(orgs, check, { concurrency: ORGANIZATIONS_AT_ONCE })).flat();
}

/** Each lists all of its objects. */
const ORGANIZATIONS_AT_ONCE = 4;

function answerOf(findings: readonly Finding[]): Answer {
  const isWrong = findings.some(({ result }) => result === 'wrong');
  return {
    json: { ok: !isWrong, counts: Object.fromEntries(RESULTS.map((each) => [each, count(findings, each)])), findings },
    text: [...tableOf(findings), say``, summaryOf(findings)],
    failed: isWrong,
  };
}

/** On a terminal, sentences are broken at its width. */
function tableOf(findings: readonly Finding[]): Printable[] {
  const rows = findings.map(({ check, org, result, text }) => [org ? `${org}: ${check}` : check, result, text]);
  const all = [['check', 'result', 'what was found'], ...rows];
  const widthOf = (at: number) => Math.max(...all.map((row) => row[at]?.length ?? 0));
  const [first, second] = [widthOf(0), widthOf(1)];
  return besides(
    all.map(([check = '', result = '', text = '']) => [`${check.padEnd(first)}  ${result.padEnd(second)}`, text]),
    terminalWidth(),
  );
}

const RESULTS: readonly Result[] = ['ok', 'warning', 'wrong', 'not checked'];

const count = (findings: readonly Finding[], wanted: Result): number =>
  findings.filter(({ result }) => result === wanted).length;

function summaryOf(findings: readonly Finding[]): Printable {
  const [warnings, wrongs, unchecked] = [
    count(findings, 'warning'),
    count(findings, 'wrong'),
    count(findings, 'not checked'),
  ];
  const parts = [
    say`${count(findings, 'ok')} ok`,
    ...(warnings > 0 ? [counted(warnings, 'warning')] : []),
    ...(wrongs > 0 ? [say`${wrongs} wrong`] : []),
    ...(unchecked > 0 ? [say`${unchecked} not checked`] : []),
  ];
  return say`${parts.join(', ')}`;
}
