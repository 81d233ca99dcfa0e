import { type Printable, say } from '../lib/printable.ts';
import { columns } from '../lib/words.ts';
import { SETTINGS, type Setting, type SettingName } from '../settings.ts';
import type { Command } from './command.ts';

/**
 * Made from the tables of commands and settings, so that it cannot be out of date.
 * @param program what a command is typed behind
 */
export function help(
  commands: { [name: string]: Command },
  name: string | undefined,
  program = 'npm run reports --',
): Printable[] {
  const command = name === undefined ? undefined : commands[name];
  const table = (rows: [string, string][]): Printable[] => columns(rows).map((line) => say`  ${line}`);
  const names = command
    ? [...command.settings, 'json' as const, 'help' as const]
    : (Object.keys(SETTINGS) as SettingName[]);
  const settings = names.map((each): Setting => SETTINGS[each]);
  const flags = settings.filter(({ flag }) => flag !== undefined);
  const variables = settings.filter(({ variable }) => variable !== undefined);
  const note = ({ about, default: fallback }: Setting) =>
    fallback === undefined ? about : `${about} (default ${fallback})`;
  return [
    command ? say`${program} ${name ?? ''}: ${command.about}` : say`${program} COMMAND`,
    say``,
    ...(command ? [] : [...table(Object.entries(commands).map(([each, { about }]) => [each, about])), say``]),
    say`Flags (they win over the environment):`,
    ...table(flags.map((each) => [`--${each.flag}${each.value ? ` ${each.value}` : ''}`, note(each)])),
    say``,
    say`Environment:`,
    ...table(variables.map((each) => [each.variable ?? '', note(each)])),
    say``,
    say`Exit status:`,
    ...table([
      ['0', 'all went well'],
      ['1', 'something failed or needs a person, and the output names it; what it does not name was done'],
      [
        '2',
        'nothing was done: an argument, a setting, or the access that the settings give is wrong, and the output says which',
      ],
    ]),
  ];
}
