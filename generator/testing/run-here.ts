import { vi } from 'vitest';
import { main } from '../cli.ts';

/** What one call of the command line came to. */
export interface Said {
  status: number | null;
  stdout: string;
  stderr: string;
}

/**
 * One call of the command line in this thread: all but the process itself, which takes longer to start than most commands to run.
 * @param args as typed
 * @param env the variables that it is set up by; others of that kind are not there meanwhile
 */
export async function runHere(args: string[], env: NodeJS.ProcessEnv): Promise<Said> {
  const said = { stdout: '', stderr: '' };
  const hear =
    (stream: keyof typeof said, end = '') =>
    (text: unknown) => {
      said[stream] += `${text}${end}`;
      return true;
    };
  const before = { ...process.env };
  for (const name of Object.keys(before)) if (/^(?:CCI|AWS)_/.test(name)) delete process.env[name];
  Object.assign(process.env, env);
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(hear('stdout')),
    vi.spyOn(process.stderr, 'write').mockImplementation(hear('stderr')),
    vi.spyOn(console, 'error').mockImplementation(hear('stderr', '\n')),
  ];
  try {
    return { status: await main(args), ...said };
  } finally {
    for (const spy of spies) spy.mockRestore();
    for (const name of Object.keys(process.env)) if (!Object.hasOwn(before, name)) delete process.env[name];
    Object.assign(process.env, before);
  }
}
