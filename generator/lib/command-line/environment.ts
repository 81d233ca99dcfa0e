import { UserError } from '../errors.ts';
import { say } from '../printable.ts';

/**
 * Set the variables of a file, as Node's `--env-file-if-exists` does, by the same rules: those that are set already win. The flag itself
 * says of each run that there is no such file.
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
