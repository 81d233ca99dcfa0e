import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../../generator/render/version.ts';

/** Name of the base that `debianBase` makes. */
const BASE = 'localhost/cci-soak-node';

/** Images and containers of its own, in a folder that goes as a whole. */
export type Buildah = (...args: string[]) => string;

/** Buildah as root without a daemon; containers share the machine's kernel and network, and their files are a chroot. */
export function openBuildah(folder: string): Buildah {
  const places = ['--root', join(folder, 'images'), '--runroot', join(folder, 'run'), '--storage-driver', 'vfs'];
  return (...args) =>
    execFileSync('/usr/bin/buildah', [...places, ...args], {
      encoding: 'utf8',
      env: { ...process.env, BUILDAH_ISOLATION: 'chroot' },
      stdio: ['ignore', 'pipe', 2],
      maxBuffer: 64 * 1024 * 1024,
    }).trim();
}

const codename = (): string =>
  /^VERSION_CODENAME=(\w+)$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'stable';

/** What Docker Hub's `node:24-slim` is, as far as the images need it: a least Debian with this Node and a user `node`. @returns its name */
export function debianBase(buildah: Buildah, folder: string): string {
  const files = join(folder, 'debian.tar');
  execFileSync('/usr/bin/mmdebstrap', ['--variant=minbase', '--quiet', codename(), files], { stdio: ['ignore', 2, 2] });
  const container = buildah('from', 'scratch');
  buildah('add', container, files, '/');
  buildah('copy', container, process.execPath, '/usr/local/bin/node');
  buildah('run', container, '--', 'useradd', '--create-home', '--uid', '1000', 'node');
  buildah('commit', '--rm', container, BASE);
  return BASE;
}

/**
 * Build a target of the Dockerfile, with packs that are there already in place of its first stage. @returns the image's name
 * @param packs folder with the packs
 */
export function buildTarget(
  buildah: Buildah,
  target: string,
  { base, packs, folder }: { base: string; packs: string; folder: string },
): string {
  // The first stage leaves them there.
  const stage = join(folder, 'stage');
  mkdirSync(join(stage, 'src'), { recursive: true });
  execFileSync('cp', ['-a', packs, join(stage, 'src', '.pack')]);
  const empty = join(folder, 'context');
  mkdirSync(empty, { recursive: true });
  writeFileSync(join(empty, 'nothing'), '');
  const name = `localhost/cci-soak-${target}`;
  buildah(
    ...['build', '--format', 'docker', '--target', target, '--tag', name],
    ...[
      '--file',
      join(ROOT, 'scripts/docker/Dockerfile'),
      '--build-arg',
      `NODE=${base}`,
      '--build-context',
      `pack=${stage}`,
      empty,
    ],
  );
  return name;
}
