import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { mailUrlProblem } from '../../digest/mail/mail-url.ts';
import { type Asker, openAsker } from '../../lib/command-line/ask.ts';
import { printError } from '../../lib/console.ts';
import { UserError } from '../../lib/errors.ts';
import { mailboxProblem } from '../../lib/mail-address.ts';
import { type Printable, say } from '../../lib/printable.ts';
import { need, readSettings, type Settings } from '../../settings.ts';
import { storeUrlProblem } from '../../store/open.ts';
import type { Answer } from '../command.ts';
import { program } from '../help.ts';
import { freshKey, readEnvFile, replacedIn, type Variables, withVariables, writeEnvFile } from './env-file.ts';
import { type StoresSeen, seeStores } from './stores.ts';

const FILE = '.env';

/**
 * `init`: the settings of this machine, asked for or given by flags, tried, and written to `.env` in the current folder. What stands
 * there already is the default; keys that stand there stay.
 */
export async function init(given: Settings): Promise<Answer> {
  const path = resolve(FILE);
  const there = readEnvFile(path);
  await using asker = openAsker();
  const isQuiet = given.yes !== undefined || !asker.isThere;
  const settings = withFile(given, there);
  const asked = isQuiet ? settings : await answers(settings, asker);
  const urls = need(asked, 'results', 'config', 'reports');
  const seen = await seeStores({ ...urls, input: asked.input });
  const show = (lines: readonly Printable[]) => lines.forEach(printError);
  if (!isQuiet) show([...seen.lines, ...seen.problems]);
  if (
    seen.problems.length > 0 &&
    (isQuiet || !(await asker.confirm(say`A store could not be opened. Write ${FILE} all the same?`)))
  )
    throw new UserError(isQuiet ? seen.problems : [say`Nothing was written.`]);

  const variables: Variables = {
    CCI_RESULTS_URL: urls.results,
    CCI_CONFIG_URL: urls.config,
    CCI_REPORTS_URL: urls.reports,
    CCI_INPUT_URL: asked.input,
    CCI_SITE_URL: asked.siteUrl,
    CCI_MAIL_FROM: asked.mailFrom,
    CCI_MAIL_URL: asked.mailUrl,
    CCI_MASKING_KEY: settings.maskingKey ?? freshKey(),
    CCI_UNSUBSCRIBE_KEY: settings.unsubscribeKey ?? freshKey(),
  };
  const replaced = replacedIn(there, variables);
  if (replaced.length > 0) await agree(replaced, given, asker);
  await writeEnvFile(path, withVariables(existsSync(path) ? readFileSync(path, 'utf8') : '', variables));
  return {
    // No value: one may be a key, another have a password in it.
    json: { file: FILE, variables: Object.keys(variables).filter((name) => variables[name] !== undefined), replaced },
    text: [
      ...(isQuiet ? seen.lines : []),
      say`${FILE} is written, for this user alone. It holds keys: keep a copy where secrets are kept, and put it into no repository.`,
      ...nextLines(seen),
    ],
    failed: false,
  };
}

/** What the file says where no flag and no variable does. @throws {UserError} where something in it is wrong */
function withFile(given: Settings, there: Variables): Settings {
  const names = [
    'results',
    'config',
    'input',
    'reports',
    'siteUrl',
    'mailFrom',
    'mailUrl',
    'maskingKey',
    'unsubscribeKey',
  ] as const;
  const own = readSettings([], there, names);
  const { initSite, initFrom, ...rest } = given;
  return {
    ...own,
    ...rest,
    ...(initSite !== undefined && { siteUrl: initSite }),
    ...(initFrom !== undefined && { mailFrom: initFrom }),
  };
}

async function answers(settings: Settings, asker: Asker): Promise<Settings> {
  const optional = (problem: (value: string) => string | undefined) => (value: string) =>
    value === '' ? undefined : problem(value);
  const ask = async (question: Printable, value: string | undefined, problem: (value: string) => string | undefined) =>
    (await asker.text(question, value ?? '', problem)) || undefined;
  const isSite = (value: string) => {
    try {
      readSettings([], { CCI_SITE_URL: value }, ['siteUrl']);
      return undefined;
    } catch {
      return 'is not the address of a site: write it as https://reports.example.com';
    }
  };
  const results = await ask(
    say`Results of the pipeline: file: and a folder, or s3://bucket`,
    settings.results ?? 'file:results',
    storeUrlProblem,
  );
  const config = await ask(say`Configuration of the organizations`, settings.config ?? 'file:config', storeUrlProblem);
  const reports = await ask(
    say`Reports, where sites are published`,
    settings.reports ?? 'file:reports',
    storeUrlProblem,
  );
  const input = await ask(say`Recordings (empty: none)`, settings.input, optional(storeUrlProblem));
  const siteUrl = await ask(
    say`Address of the report sites, such as https://reports.example.com (empty: later)`,
    settings.siteUrl,
    optional(isSite),
  );
  const mailFrom = await ask(
    say`Sender of digests, as Name <address> (empty: no digests)`,
    settings.mailFrom,
    optional(mailboxProblem),
  );
  const mailUrl =
    mailFrom === undefined
      ? settings.mailUrl
      : await ask(
          say`How mail leaves: file:outbox, smtp://host:587 or ses:region. Add a password in ${FILE} later`,
          settings.mailUrl ?? 'file:outbox',
          mailUrlProblem,
        );
  return { ...settings, results, config, reports, input, siteUrl, mailFrom, mailUrl };
}

/** @throws {UserError} where nobody agrees that a setting is replaced */
async function agree(replaced: readonly string[], { yes }: Settings, asker: Asker): Promise<void> {
  if (yes !== undefined) return;
  if (!asker.isThere)
    throw new UserError([
      say`${FILE} has another value of ${replaced}, so nothing was written. Run the command again with --yes to replace it.`,
    ]);
  if (!(await asker.confirm(say`${FILE} has another value of ${replaced}. Replace it?`)))
    throw new UserError([say`Nothing was written.`]);
}

function nextLines({ organizations, configured }: StoresSeen): Printable[] {
  const next = organizations.find((org) => !configured.includes(org));
  if (next !== undefined) return [say`Next: ${program()} tenant add --org ${next}`];
  return [
    organizations.length > 0
      ? say`Next: ${program()} tenants`
      : say`Next: let the pipeline write results, then ${program()} tenant add --org ID`,
  ];
}
