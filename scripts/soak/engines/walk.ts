import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../../generator/render/version.ts';
import { type CheckOptions, must, until } from '../lib/check.ts';
import type { Browser, Look } from './browser.ts';
import { FLOWS } from './flows.ts';
import { isSeen, signIn } from './steps.ts';
import { openWorld } from './world.ts';

/** Ways to look at a page. */
const LOOKS: { [name: string]: Look } = {
  light: { scheme: 'light', width: 1440, height: 1000 },
  dark: { scheme: 'dark', width: 1440, height: 1000 },
  narrow: { scheme: 'light', width: 500, height: 900 },
};

/** Every kind of page in every look, with pictures in `.screenshots/soak/`; then every flow. */
export async function walk(engine: string, open: (look: Look) => Promise<Browser>, { say }: CheckOptions) {
  const folder = join(ROOT, '.screenshots', 'soak', engine);
  await mkdir(folder, { recursive: true });
  const world = await openWorld();
  const failures: string[] = [];
  try {
    for (const [name, look] of Object.entries(LOOKS)) {
      const browser = await open(look);
      try {
        await signIn(browser, world.origin, '/');
        for (const [kind, path] of await pagesOf(browser)) {
          await browser.go(world.origin + path);
          await until(`the page ${path} is shown`, () => isSeen(browser));
          await until(`${path} says who is signed in`, () =>
            browser.run('return !!document.querySelector(".session-who")'),
          );
          const asked = await browser.run('return matchMedia("(prefers-color-scheme: dark)").matches');
          if (asked !== (look.scheme === 'dark')) failures.push(`${name}: the browser is not ${look.scheme}`);
          await until(`${path} has been drawn`, () => browser.run('return document.fonts.status === "loaded"'));
          await browser.shoot(join(folder, `${kind}-${name}.png`));
        }
        say(`${engine}, ${name}: all kinds of pages shown`);
      } finally {
        await browser.quit();
      }
    }
    for (const [name, flow] of Object.entries(FLOWS)) {
      const browser = await open(LOOKS.light as Look);
      try {
        world.lines.length = 0;
        await flow({ browser, world, shoot: (file) => browser.shoot(join(folder, `${file}.png`)), say });
        say(`${engine}: ${name}`);
      } catch (error) {
        failures.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
        await browser.shoot(join(folder, `failed-${failures.length}.png`)).catch(() => undefined);
      } finally {
        await browser.quit();
      }
    }
  } finally {
    await world.close();
  }
  must(failures.length === 0, failures.join('; '));
}

/** One page of each kind, from the links of the site itself. */
async function pagesOf(browser: Browser): Promise<[kind: string, path: string][]> {
  const first = (kind: string) =>
    browser.run<string>(
      `return [...document.querySelectorAll('main a')].map((a) => new URL(a.getAttribute('href'), location).pathname).find((path) => path.startsWith('/${kind}/') && path !== '/${kind}/')`,
    );
  const [agent, call] = [await first('agents'), await first('calls')];
  must(agent && call, 'the overview leads to no agent or to no call');
  return [
    ['overview', '/'],
    ['agents', '/agents/'],
    ['agent', agent],
    ['calls', '/calls/'],
    ['search', '/search/'],
    ['call', call],
    ['qa', '/qa/'],
    ['calibration', '/calibration/'],
    ['compare', '/compare/'],
    ['topics', '/topics/'],
    ['about', '/about/'],
    ['not-found', '/nowhere/'],
  ];
}
