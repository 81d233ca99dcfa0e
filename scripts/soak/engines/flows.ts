import { must, until } from '../lib/check.ts';
import type { Browser } from './browser.ts';
import { isSeen, signIn } from './steps.ts';
import type { World } from './world.ts';

interface Steps {
  browser: Browser;
  world: World;
  shoot(file: string): Promise<void>;
  /** A line of progress. */
  say(line: string): void;
}

type Flow = (steps: Steps) => Promise<void>;

const button = (words: string) =>
  `[...document.querySelectorAll('button')].find((one) => one.textContent.trim().startsWith(${JSON.stringify(words)}))`;
const link = (words: string) =>
  `[...document.querySelectorAll('a')].find((one) => one.textContent.trim().startsWith(${JSON.stringify(words)}))`;
const text = (browser: Browser, selector: string) =>
  browser.run<string>(`return document.querySelector(${JSON.stringify(selector)})?.textContent ?? ''`);
const count = (browser: Browser, selector: string) =>
  browser.run<number>(`return document.querySelectorAll(${JSON.stringify(selector)}).length`);

const range: Flow = async ({ browser, world, shoot }) => {
  await signIn(browser, world.origin, '/');
  const before = await text(browser, '#figures');
  await browser.click(`document.querySelector('#range button')`);
  await until('the periods are offered', () => browser.run(`return !!(${button('Last day')})`));
  await shoot('flow-range-open');
  await browser.click(button('Last day'));
  await until('the figures of the day are shown', async () =>
    (await text(browser, '#range-status')).startsWith('Figures of'),
  );
  const after = await text(browser, '#figures');
  must(after !== before && after.length > 200, 'the figures of the day are not others, or not there');
  must(await count(browser, '#figures svg'), 'there is no chart of the day');
  await shoot('flow-range');
  await browser.back();
  await until('the first period is back', async () => (await text(browser, '#figures .context, #figures')) !== after);
};

const explorer: Flow = async ({ browser, world, shoot }) => {
  await signIn(browser, world.origin, '/calls/');
  const all = await until('the explorer counts calls', () => text(browser, '#calls-count b'));
  await until('all calls are read', () => browser.run(`return !document.querySelector('.explorer-progress')`));
  await browser.click(`document.querySelector('#call-filters input[type=checkbox]')`);
  await until('the list is narrowed', async () => (await text(browser, '#calls-count b')) !== all);
  must((await browser.run<string>('return location.search')).length > 1, 'the address does not say what is filtered');
  await shoot('flow-explorer');
  await browser.run(
    'const make = URL.createObjectURL; URL.createObjectURL = (blob) => { blob.text().then((csv) => { window.csv = csv; }); return make.call(URL, blob); };',
  );
  await browser.click(button('CSV of'));
  const csv = await until('a CSV is made', () => browser.run<string>('return window.csv'));
  const rows = Number((await text(browser, '#calls-count b')).replaceAll(/\D/g, ''));
  must(csv.trim().split('\r\n').length > rows, 'the CSV has fewer lines than the list has calls');
};

const search: Flow = async ({ browser, world, shoot }) => {
  await signIn(browser, world.origin, '/about/');
  await browser.click(`document.getElementById('search')`);
  await until('the search is open', () => browser.run(`return !!document.querySelector('dialog.search[open] input')`));
  await browser.type(`document.querySelector('dialog.search input')`, 'agents');
  await until('places are found', () => count(browser, '#search-list [role=option]').then((found) => found > 0));
  await shoot('flow-search');
  await browser.type(`document.querySelector('dialog.search input')`, '\uE007');
  await until('the place is opened', () => browser.run(`return location.pathname !== '/about/'`));
};

const call: Flow = async ({ browser, world, shoot }) => {
  await signIn(browser, world.origin, '/');
  await browser.click(
    `[...document.querySelectorAll('main a')].find((a) => /^\\/calls\\/[^/]+\\/$/.test(a.getAttribute('href')))`,
  );
  await until('the call is shown', () => browser.run(`return !!document.querySelector('.turn')`));
  await until('a call before or after it is named', () => count(browser, '.steps a[rel]').then((found) => found > 0));
  const steps = await text(browser, '.steps a[rel]');
  must(!/Invalid|NaN/.test(steps), `the step says ${steps}`);
  const lines = await browser.run<string[]>(
    `return [...document.querySelectorAll('.turn mark, main a')].filter((one) => !one.closest('.at, .steps, .crumbs')).slice(0, 40).map((one) => getComputedStyle(one).textDecorationLine)`,
  );
  must(lines.includes('underline'), 'nothing on the page is underlined');
  const marks = await browser.run<string[]>(
    `return [...document.querySelectorAll('.turn mark')].map((one) => getComputedStyle(one).textDecorationLine)`,
  );
  must(
    marks.every((line) => line === 'underline'),
    'evidence is not underlined',
  );
  await shoot('flow-call');
};

