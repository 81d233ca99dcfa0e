import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { freePort } from '../../demo/identity/free-port.ts';
import { until } from '../lib/check.ts';
import { type Browser, COMMANDS, driven, type Look, program, type Send } from './browser.ts';
import { needPrograms } from './install.ts';
import { pictureOf } from './screen.ts';

const DRIVER = '/usr/bin/WebKitWebDriver';
const DISPLAY_SERVER = '/usr/bin/Xvfb';
/** Of this system; the part before it differs by processor. */
const BROWSERS = ['x86_64', 'aarch64'].map((cpu) => `/usr/lib/${cpu}-linux-gnu/webkit2gtk-4.1/MiniBrowser`);
const BROWSER = BROWSERS[process.arch === 'arm64' ? 1 : 0] as string;

/** For what is there to be on the screen, in ms. */
const PAINT = 700;
/** A command that takes longer never ends. */
const LIMIT = 120_000;
/** The same of a small question: what is asked while a page gives way to another is never answered. */
const LOST = 5_000;
/**
 * With or without its driver: where a page has `Cross-Origin-Opener-Policy: same-origin` and is not kept, “Back” by way of another
 * origin shows what was answered, never ends loading, and takes its style sheets from the origin of the page before.
 */
const LOST_AFTER_BACK =
  'WebKitGTK (seen in 2.50.6) never ends loading after “Back” by way of another origin, and its driver waits for it';

/** WebKit as GTK has it: the nearest thing to Safari that runs on Linux. @throws {SkippedError} where it cannot be had */
export async function openWebKit(look: Look): Promise<Browser> {
  needPrograms([DRIVER, DISPLAY_SERVER, BROWSER], ['webkit2gtk-driver', 'xvfb']);
  const port = await freePort();
  const display = `:${90 + (port % 400)}`;
  const folder = await mkdtemp(join(tmpdir(), 'cci-screen-'));
  const size = `${look.width}x${look.height}x24`;
  const screen = program(DISPLAY_SERVER, [display, '-screen', '0', size, '-nolisten', 'tcp', '-fbdir', folder]);
  const driver = program(DRIVER, [`--port=${port}`], {
    DISPLAY: display,
    GDK_BACKEND: 'x11',
    GTK_THEME: look.scheme === 'dark' ? 'Adwaita:dark' : 'Adwaita',
    LIBGL_ALWAYS_SOFTWARE: '1',
    WEBKIT_DISABLE_DMABUF_RENDERER: '1',
    ...(process.getuid?.() === 0 && { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' }),
  });
  const call = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      signal: AbortSignal.timeout(LIMIT),
      ...(method === 'POST' && { body: JSON.stringify(body ?? {}) }),
    });
    const { value } = (await response.json()) as { value: { error?: string; message?: string } | null };
    if (!response.ok) throw new Error(`${path}: ${value?.error} ${value?.message ?? ''}`);
    return value;
  };
  await until('WebKit’s driver answers', () =>
    call('GET', '/status').then(
      () => true,
      () => false,
    ),
  );
  const options = { 'webkitgtk:browserOptions': { binary: BROWSER, args: ['--automation'] } };
  const { sessionId } = (await call('POST', '/session', {
    capabilities: { alwaysMatch: options },
  })) as { sessionId: string };
  const send: Send = (command, parameters, element) => {
    const [method, path] = COMMANDS[command];
    return call(method, `/session/${sessionId}/${path.replace('ID', element ?? '')}`, parameters);
  };
  const browser = await driven(send, look, async () => {
    await answered(call('DELETE', `/session/${sessionId}`));
    await driver.stop();
    await screen.stop();
    await rm(folder, { recursive: true, force: true });
  });
  return {
    ...browser,
    isLostAfterBack: LOST_AFTER_BACK,
    // Its driver waits for ever for some pages that it has kept.
    async back() {
      const before = await browser.run('return location.href');
      await browser.run('setTimeout(() => history.back())');
      const isElsewhere = () =>
        browser.run(`return location.href !== arguments[0] && document.readyState === 'complete'`, before);
      await until('“Back” has led somewhere', () => answered(isElsewhere()) as Promise<boolean | undefined>, 60);
      await setTimeout(PAINT);
    },
    // Its own picture waits for a page to change, and some never do.
    async shoot(file) {
      await setTimeout(PAINT);
      await writeFile(file, await pictureOf(join(folder, 'Xvfb_screen0')));
    },
  };
}

/** What is answered in time; undefined otherwise, or where it fails. */
const answered = <T>(asked: Promise<T>): Promise<T | undefined> =>
  Promise.race([asked.catch(() => undefined), setTimeout(LOST, undefined, { ref: false })]);
