import { type ChildProcess, spawn } from 'node:child_process';
import type { Buildah } from './buildah.ts';

/** What an image says of itself. */
interface ImageConfig {
  User: string;
  WorkingDir: string;
  Env: string[];
  Entrypoint: string[];
  Cmd: string[];
  Healthcheck?: { Test: string[] };
}

/** An image whose files lie in a folder. */
export interface OpenImage {
  config: ImageConfig;
  files: string;
}

/** Its files are those of one container, which runs nothing by itself. */
export function openImage(buildah: Buildah, image: string): OpenImage {
  const { Docker } = JSON.parse(buildah('inspect', '--type', 'image', image)) as { Docker: { config: ImageConfig } };
  return { config: Docker.config, files: buildah('mount', buildah('from', '--pull-never', image)) };
}

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

/** A program that runs in an image. */
export interface Contained {
  child: ChildProcess;
  /** End it and all that it has started. */
  kill(): void;
}

/**
 * Run a program of an image as `docker run --read-only --tmpfs /tmp` does, as far as its files, its user and its environment go.
 * @param data folder that it finds in /tmp/data
 */
export function runInImage(
  { config: { User, WorkingDir, Env }, files }: OpenImage,
  { data, args, env }: { data: string; args: string[]; env: NodeJS.ProcessEnv },
): Contained {
  const own = Object.fromEntries(
    Env.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
  const script = ['/bin/bash', '-c', SCRIPT, files, data, User, WorkingDir, ...args];
  const child = spawn('unshare', ['--mount', '--pid', '--fork', ...script], {
    // A group of its own: the program has another user, and does not end with the one that started it.
    detached: true,
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', ...own, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return { child, kill: () => void process.kill(-(child.pid as number), 'SIGKILL') };
}
