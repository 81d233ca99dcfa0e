import { serve as start } from '../../site/gate/serve.ts';
import type { Settings } from '../settings.ts';
import type { Answer } from './command.ts';

/** `serve`: the gate. It goes on after the answer. */
export async function serve(settings: Settings): Promise<Answer> {
  // With --json standard output is for the one object; else the access log goes there, a line a request.
  const toErrors = (line: object) => void process.stderr.write(`${JSON.stringify(line)}\n`);
  const { url } = await (settings.json ? start(settings, toErrors) : start(settings));
  return { json: { url }, text: [`The gate listens on ${url}. Stop it with Ctrl+C.`], failed: false };
}
