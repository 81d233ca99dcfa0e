import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Buildah } from './buildah.ts';

/** What an image says of itself. */
export interface ImageConfig {
  User: string;
  WorkingDir: string;
  Env: string[];
  Entrypoint: string[];
  Cmd: string[];
  Healthcheck?: { Test: string[] };
}

export const configOf = (buildah: Buildah, image: string): ImageConfig =>
  (JSON.parse(buildah('inspect', '--type', 'image', image)) as { Docker: { config: ImageConfig } }).Docker.config;

/** All is read-only but an empty /tmp and a folder of the machine; the user is the image's, without any right of root. */
const SCRIPT = `set -e
mount --bind "$0" "$0"
mount -o remount,ro,bind "$0"
mount -t tmpfs tmpfs "$0/tmp"
mount -t proc proc "$0/proc"
mkdir -p "$0/tmp/data"
mount --bind "$1" "$0/tmp/data"
user=$2 place=$3
shift 3
cd "$0"
exec chroot . setpriv --reuid="\${user%:*}" --regid="\${user#*:}" --clear-groups --bounding-set=-all --no-new-privs /bin/sh -c 'cd "$0" && exec "$@"' "$place" "$@"`;

/**
 * Run a program of an image as \`docker run --read-only --tmpfs /tmp\` does, as far as its files, its user and its environment go.
 * @param data folder that it finds in /tmp/data
 */
export function runInImage(
  buildah: Buildah,
  image: string,
  { data, args, env }: { data: string; args: string[]; env: NodeJS.ProcessEnv },
): ChildProcess {
  const { User, WorkingDir, Env } = configOf(buildah, image);
  const files = buildah('mount', buildah('from', '--pull-never', image));
  const own = Object.fromEntries(
    Env.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
  return spawn(
    'unshare',
    [
      '--mount',
      '--pid',
      '--fork',
      '--kill-child',
      '/bin/bash',
      '-c',
      SCRIPT,
      join(files),
      data,
      User,
      WorkingDir,
      ...args,
    ],
    {
      env: { PATH: '/usr/local/bin:/usr/bin:/bin', ...own, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
}
