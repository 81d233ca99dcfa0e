import { readFlags } from './lib/command-line/flags.ts';
import { UserError } from './lib/errors.ts';
import { type Printable, say } from './lib/printable.ts';
import { hasLogin, shownValue } from './lib/secrets.ts';
import { GATE } from './settings/gate.ts';
import { MAIL } from './settings/mail.ts';
import { PIPELINE } from './settings/pipeline.ts';
import { RUNS } from './settings/runs.ts';
import type { Setting } from './settings/setting.ts';
import { SETUP } from './settings/setup.ts';
import { STORES } from './settings/stores.ts';

export type { Setting } from './settings/setting.ts';

/** Every setting, by the name that the program knows it by; `settings/` has them by what they are for. */
export const SETTINGS = { ...STORES, ...RUNS, ...PIPELINE, ...SETUP, ...MAIL, ...GATE };

export type SettingName = keyof typeof SETTINGS;

/** Values as given; a switch is "true"; a repeatable one is a list. Checked one by one, not against each other. */
export type Settings = { [Name in SettingName]?: Name extends 'org' | 'recipient' ? string[] : string };

const setting = (name: SettingName): Setting => SETTINGS[name];
const names = Object.keys(SETTINGS) as SettingName[];

/**
 * Flags over environment over default.
 * @param args after the command's name
 * @param allowed the settings that the command takes; other flags are refused, other variables ignored
 * @param wrong gets what is wrong with variables, whose settings are then left out; absent: it is thrown as all else
 * @throws {UserError} with every problem at once
 */
export function readSettings(
  args: string[],
  env: NodeJS.ProcessEnv,
  allowed: readonly SettingName[],
  wrong?: Printable[],
): Settings {
  const problems: Printable[] = [];
  const { flags, operand, unknown } = readFlags(args, allowed.map(setting));
  problems.push(...unknown);
  const settings: { [name: string]: string | string[] } = {};
  for (const name of names.filter((each) => allowed.includes(each))) {
    const { flag, variable, multiple, default: fallback, operand: isOperand } = setting(name);
    const fromFlag = flag === undefined ? (isOperand ? operand : undefined) : flags[flag];
    const fromVariable = variable === undefined ? undefined : env[variable] || undefined;
    const value = fromFlag ?? fromVariable ?? fallback;
    if (value === undefined) continue;
    const why = [value].flat().flatMap((each) => valueProblem(setting(name), String(each)) ?? []);
    const found = fromFlag === undefined ? (wrong ?? problems) : problems;
    found.push(...why.map((each) => say`${fromFlag === undefined ? (variable ?? '') : `--${flag}`}: ${each}.`));
    if (why.length > 0) continue;
    settings[name] = multiple ? [value].flat().map(String) : String(value);
  }
  if (problems.length > 0) throw new UserError(problems);
  return settings as Settings;
}

const NO_LOGIN = 'is an address with a user name or a password in it, which does not belong there: remove it';

/** What is wrong with a value, as a sentence without its full stop; undefined where nothing is. */
function valueProblem({ check, secret, login }: Setting, value: string): string | undefined {
  const wrong = !secret && !login && hasLogin(value) ? NO_LOGIN : check?.(value);
  return wrong && `${secret ? 'its value' : shownValue(value)} ${wrong}`;
}

/** The settings that a command cannot do without. @throws {UserError} naming all that are missing. */
export function need<Name extends SettingName>(settings: Settings, ...wanted: Name[]): { [N in Name]: string } {
  const missing = wanted.filter((name) => settings[name] === undefined);
  if (missing.length > 0) {
    throw new UserError(
      missing.map((name) => {
        const { flag, operand, value, variable, about } = setting(name);
        const ways = [flag && `--${flag} ${value}`, operand && value, variable].filter(Boolean).join(' or ');
        return say`${ways} is missing (${about}). Set it and run the command again.`;
      }),
    );
  }
  return settings as { [N in Name]: string };
}
