import { GENERAL, help, usage } from './commands/help.ts';
import { commandsIn, notInPack } from './commands/packed.ts';
import { readRequest } from './commands/request.ts';
import { COMMANDS } from './commands/table.ts';
import { readEnvironment } from './lib/command-line/environment.ts';
import { STOP_SIGNALS } from './lib/command-line/stop.ts';
import { print, printError, terminalWidth } from './lib/console.ts';
import { Damaged, messageOf, problemsOf, stackOf, Unavailable, UserError } from './lib/errors.ts';
import { jsonLine, say } from './lib/printable.ts';
import { ownPack } from './render/pack.ts';
import { readSettings } from './settings.ts';

/** Exit status and output of one call. The only place where errors are caught and turned into words. */
export async function main(given: string[]): Promise<number> {
  const json = given.includes('--json');
  try {
    const request = readRequest(given, Object.keys(COMMANDS));
    if (request.kind === 'version') return await sayVersion(json);
    const commands = commandsIn(ownPack(), COMMANDS);
    const name = request.kind === 'help' ? request.about : request.name;
    if (name !== undefined && !Object.hasOwn(commands, name)) throw notInPack(name, commands);
    if (request.kind === 'help') {
      const width = terminalWidth();
      for (const line of request.isAsked ? help(commands, name, width) : usage(commands, width)) print(line);
      return request.isAsked ? 0 : 2;
    }
    const command = commands[request.name] as (typeof COMMANDS)[string];
    const wrong = command.checksSettings ? [] : undefined;
    const settings = readSettings(request.args, process.env, [...command.settings, ...GENERAL], wrong);
    const answer = await command.run(settings, wrong);
    if (json) print(jsonLine(answer.json));
    else for (const line of answer.text) print(line);
    if (answer.signal) return STOP_SIGNALS[answer.signal];
    return answer.failed ? 1 : 0;
  } catch (error) {
    return explain(error, json);
  }
}

async function sayVersion(json: boolean): Promise<number> {
  const version = (await import('./commands/version.ts')).readVersion();
  const { commit } = version;
  print(json ? jsonLine(version) : say`cci-reports ${version.version}${commit ? ` (${commit})` : ''}`);
  return 0;
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

/**
 * One call as a process: its exit status is the command's.
 * @param file with variables for the environment, where there is one; those that are set already win
 */
export async function runCommand(given: string[], file?: string): Promise<void> {
  // Node would print it as it is.
  process.on('uncaughtException', (error) => process.exit(explain(error, false)));
  try {
    if (file !== undefined) readEnvironment(file);
  } catch (error) {
    process.exit(explain(error, given.includes('--json')));
  }
  const status = await main(given);
  // A server goes on; everything else is over.
  if (status !== 0 || COMMANDS[given[0] ?? '']?.goesOn !== true) process.exit(status);
}

// By itself it works too, and starts more slowly: `reports.mjs` has Node keep what it makes of sources.
if (import.meta.main) await runCommand(process.argv.slice(2));
