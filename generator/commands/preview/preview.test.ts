import { expect, it } from 'vitest';
import { build, tenant } from '../../fixtures/world.ts';
import { memoryStore } from '../../store/memory.ts';
import { type BuildEnd, openBuilds } from './builds.ts';
import { startServer } from './server.ts';
import { previewSite } from './site.ts';
import { watchConfiguration } from './watch.ts';

const made = tenant([{ id: 'c1' }]).then(async (world) => {
  await build(world, 'org_1');
  return world;
});

/** The preview of one small site. */
async function shown() {
  const world = await made;
  const server = await startServer(previewSite(world.reports, 'org_1'), 0);
  const { port } = new URL(server.url);
  return {
    world,
    server,
    port,
    get: (path: string, options: RequestInit = {}) => fetch(`${server.url}${path}`, options),
  };
}

/** With headers that `fetch` lets nobody set. */
async function rawStatus(port: string, lines: string[]): Promise<string> {
  const { connect } = await import('node:net');
  return new Promise((done, fail) => {
    let answer = '';
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(`${lines.join('\r\n')}\r\n\r\n`));
    socket.on('data', (data) => {
      answer += data;
      socket.end();
    });
    socket.on('close', () => done(answer.split(' ')[1] ?? '')).on('error', fail);
  });
}

it('shows pages with the policy that the gate gives them, their data, and a script that loads them again', async () => {
  const { server, get, world } = await shown();
  await using _ = server;
  await world.reports.put('assets/app.0.js', 'x()');
  const page = await get('/calls/c1/');
  expect(page.status).toBe(200);
  expect(page.headers.get('content-security-policy')).toBe("default-src 'none'");
  expect(page.headers.get('cache-control')).toBe('no-store');
  expect(await page.text()).toContain('<script type="module" src="/_preview/reload.js"></script>');
  expect((await get('/_preview/reload.js')).headers.get('content-type')).toContain('text/javascript');
  const data = await get('/data/status.json');
  expect(data.headers.get('content-security-policy')).toContain('sandbox');
  expect(await data.json()).toMatchObject({});
  expect(await (await get('/assets/app.0.js')).text()).toBe('x()');
  expect((await get('/calls', { redirect: 'manual' })).headers.get('location')).toBe('/calls/');
  for (const path of [
    '/nothing/',
    '/404.html',
    '/assets/none.js',
    '/assets/..%2forg_1%2fpointer.json',
    '/pointer.json',
    '/%00',
  ])
    expect([path, (await get(path)).status]).toEqual([path, 404]);
  const [method, cut] = [await get('/', { method: 'POST' }), await get('/%zz')];
  expect([method.status, cut.status]).toEqual([405, 400]);
});

it.each([
  ['another name that leads here', ['GET / HTTP/1.1', 'Host: evil.example'], '421'],
  ['no port', ['GET / HTTP/1.1', 'Host: 127.0.0.1'], '421'],
  [
    'a script of another site',
    ['GET / HTTP/1.1', 'Host: HERE', 'Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: no-cors'],
    '403',
  ],
  [
    'a link of another site',
    ['GET / HTTP/1.1', 'Host: HERE', 'Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate'],
    '200',
  ],
])('answers %s with %s', async (_what, lines, status) => {
  const { server, port } = await shown();
  await using _ = server;
  expect(
    await rawStatus(
      port,
      lines.map((line) => line.replace('HERE', `localhost:${port}`)),
    ),
  ).toBe(status);
});

it('says that there is no site yet, tells open pages of builds, and names a port that is taken', async () => {
  await using server = await startServer(previewSite(memoryStore(), 'org_1'), 0);
  const first = await fetch(`${server.url}/`);
  expect(first.status).toBe(503);
  expect(first.headers.get('content-security-policy')).toContain("script-src 'self'");
  expect(await first.text()).toContain('src="/_preview/reload.js"');
  const events = (await fetch(`${server.url}/_preview/events`)).body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await events?.read())?.value).toContain(': open');
  server.tell('failed', 'one\ntwo');
  expect((await events?.read())?.value).toBe('event: failed\ndata: one\ndata: two\n\n');
  await events?.cancel();
  const later = (await fetch(`${server.url}/_preview/events`)).body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await later?.read())?.value).toBe(': open\n\nevent: failed\ndata: one\ndata: two\n\n');
  await later?.cancel();
  const { port } = new URL(server.url);
  await expect(startServer(previewSite(memoryStore(), 'org_1'), Number(port))).rejects.toThrow(
    `--port: port ${port} is used`,
  );
});

it('builds one after the other, once for all that came meanwhile, and goes on after one that failed', async () => {
  const causes: string[] = [];
  const told: BuildEnd[] = [];
  const first = Promise.withResolvers<void>();
  await using builds = openBuilds(
    async (cause) => {
      causes.push(cause);
      if (causes.length === 1) await first.promise;
      if (causes.length === 2) throw new Error('no disk');
      return { kind: 'published' };
    },
    (end) => void told.push(end),
  );
  builds.ask('other');
  for (const cause of ['other', 'templates', 'other'] as const) builds.ask(cause);
  first.resolve();
  await builds.idle();
  builds.ask('other');
  await builds.idle();
  expect(causes).toEqual(['other', 'templates', 'other']);
  expect(told.map(({ kind }) => kind)).toEqual(['published', 'failed', 'published']);
});

it('hears of another configuration, and of nothing else', async () => {
  const config = memoryStore();
  await config.put('org_1/report-config.json', '{}');
  let stop = () => {};
  const heard = new Promise<void>((done) => {
    stop = watchConfiguration({ ...config, url: 'file:x' }, 'org_1', done);
  });
  await new Promise(setImmediate);
  await config.put('org_12/report-config.json', '{}');
  await config.put('org_1/report-config.json', '{"passMark":80}');
  await heard;
  stop();
});
