import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { installDebian } from '../../fixtures/debian.ts';

/** A running server; its objects live in memory. */
export interface Radosgw extends AsyncDisposable {
  endpoint: string; // e.g., "http://127.0.0.1:40123"
  credentials: { accessKeyId: string; secretAccessKey: string };
}

const PACKAGES = ['radosgw', 'ceph-mon', 'ceph-osd'];
const START_MS = 90_000;
/** Daemons of a test run that was killed end by themselves. */
const LIFE_S = 600;

const run = async (command: string, args: string[], timeout = START_MS): Promise<string> =>
  (await promisify(execFile)(command, args, { timeout, maxBuffer: 2 ** 26, killSignal: 'SIGKILL' })).stdout;

/** Install Debian's packages where they are missing. @throws where that cannot be done here. */
export const installRadosgw = (): Promise<void> =>
  installDebian(
    PACKAGES,
    PACKAGES.map((name) => `/usr/bin/${name}`),
  );

/** One monitor, one storage daemon in memory and one gateway, on loopback. @throws where they are not up in time. */
export async function startRadosgw(): Promise<Radosgw> {
  const until = Date.now() + START_MS;
  const folder = mkdtempSync(join(tmpdir(), 'cci-rgw-'));
  const daemons: ChildProcess[] = [];
  const stop = async () => {
    const running = daemons.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
    await Promise.all(running.map((daemon) => new Promise((ended) => daemon.once('exit', ended).kill('SIGTERM'))));
    rmSync(folder, { recursive: true, force: true });
  };
  const at = (...names: string[]) => join(folder, ...names);
  const conf = ['-c', at('ceph.conf')];
  const ceph = (...args: string[]) => run('ceph', [...conf, '--connect-timeout', '20', ...args]);
  const keyring = (file: string, ...args: string[]) => run('ceph-authtool', ['--create-keyring', at(file), ...args]);
  const start = (command: string, ...args: string[]) =>
    daemons.push(spawn('timeout', ['-k', '5', `${LIFE_S}`, command, ...conf, ...args, '-f'], { stdio: 'ignore' }));
  const wait = async (what: string, ready: () => Promise<boolean>) => {
    while (!(await ready().catch(() => false))) {
      if (Date.now() > until) throw new Error(`${what} was not up within ${START_MS / 1000} s`);
      await new Promise((wake) => setTimeout(wake, 200));
    }
  };
  try {
    const [v2 = 0, v1 = 0, web = 0] = await freePorts(3);
    const [fsid, osd] = [randomUUID(), randomUUID()];
    for (const name of ['mon', 'osd', 'rgw']) mkdirSync(at(name));
    const addresses = `[v2:127.0.0.1:${v2},v1:127.0.0.1:${v1}]`;
    writeFileSync(at('ceph.conf'), configuration(folder, fsid, addresses, web));
    const all = ['mon', 'osd', 'mgr'].flatMap((daemon) => ['--cap', daemon, 'allow *']);
    await keyring('seed.keyring', '--gen-key', '-n', 'mon.', '--cap', 'mon', 'allow *');
    await keyring('client.admin.keyring', '--gen-key', '-n', 'client.admin', ...all);
    await run('ceph-authtool', [at('seed.keyring'), '--import-keyring', at('client.admin.keyring')]);
    await run('monmaptool', ['--create', '--fsid', fsid, '--addv', 'a', addresses, at('monmap')]);
    await run('ceph-mon', [...conf, '--mkfs', '-i', 'a', '--monmap', at('monmap'), '--keyring', at('seed.keyring')]);
    start('ceph-mon', '-i', 'a');
    await wait('ceph-mon', async () => (await ceph('status')) !== '');

    const key = (await run('ceph-authtool', ['--gen-print-key'])).trim();
    writeFileSync(at('secret.json'), JSON.stringify({ cephx_secret: key }));
    await ceph('osd', 'new', osd, '0', '-i', at('secret.json'));
    await keyring('osd/keyring', '-n', 'osd.0', '--add-key', key);
    await run('ceph-osd', [...conf, '-i', '0', '--mkfs', '--osd-uuid', osd]);
    start('ceph-osd', '-i', '0');
    await wait('ceph-osd', async () => (await ceph('osd', 'stat')).includes('1 up'));

    const rights = ['mon', 'allow rwx', 'osd', 'allow rwx'];
    await ceph('auth', 'get-or-create', 'client.rgw', ...rights, '-o', at('rgw', 'keyring'));
    start('radosgw', '-n', 'client.rgw');
    const endpoint = `http://127.0.0.1:${web}`;
    await wait('radosgw', async () => (await fetch(endpoint, { signal: AbortSignal.timeout(2000) })).ok);
    const credentials = { accessKeyId: 'CCITEST', secretAccessKey: randomUUID() };
    const keys = ['--access-key', credentials.accessKeyId, '--secret-key', credentials.secretAccessKey];
    await run('radosgw-admin', [...conf, 'user', 'create', '--uid', 'cci', '--display-name', 'cci', ...keys]);
    return { endpoint, credentials, [Symbol.asyncDispose]: stop };
  } catch (error) {
    const log = existsSync(at('client.rgw.log')) ? readFileSync(at('client.rgw.log'), 'utf8').slice(-500) : '';
    await stop();
    throw log ? new Error(`${error}\n${log}`) : error;
  }
}

/** Ports that nobody listens on now. All are held until the last is known, so that none comes twice. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  for (const server of servers) await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  for (const server of servers) await new Promise((closed) => server.close(closed));
  return ports;
}

/** One copy of everything, since there is one daemon; authentication stays on, as radosgw insists on it. */
const configuration = (folder: string, fsid: string, addresses: string, web: number): string => `[global]
fsid=${fsid}
mon_host=${addresses}
public_addr=127.0.0.1
cluster_addr=127.0.0.1
auth_cluster_required=cephx
auth_service_required=cephx
auth_client_required=cephx
run_dir=${folder}
admin_socket=${folder}/$name.asok
log_file=${folder}/$name.log
mon_cluster_log_file=${folder}/cluster.log
pid_file=
keyring=${folder}/$name.keyring
mon_data=${folder}/mon
mon_allow_pool_size_one=true
mon_max_pg_per_osd=1000
osd_data=${folder}/osd
osd_objectstore=memstore
osd_pool_default_size=1
osd_pool_default_min_size=1
osd_pool_default_pg_num=1
osd_pool_default_pgp_num=1
osd_pool_default_pg_autoscale_mode=off
osd_crush_chooseleaf_type=0
[osd]
keyring=${folder}/osd/keyring
[client.rgw]
rgw_data=${folder}/rgw
keyring=${folder}/rgw/keyring
rgw_frontends=beast endpoint=127.0.0.1:${web}
`;
