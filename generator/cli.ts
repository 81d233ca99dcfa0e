import { help } from './commands/help.ts';
import { commandsIn, notACommand } from './commands/packed.ts';
import { COMMANDS } from './commands/table.ts';
import { print, printError } from './lib/console.ts';
import { Damaged, messageOf, problemsOf, stackOf, Unavailable, UserError } from './lib/errors.ts';
import { jsonLine, say } from './lib/printable.ts';
import { ownPack } from './render/pack.ts';
import { readSettings } from './settings.ts';

/** A command of two words is one name. */
const named = ([first = '', second = '', ...rest]: string[]): string[] =>
  Object.hasOwn(COMMANDS, `${first} ${second}`)
    ? [`${first} ${second}`, ...rest]
    : [first, second, ...rest].filter((word, at) => at > 1 || word !== '');

/** Exit status and output of one call. The only place where errors are caught and turned into words. */
export async function main(given: string[]): Promise<number> {
  const [name, ...args] = named(given);
  const json = args.includes('--json');
  try {
    const commands = commandsIn(ownPack(), COMMANDS);
    if (name === undefined || name === '--help' || args.includes('--help')) {
      for (const line of help(
        commands,
        name === '--help' ? undefined : name,
        ownPack() && 'node generator/reports.mjs',
      ))
        print(line);
      return name === undefined ? 2 : 0;
    }
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (!command) throw notACommand(name, commands, COMMANDS);
    const answer = await command.run(readSettings(args, process.env, [...command.settings, 'json']));
    if (json) print(jsonLine(answer.json));
    else for (const line of answer.text) print(line);
    return answer.failed ? 1 : 0;
  } catch (error) {
    return explain(error, json);
  }
}

/** Says why a command ended early, and returns its exit status. */
function explain(error: unknown, json: boolean): number {
  const isKnown = error instanceof UserError || error instanceof Damaged;
  const problems = isKnown ? problemsOf(error) : [say`Unexpected error: ${messageOf(error)}`];
  if (json) print(jsonLine({ problems }));
  for (const problem of problems) printError(problem);
  if (!isKnown && process.env.CCI_DEBUG) for (const line of stackOf(error)) printError(line);
  return error instanceof UserError && !(error instanceof Unavailable) ? 2 : 1;
}

/** One call as a process: its exit status is the command's. */
export async function runCommand(given: string[]): Promise<void> {
  // Node would print it as it is.
  process.on('uncaughtException', (error) => process.exit(explain(error, false)));
  const status = await main(given);
  // The gate goes on serving; everything else is over.
  if (given[0] !== 'serve' || status !== 0) process.exit(status);
}

// By itself it works too, and starts more slowly: `reports.mjs` has Node keep what it makes of sources.
if (import.meta.main) await runCommand(process.argv.slice(2));
