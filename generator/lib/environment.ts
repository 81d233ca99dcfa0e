import { UserError } from './errors.ts';
import { say } from './printable.ts';

/**
 * Set the variables of a file, by Node's own rules for `--env-file-if-exists`: those that are set already win.
 * @throws {UserError} where it is there and cannot be read
 */
export function readEnvironment(file: string): void {
  try {
    process.loadEnvFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw new UserError([say`${file} is there, but cannot be read. Make it a file that you may read, or remove it.`]);
  }
}
