import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { UserError } from '../../lib/errors.ts';
import { withFiles } from '../../lib/file-errors.ts';
import { say } from '../../lib/printable.ts';

/** Variables by name; what is undefined is not set. */
export interface Variables {
  [name: string]: string | undefined;
}

/** A line or several above a variable. */
const NOTES: { [name: string]: string } = {
  CCI_RESULTS_URL: 'What the pipeline wrote, the tenants’ configuration, and where the sites are published.',
  CCI_SITE_URL: 'Address of the report sites, for the gate and for links in mail.',
  CCI_MAIL_FROM: 'Sender of digests, and how they leave. The URL may hold a password.',
  CCI_MASKING_KEY:
    'Masks outside parties where a tenant wants it. Keep it: with another key every masked site is built anew, and links to its calls end.',
  CCI_UNSUBSCRIBE_KEY: 'Signs unsubscribe links. Keep it: links in mail that was sent end with another key.',
};

/** A fresh key, as `openssl rand -hex 32` prints one. */
export const freshKey = (): string => randomBytes(32).toString('hex');

/** What a settings file says; nothing where there is none. */
export const readEnvFile = (path: string): Variables =>
  existsSync(path) ? { ...parseEnv(readFileSync(path, 'utf8')) } : {};

/** Variables that stand in a text with another value. */
export const replacedIn = (there: Variables, variables: Variables): string[] =>
  Object.keys(variables).filter(
    (name) => there[name] !== undefined && variables[name] !== undefined && there[name] !== variables[name],
  );

/**
 * The text of a settings file with these variables: lines of others, and comments, stay as they are.
 * @param text of the file that is there; "" where there is none
 * @throws {UserError} where a value cannot be written so that Node reads it again
 */
export function withVariables(text: string, variables: Variables): string {
  const there = parseEnv(text);
  const wanted = Object.entries(variables).filter((each): each is [string, string] => each[1] !== undefined);
  const changed = wanted.filter(([name, value]) => there[name] !== value);
  let next = text;
  for (const [name] of changed)
    if (there[name] !== undefined)
      next = next
        .split('\n')
        .filter((line) => !isAssignment(line, name))
        .join('\n');
  if (next !== '' && !next.endsWith('\n')) next += '\n';
  for (const [name, value] of changed) {
    const note = NOTES[name];
    next += `${note === undefined || there[name] !== undefined ? '' : `\n# ${note}\n`}${name}=${written(value)}\n`;
  }
  const read = parseEnv(next);
  for (const [name, value] of Object.entries({ ...there, ...Object.fromEntries(wanted) }))
    if (read[name] !== value)
      throw new UserError([
        say`${name}: its value cannot be written to a settings file: it has line breaks or all kinds of quotes in it. Set it as a variable of the environment instead.`,
      ]);
  return next.replace(/^\n/, '');
}

const isAssignment = (line: string, name: string): boolean => {
  const [before = '', ...value] = line.split('=');
  return value.length > 0 && [name, `export ${name}`].includes(before.trim());
};

/** In quotes in which nothing is read otherwise than it stands there. */
function written(value: string): string {
  const quote = ["'", '`', '"'].find((each) => !value.includes(each) && !(each === '"' && value.includes('\\')));
  return quote === undefined ? value : `${quote}${value}${quote}`;
}

/** Write the file whole: readable by this user alone, as it holds keys. */
export async function writeEnvFile(path: string, text: string): Promise<void> {
  await withFiles(say`write ${path}`, async () => {
    const fresh = `${path}.new-${randomBytes(6).toString('hex')}`;
    try {
      writeFileSync(fresh, text, { mode: 0o600, flag: 'wx' });
      chmodSync(fresh, 0o600);
      renameSync(fresh, path);
    } finally {
      rmSync(fresh, { force: true });
    }
  });
}
