import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { SkippedError } from '../lib/check.ts';

let isListed = false;

/**
 * Programs of Debian's packages; installed when root, as Chromium is.
 * @throws {SkippedError} where they are not there and cannot be had
 */
export function needPrograms(programs: readonly string[], packages: readonly string[]): void {
  const missing = () => programs.filter((program) => !existsSync(program));
  if (missing().length === 0) return;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    if (!isListed) apt('update');
    isListed = true;
    apt('install', '-y', '--no-install-recommends', ...packages);
  }
  if (missing().length > 0)
    throw new SkippedError(
      `missing: ${missing().join(', ')}. Install ${packages.join(', ')} (Debian), then run it again.`,
    );
}

const apt = (...args: string[]) =>
  spawnSync('apt-get', args, {
    stdio: ['ignore', 'ignore', 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
