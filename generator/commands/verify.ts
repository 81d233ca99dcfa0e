import { messageOf, UserError } from '../lib/errors.ts';
import { type Printable, quoted, say } from '../lib/printable.ts';
import { counted } from '../lib/words.ts';
import { type Damage, type Inspection, inspectSite } from '../publish/check/inspect.ts';
import { markDamaged } from '../publish/marks.ts';
import { findSites } from '../publish/sites.ts';
import { need, type Settings } from '../settings.ts';
import type { Store } from '../store/store.ts';
import { type Answer, open } from './command.ts';
import { verifyAssets } from './verify-assets.ts';

/** Lines of one organization. */
const MOST_LINES = 100;

/** `verify`: whether everything that the sites are made of is there, and with `--deep` whether every byte is right. */
export async function verify(settings: Settings): Promise<Answer> {
  const { reports } = need(settings, 'reports');
  return verifySites(await open(reports), settings);
}

/** @param bundle scripts, styles and fonts by name, for those that are to be written again */
export async function verifySites(
  store: Store,
  settings: Pick<Settings, 'org' | 'deep'>,
  bundle?: () => Promise<ReadonlyMap<string, Uint8Array>>,
): Promise<Answer> {
  const deep = settings.deep === 'true';
  const sites = (await findSites(store)).map(({ org }) => org);
  const unknown = (settings.org ?? []).filter((org) => !sites.includes(org));
  if (unknown.length > 0)
    throw new UserError(
      unknown.map((org) => say`--org: ${quoted(org)} has no published site in ${store.url}. Check the spelling.`),
    );
  if (sites.length === 0)
    throw new UserError([say`${store.url} has no published site. Check --reports (CCI_REPORTS_URL), or build first.`]);
  const organizations: ({ org: string } & Inspection)[] = [];
  const text: Printable[] = [];
  for (const org of sites.filter((each) => settings.org?.includes(each) ?? true)) {
    const found = await inspectSite(store, org, deep);
    if (!found) continue;
    organizations.push({ org, ...found });
    text.push(...lines(org, found, deep), ...(await mark(store, org, found)));
  }
  const assets = await verifyAssets(store, deep, bundle);
  return {
    json: { organizations, assets: assets.found },
    text: [...text, ...assets.text],
    failed: [assets.found, ...organizations].some(({ damage }) => damage.length > 0),
  };
}

function lines(org: string, { builds, objects, damage }: Inspection, deep: boolean): Printable[] {
  const looked = say`${counted(objects, 'object')} of ${counted(builds, 'build')}`;
  if (damage.length === 0)
    return [say`${org}: ${looked}: all are there${deep ? ', and every byte is right' : ' with their sizes'}.`];
  const more = damage.length - MOST_LINES;
  const healed = damage.some(({ current }) => current);
  const given = damage.some(({ current }) => !current);
  return [
    ...damage.slice(0, MOST_LINES).map((each) => line(org, each)),
    ...(more > 0 ? [say`${org}: And ${more} more.`] : []),
    ...(healed
      ? [
          say`${org}: The next build makes what the current site needs again from the input, and gives up kept builds that need the same.`,
        ]
      : []),
    ...(given
      ? [say`${org}: What only a kept build needs cannot be made again: the next build gives that build up.`]
      : []),
  ];
}

function line(org: string, { build, current, key, verdict, path }: Damage): Printable {
  const where = build === undefined ? '' : ` of ${current ? 'the current build' : 'kept build'} ${build}`;
  return say`${org}: ${path ?? key}${where} is ${verdict}${path === undefined ? '' : `: ${org}/${key}`}.`;
}

/** What a listing does not show, or only beside a manifest that an idle run need not read, the next build is told of. */
async function mark(store: Store, org: string, { damage, generation }: Inspection): Promise<Printable[]> {
  const keys = damage
    .filter(({ verdict, build }) => verdict === 'damaged' && build !== undefined)
    .map(({ key }) => key);
  if (keys.length === 0) return [];
  try {
    await markDamaged(store, org, generation, keys);
    return [];
  } catch (error) {
    return [
      say`${org}: the next build could not be told (${messageOf(error)}). Run build --org ${org} --force, which makes everything again.`,
    ];
  }
}
