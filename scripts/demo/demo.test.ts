import { spawnSync } from 'node:child_process';
import { type AddressInfo, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readOptions, requirePorts } from './options.ts';

const DEMO = fileURLToPath(new URL('demo.ts', import.meta.url));

test.each([
  ['--help', 0, ''],
  ['--hepl', 2, '--hepl is not a flag of this command. Did you mean --help? See --help.\n'],
])('the demo answers %s with what there is, and does nothing else', (option, status, said) => {
  const run = spawnSync(process.execPath, [DEMO, option], { encoding: 'utf8', timeout: 300_000 });
  expect(run.stdout).toMatch(/^npm run demo: .*\n\n {2}-- --no-serve/);
  expect([run.status, run.stderr]).toEqual([status, said]);
});

test('a port that is in use is named before anything is built, with the flag for another one', async () => {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  try {
    await expect(requirePorts('npm run demo', [port])).rejects.toThrow(
      new RegExp(
        `^Port ${port} of 127\\.0\\.0\\.1 cannot be used \\(EADDRINUSE\\): .* npm run demo -- --port \\d+\\.$`,
      ),
    );
  } finally {
    await new Promise((done) => server.close(done));
  }
  await requirePorts('npm run demo', [port]);
});

test('the port is that of the flag, else that of CCI_PORT, else 4321', () => {
  const read = (args: string[], env = {}) => readOptions('', ['no-serve'], args, env);
  expect(read(['--port', '5000', '--no-serve'], { CCI_PORT: '1' })).toMatchObject({ port: 5000 });
  expect([read([], { CCI_PORT: '5001' }).port, read([], { CCI_PORT: '' }).port]).toEqual([5001, 4321]);
  expect([read(['--no-serve']).has('no-serve'), read([]).has('no-serve')]).toEqual([true, false]);
});
