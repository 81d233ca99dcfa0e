import { printError } from '../lib/console.ts';
import { messageOf } from '../lib/errors.ts';
import { jsonLine, say } from '../lib/printable.ts';
import type { Settings } from '../settings.ts';
import type { Answer } from './command.ts';

/** How long requests under way may take after the gate was told to stop. */
const GRACE_MS = 10_000;

/** `serve`: the gate. It goes on after the answer, until it is told to stop: then it ends what is under way. */
export async function serve(settings: Settings): Promise<Answer> {
  const { serve: start } = await import('../../site/gate/serve.ts');
  // With --json standard output is for the one object; else the access log goes there, one line per request.
  const toErrors = (line: object) => printError(jsonLine(line));
  const gate = await (settings.json ? start(settings, toErrors) : start(settings));
  const stop = () => {
    gate.close(GRACE_MS).catch((error: unknown) => {
      printError(say`The gate stopped, but could not write all of its audit trail: ${messageOf(error)}`);
      process.exitCode = 1;
    });
  };
  process.once('SIGTERM', stop).once('SIGINT', stop);
  const { url, metricsUrl } = gate;
  const mode = settings.development
    ? [
        say`Development mode: sessions of a development instance of Clerk, for this machine only, and a banner on each page. Open ${settings.siteUrl ?? `http://localhost:${settings.port ?? ''}`}.`,
      ]
    : [];
  const metrics = metricsUrl === undefined ? [] : [say`Its metrics are at ${metricsUrl}.`];
  return {
    json: { url, ...(metricsUrl !== undefined && { metricsUrl }) },
    text: [...mode, say`The gate listens on ${url}. Stop it with Ctrl+C.`, ...metrics],
    failed: false,
  };
}

/** What the gate would rely on, without starting it. @throws {UserError} with every problem at once, as `serve` does */
export const gateSettingsOf = async (settings: Settings) =>
  (await import('../../site/gate/settings.ts')).gateSettings(settings, { production: true });