const CALL = '/calls/';

/** Nothing of a report can be seen, now and after a while. */
async function mustBeHidden(browser: Browser, when: string): Promise<void> {
  must(!(await isSeen(browser)), `a report is seen ${when}`);
  await until(`the sign-in, or that one is signed out, is said ${when}`, async () =>
    /Sign in|signed out|could not be loaded/.test(await text(browser, 'body')),
  );
  must(!(await isSeen(browser)), `a report is seen ${when}, after a while`);
}

const signOut: Flow = async ({ browser, world, shoot, say }) => {
  await signIn(browser, world.origin, CALL);
  await until('it says who is signed in', () => count(browser, '.session-menu summary'));
  await browser.run(`localStorage.setItem('kept', 'x'); sessionStorage.setItem('kept', 'x');`);
  await browser.click(`document.querySelector('.session-menu summary')`);
  await browser.click(link('Sign out'));
  await until('the sign-out is offered', () => browser.run(`return !!(${button('Sign out')})`));
  await browser.click(button('Sign out'));
  await until('it is said that one is signed out', async () => (await text(browser, 'h1')).includes('signed out'));
  must(
    (await browser.run('return localStorage.length + sessionStorage.length')) === 0,
    'something that the site has stored is still there',
  );
  await shoot('flow-signed-out');
  await browser.go(world.origin + CALL);
  await mustBeHidden(browser, 'after sign-out, by its address');
  await browser.go(`${world.origin}/sign-out`);
  // Over the pages of the sign-in and the sign-out, back to the report itself.
  world.lines.length = 0;
  await browser.run('setTimeout(() => history.go(-4))');
  if (browser.isLostAfterBack !== undefined) {
    await until('the gate is asked for the report', async () => world.lines.some((line) => line.endsWith(` ${CALL}`)));
    await shoot('flow-signed-out-back');
    must(
      world.lines.every((line) => /^(?:303 \/calls\/|40[13] )/.test(line)),
      `after sign-out and “Back” the gate has answered ${world.lines.join(', ')}`,
    );
    say(`skipped: to ask the page after sign-out and “Back”. ${browser.isLostAfterBack}. The gate showed nothing.`);
    return;
  }
  await until('“Back” has left that page', () =>
    text(browser, 'h1').then(
      (words) => !words.includes('signed out'),
      () => false,
    ),
  );
  await mustBeHidden(browser, 'after sign-out and “Back”');
  await shoot('flow-signed-out-back');
};

const withoutCookies: Flow = async ({ browser, world }) => {
  // The page comes by way of the sign-in's origin, as by way of Clerk's handshake.
  await signIn(browser, world.origin, CALL);
  await browser.go(`${world.origin}/healthz`);
  await browser.forget();
  world.lines.length = 0;
  await browser.back();
  await mustBeHidden(browser, 'after “Back” without cookies');
  must(
    world.lines.some((line) => /^401 \/session|^303 \/calls\//.test(line)),
    'the gate was not asked before',
  );
};

const withoutCookiesPlainly: Flow = async ({ browser, world }) => {
  await signIn(browser, world.origin, '/');
  await browser.go(world.origin + CALL);
  await until('it says who is signed in', () => count(browser, '.session-menu summary'));
  await browser.go(`${world.origin}/healthz`);
  await browser.forget();
  await browser.back();
  await mustBeHidden(browser, 'after “Back” to a page that was reached plainly');
};

/** What people do, by name. */
export const FLOWS: { [name: string]: Flow } = {
  'a period is chosen': range,
  'calls are filtered and taken away as CSV': explorer,
  'a page is found by the search': search,
  'a call is read': call,
  'after sign-out nothing is kept or shown': signOut,
  'a page reached through another origin is guarded': withoutCookies,
  'a page reached plainly is guarded': withoutCookiesPlainly,
};
