/** Two organizations' sites behind a gate with the demo's identity, and how to get in. */
import { expect, type Page } from '@playwright/test';
import { type CallSpec, CONFIG, memoryWorld, putCall } from '../../generator/fixtures/world.ts';
import { silentLog } from '../../generator/lib/console.ts';
import { openRenderer } from '../../generator/render/renderer.ts';
import { buildAll } from '../../generator/run.ts';
import { memoryStore } from '../../generator/store/memory.ts';
import { freePort } from '../../scripts/demo/identity/free-port.ts';
import { startIdentity } from '../../scripts/demo/identity/identity.ts';
import { openRecordings } from '../gate/content/recordings.ts';
import { openSites } from '../gate/content/sites.ts';
import { loadHandler } from '../gate/front/bundle.ts';
import { startGate } from '../gate/front/front.ts';
import { asAtClerk } from './gate-at-clerk.ts';

const ORGANIZATIONS = [
  { org: 'org_1', name: 'Parcels Ltd' },
  { org: 'org_12', name: 'Letters Ltd' },
  { org: 'org_new', name: 'Brand New Ltd' },
];
const PERSONS = [
  { userId: 'user_one', name: 'Ann One', email: 'ann@one.example', orgs: ['org_1'] },
  { userId: 'user_both', name: 'Bob Both', email: 'bob@both.example', orgs: ['org_1', 'org_12'] },
  { userId: 'user_new', name: 'Nia New', email: 'nia@new.example', orgs: ['org_new'] },
  { userId: 'user_none', name: 'Nora None', email: 'nora@none.example', orgs: [] },
];

/** What each of them has under a name. */
export const VIEWS = [
  { name: 'Passed <b>first</b>', href: '/calls/?qa=passed' },
  { name: 'Failed', href: '/calls/?qa=failed' },
];

/** A call, and its recording where that is still kept. */
type Sounds = readonly (CallSpec & { sound?: Uint8Array })[];

const clock = Date.now;
let ahead = 0;
Date.now = () => clock() + ahead;

/** Let time pass for gate and identity, which run in this process; the browser's clock stays. @param seconds */
export function pass(seconds: number): void {
  ahead += seconds * 1000;
}

/** A session's token and Clerk's allowance for clocks that differ, in seconds. */
export const TOKEN_LIFE = 60 + 5;

/**
 * Two published sites, an organization without one, and a gate with the demo identity before them.
 * @param sounds calls more of the first, and their recordings; its readers may hear them
 */
export async function gate(withClerk = false, sounds?: Sounds) {
  const world = memoryWorld({ renderer: await openRenderer() });
  const input = memoryStore();
  for (const { org, name } of ORGANIZATIONS.slice(0, 2)) {
    await world.config.put(
      `${org}/report-config.json`,
      JSON.stringify({ ...CONFIG, name, metadata: { Queue: 'queue' }, views: VIEWS, playback: sounds !== undefined }),
    );
    await putCall(world.results, org, { id: `only-${org}` });
    const raw = { metadata: { queue: 'Returns' } };
    await world.results.put(`${org}/final/v1.0/only-${org}.json`, JSON.stringify({ raw }));
  }
  for (const { sound, ...call } of sounds ?? []) {
    await putCall(world.results, 'org_1', call);
    if (sound) await input.put(`org_1/audio/${call.id}.mp3`, sound);
  }
  await buildAll({ ...world, logFor: () => silentLog }, undefined);
  await world.results.put('demo-store.json', '{"synthetic":true}');
  const origin = `http://127.0.0.1:${await freePort()}`;
  const identity = await startIdentity({
    gateOrigin: origin,
    persons: PERSONS,
    organizations: ORGANIZATIONS,
    port: 0,
    results: world.results,
  });
  const lines: string[] = [];
  const front = await startGate({
    handler: await loadHandler(),
    sites: openSites(world.reports),
    recordings: openRecordings(input, { stream: true }),
    settings: withClerk ? asAtClerk(identity.gate) : identity.gate,
    log: (line) => lines.push(`${line.status} ${line.path}`),
  });
  const rebuild = async (call: CallSpec = { id: 'later' }) => {
    await putCall(world.results, 'org_1', call);
    await buildAll({ ...world, logFor: () => silentLog }, ['org_1']);
  };
  return {
    origin,
    lines,
    identity: identity.url,
    reports: world.reports,
    rebuild,
    close: () => Promise.all([front.close(), identity.close()]),
  };
}

/** A person at the demo's sign-in. */
export const person = (page: Page, name: string) =>
  page.locator('section').filter({ has: page.getByRole('heading', { name }) });

/** Ask for a page and sign in on the way. */
export async function signIn(page: Page, origin: string, name: string, path = '/'): Promise<void> {
  await page.goto(`${origin}${path}`);
  await person(page, name).getByRole('button').first().click();
  await page.waitForURL(`${origin}${path}`);
}

/** The menu of who is signed in. */
export const menu = (page: Page) => page.locator('.session-menu summary');

export async function signOut(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/sign-out`);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'You are signed out' })).toBeVisible();
}

/** Somebody else comes after a session that ended without a sign-out. */
export async function comes(page: Page, origin: string, name: string, path: string): Promise<void> {
  await page.context().clearCookies();
  await signIn(page, origin, name, path);
  await expect(menu(page)).toBeVisible();
}

/** All that this browser keeps of the site. */
export const kept = (page: Page): Promise<string> => page.evaluate(() => JSON.stringify(Object.entries(localStorage)));
