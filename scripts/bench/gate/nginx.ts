import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { freePort } from '../../demo/identity/free-port.ts';

/** Where nginx is, or undefined. Nothing is installed for it. */
export const findNginx = (): string | undefined =>
  [...(process.env.PATH ?? '').split(':').map((folder) => join(folder, 'nginx')), '/usr/sbin/nginx'].find(existsSync);

/** A running server of the benchmark. */
export interface Running extends AsyncDisposable {
  port: number;
  pid: number;
}

/** One worker of nginx. @param server what stands in the `server` block; `http` above it */
export async function startNginx(program: string, folder: string, server: string, http = ''): Promise<Running> {
  const port = await freePort();
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, 'nginx.conf'),
    `daemon off; user root; worker_processes 1; pid ${folder}/pid; error_log ${folder}/error.log;
events { worker_connections 4096; }
http {
  access_log off; keepalive_requests 1000000; sendfile on; tcp_nopush on; tcp_nodelay on; open_file_cache max=100;
  client_body_temp_path ${folder}/b; proxy_temp_path ${folder}/p; fastcgi_temp_path ${folder}/f; uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
  ${http}
  server { listen 127.0.0.1:${port}; ${server} }
}
`,
  );
  const child = spawn(program, ['-p', folder, '-c', join(folder, 'nginx.conf')], {
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  const ended = once(child, 'exit');
  await listening(port, ended);
  return {
    port,
    pid: child.pid as number,
    async [Symbol.asyncDispose]() {
      child.kill();
      await ended;
    },
  };
}

/** Until somebody answers there. @throws where the program ends first */
async function listening(port: number, ended: Promise<unknown>): Promise<void> {
  let over = false;
  void ended.then(() => (over = true));
  for (let tries = 0; tries < 200 && !over; tries++) {
    const open = await new Promise<boolean>((done) => {
      const socket = connect(port, '127.0.0.1', () => done(true)).on('error', () => done(false));
      socket.on('connect', () => socket.destroy());
    });
    if (open) return;
    await new Promise((done) => setTimeout(done, 25));
  }
  throw new Error('nginx did not start; its error.log says why');
}
