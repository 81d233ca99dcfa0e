import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../demo/identity/free-port.ts';
import { until } from '../lib/check.ts';
import { type Browser, COMMANDS, driven, type Look, program, type Send } from './browser.ts';
import { needPrograms } from './install.ts';

const FIREFOX = '/usr/bin/firefox-esr';

/** Firefox, driven by its own protocol: Debian has no geckodriver, which only translates to it. @throws {SkippedError} */
export async function openFirefox(look: Look): Promise<Browser> {
  needPrograms([FIREFOX], ['firefox-esr']);
  const port = await freePort();
  const profile = await mkdtemp(join(tmpdir(), 'cci-firefox-'));
  const preferences: { [name: string]: unknown } = {
    'marionette.port': port,
    'layout.css.prefers-color-scheme.content-override': look.scheme === 'dark' ? 0 : 1,
    'browser.shell.checkDefaultBrowser': false,
    'datareporting.policy.dataSubmissionEnabled': false,
    'network.captive-portal-service.enabled': false,
    'network.connectivity-service.enabled': false,
    // Back is what is tried here: pages are kept as they are for a person.
    'fission.bfcacheInParent': true,
  };
  const lines = Object.entries(preferences).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`);
  await writeFile(join(profile, 'user.js'), lines.join(''));
  const firefox = program(FIREFOX, ['--headless', '--marionette', '--no-remote', '--profile', profile], {
    MOZ_HEADLESS_WIDTH: String(look.width),
    MOZ_HEADLESS_HEIGHT: String(look.height),
    HOME: profile,
  });
  const socket = await until('Firefox answers', () => opened(port));
  const call = marionette(socket);
  await call('WebDriver:NewSession', { capabilities: { alwaysMatch: { acceptInsecureCerts: true } } });
  const send: Send = async (command, parameters = {}, element) => {
    const answer = await call(COMMANDS[command][2], { ...parameters, ...(element !== undefined && { id: element }) });
    return (answer as { value?: unknown } | null)?.value;
  };
  return driven(send, look, async () => {
    socket.destroy();
    await firefox.stop();
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });
}

const opened = (port: number): Promise<Socket | false> =>
  new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => done(false));
    // It says who it is before anything else.
    socket.once('readable', () => done(socket));
  });

type Waiting = { resolve(value: unknown): void; reject(error: Error): void };

/** Packets of "length:json": a command is [0, id, name, parameters], its answer [1, id, error, value]. */
function marionette(socket: Socket): (name: string, parameters: object) => Promise<unknown> {
  const waiting = new Map<number, Waiting>();
  let held = Buffer.alloc(0);
  let last = 0;
  const take = (): boolean => {
    const colon = held.indexOf(':');
    const length = Number(held.subarray(0, Math.max(colon, 0)).toString());
    if (colon < 1 || held.length < colon + 1 + length) return false;
    const packet: unknown = JSON.parse(held.subarray(colon + 1, colon + 1 + length).toString());
    held = held.subarray(colon + 1 + length);
    if (!Array.isArray(packet)) return true;
    const [, id, error, value] = packet as [number, number, { error: string; message: string } | null, unknown];
    if (error) waiting.get(id)?.reject(new Error(`${error.error}: ${error.message}`));
    else waiting.get(id)?.resolve(value);
    waiting.delete(id);
    return true;
  };
  socket.on('data', (data) => {
    held = Buffer.concat([held, data]);
    while (take());
  });
  socket.on('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('Firefox has ended'));
  });
  return (name, parameters) =>
    new Promise((resolve, reject) => {
      const id = ++last;
      waiting.set(id, { resolve, reject });
      const text = Buffer.from(JSON.stringify([0, id, name, parameters]));
      socket.write(Buffer.concat([Buffer.from(`${text.length}:`), text]));
    });
}
