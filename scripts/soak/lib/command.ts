import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../../../generator/render/version.ts';

/** Run a command of this project with its output shown. @returns its exit status */
export function runTool(name: string, args: string[]): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(join(ROOT, 'node_modules/.bin', name), args, { cwd: ROOT, stdio: ['ignore', 1, 2] });
    child.on('error', () => resolve(1));
    child.on('exit', (status) => resolve(status ?? 1));
  });
}

/** Run unit tests in their long form: they may take as long as they do. @returns the exit status */
export function runTests(...args: string[]): Promise<number> {
  process.env.CCI_NO_LIMIT = '1';
  return runTool('vitest', ['run', ...args]);
}
