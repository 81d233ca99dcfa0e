import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { openStore } from '../../generator/store/open.ts';
import { demoTenants } from '../demo/data/tenants.ts';
import { writeDemoData } from '../demo/data/write.ts';
import { freePort } from '../demo/identity/free-port.ts';
import { needPrograms } from './engines/install.ts';
import { buildTarget, debianBase, openBuildah } from './images/buildah.ts';
import { openImage, runInImage } from './images/contained.ts';
import { type Check, type CheckOptions, must, SkippedError, until } from './lib/check.ts';
import { production } from './packed/gate.ts';
import { packInto } from './packed/pack.ts';
import { NOW } from './packed/story.ts';

export const check: Check = {
  does: 'the images of scripts/docker on a least Debian, built by buildah (as root): not root, all but /tmp read-only, without rights; the generator builds the demo, the gate starts and is healthy',
  async run({ say }) {
    if (process.getuid?.() !== 0) throw new SkippedError('buildah makes images without a daemon as root only');
    needPrograms(
      ['/usr/bin/buildah', '/usr/bin/mmdebstrap', '/usr/bin/setpriv'],
      ['buildah', 'mmdebstrap', 'util-linux'],
    );
    const folder = mkdtempSync(join(tmpdir(), 'cci-images-'));
    const buildah = openBuildah(folder);
    try {
      await checkImages(folder, say);
    } finally {
      buildah('umount', '--all');
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function checkImages(folder: string, say: CheckOptions['say']): Promise<void> {
  const buildah = openBuildah(folder);
  const packs = join(folder, 'packs');
  packInto(packs);
  const base = debianBase(buildah, folder);
  say('the base is made');
  const open = (target: string) => openImage(buildah, buildTarget(buildah, target, { base, packs, folder }));
  const [gate, generator] = [open('gate'), open('generator')];
  for (const { config } of [gate, generator]) {
    const { User, Entrypoint, Cmd, Healthcheck } = config;
    must(User === '1000:1000', `an image runs as ${User}`);
    must(
      (config === gate.config) === (Healthcheck !== undefined),
      `it has the health check ${JSON.stringify(Healthcheck)}`,
    );
    say(`an image: ${[...Entrypoint, ...Cmd].join(' ')} as ${User}`);
  }

  const data = join(folder, 'data');
  mkdirSync(join(data, 'reports'), { recursive: true });
  // The containers' user writes to it.
  for (const path of [folder, data]) chmodSync(path, 0o755);
  chmodSync(join(data, 'reports'), 0o777);
  const [results, config, input] = ['results', 'config', 'input'].map((name) => openStore(`file:${join(data, name)}`));
  if (!(results && config && input)) throw new Error('no stores');
  await writeDemoData({ results, config, input }, { now: new Date(NOW), callsPerDay: [2, 3] });
  const stores = Object.fromEntries(
    ['results', 'config', 'reports'].map((name) => [`CCI_${name.toUpperCase()}_URL`, `file:/tmp/data/${name}`]),
  );
  const build = runInImage(generator, {
    data,
    args: [...generator.config.Entrypoint, 'build', '--now', NOW],
    env: stores,
  });
  const [said, wrong] = await Promise.all(
    [build.child.stdout, build.child.stderr].map((stream) => (stream ? text(stream) : '')),
  );
  for (const { org } of demoTenants)
    must(said?.includes(`${org}: published build 1`), `the build said:\n${said}${wrong}`);
  say('the generator has built the demo');

  const port = String(await freePort());
  const env = { ...production('file:/tmp/data/reports'), CCI_AUDIT: '', CCI_PORT: port };
  const { Entrypoint, Cmd, Healthcheck } = gate.config;
  const serving = runInImage(gate, { data, args: [...Entrypoint, ...Cmd], env });
  try {
    await until('the gate is healthy', async () => {
      must(
        serving.child.exitCode === null,
        `the gate ended with ${serving.child.exitCode}: ${serving.child.stderr?.read()}`,
      );
      return fetch(`http://127.0.0.1:${port}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      );
    });
    const health = (at: string) =>
      new Promise<number | null>((done) => {
        const args = Healthcheck?.Test.slice(1) ?? [];
        runInImage(gate, { data, args, env: { ...env, CCI_PORT: at } }).child.on('exit', (status) => done(status));
      });
    must((await health(port)) === 0, 'the health check fails at a healthy gate');
    must((await health(String(await freePort()))) === 1, 'the health check passes where no gate is');
    say('the gate is healthy, and its health check tells it from none');
  } finally {
    serving.kill();
  }
}
