import { columns } from '../lib/words.ts';
import { SETTINGS, type Setting, type SettingName } from '../settings.ts';
import type { Command } from './command.ts';

/** Made from the tables of commands and settings, so that it cannot be out of date. */
export function help(commands: { [name: string]: Command }, name: string | undefined): string {
  const command = name === undefined ? undefined : commands[name];
  const table = (rows: [string, string][]): string[] => columns(rows).map((line) => `  ${line}`);
  const names = command
    ? [...command.settings, 'json' as const, 'help' as const]
    : (Object.keys(SETTINGS) as SettingName[]);
  const settings = names.map((each): Setting => SETTINGS[each]);
  const flags = settings.filter(({ flag }) => flag !== undefined);
  const variables = settings.filter(({ variable }) => variable !== undefined);
  const note = ({ about, default: fallback }: Setting) =>
    fallback === undefined ? about : `${about} (default ${fallback})`;
  return [
    command ? `npm run reports -- ${name}: ${command.about}` : 'npm run reports -- COMMAND',
    '',
    ...(command ? [] : [...table(Object.entries(commands).map(([each, { about }]) => [each, about])), '']),
    'Flags (they win over the environment):',
    ...table(flags.map((each) => [`--${each.flag}${each.value ? ` ${each.value}` : ''}`, note(each)])),
    '',
    'Environment:',
    ...table(variables.map((each) => [each.variable ?? '', note(each)])),
    '',
    'Exit status: 0 success; 1 at least one organization failed (the rest were published); 2 invalid arguments or settings.',
  ].join('\n');
}
