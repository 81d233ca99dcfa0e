import { createServer } from 'node:net';
import { readFlags } from '../../generator/lib/command-line/flags.ts';
import { printError } from '../../generator/lib/console.ts';
import { UserError } from '../../generator/lib/errors.ts';
import { type Printable, say } from '../../generator/lib/printable.ts';

const HOST = '127.0.0.1';
const PORT = { flag: 'port', value: 'N' };
const HELP = { flag: 'help', short: 'h' };

/**
 * What `npm run demo` or `npm run dev` was given. Prints the help and ends the process where that is asked for, or where something else
 * is not understood.
 * @param switches that it takes beside `--port` and `--help`
 * @param env CCI_PORT of which counts where no `--port` is given
 */
export function readOptions(
  help: string,
  switches: readonly string[] = [],
  args = process.argv.slice(2),
  env = process.env,
) {
  const { flags, unknown } = readFlags(args, [PORT, HELP, ...switches.map((flag) => ({ flag }))]);
  const port = String(flags.port ?? (env.CCI_PORT || '4321'));
  // The sign-in has the next one.
  const isPort = /^\d{1,5}$/.test(port) && Number(port) > 0 && Number(port) < 65_535;
  const problems = isPort
    ? unknown
    : [
        ...unknown,
        say`${flags.port === undefined ? 'CCI_PORT' : '--port'}: ${port} is not a port: give a number from 1 to 65534.`,
      ];
  if (problems.length > 0 || flags.help) {
    for (const problem of problems) printError(problem);
    process.stdout.write(help);
    process.exit(problems.length > 0 ? 2 : 0);
  }
  return { port: Number(port), has: (name: string) => flags[name] === true };
}

/**
 * Look before anything is built whether ports can be had.
 * @param program as typed, such as `npm run demo`
 * @throws {UserError} that names the first which cannot, and the flag for another one
 */
export async function requirePorts(program: string, ports: readonly number[]): Promise<void> {
  for (const port of ports) {
    const why = await cannotListen(port);
    if (why) throw new UserError([busy(program, port, why)]);
  }
}

const busy = (program: string, port: number, why: string): Printable =>
  say`Port ${port} of ${HOST} cannot be used (${why}): something else is probably running there. Stop that, or give another port: ${program} -- --port ${port < 60_000 ? port + 100 : 4321}.`;

/** Listens for a moment. @returns the error's code; undefined where nothing is wrong */
function cannotListen(port: number): Promise<string | undefined> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => done(error.code ?? error.message));
    server.listen(port, HOST, () => server.close(() => done(undefined)));
  });
}
