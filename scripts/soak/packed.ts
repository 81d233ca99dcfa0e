import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../generator/render/version.ts';
import { openStore } from '../../generator/store/open.ts';
import { demoTenants } from '../demo/data/tenants.ts';
import { writeDemoData } from '../demo/data/write.ts';
import { type Check, type CheckOptions, must } from './lib/check.ts';
import { answersAsLambda, servesInProduction, showsToMembers } from './packed/gate.ts';
import { NEXT_NODE, nodeFromNpm } from './packed/nodes.ts';
import { packInto } from './packed/pack.ts';
import { filesIn, openSide, runOn, type Side, writtenBy } from './packed/side.ts';
import { NOW, type Told, tellStory } from './packed/story.ts';

/** Enough for threads to make pages. */
const CALLS_PER_DAY: [number, number] = [6, 8];

export const check: Check = {
  does: `the packs of gate and generator, each alone in a folder: commands end as in the checkout and leave the same bytes, also with Node ${NEXT_NODE}; the gate, the demo's sign-in, AWS Lambda's entry`,
  async run({ say }) {
    // Nothing above it holds packages.
    const folder = mkdtempSync(join(tmpdir(), 'cci-packed-'));
    try {
      await checkPacks(folder, say);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function checkPacks(folder: string, say: CheckOptions['say']): Promise<void> {
  packInto(join(folder, 'pack'));
  const at = (name: string) => join(folder, name);
  const next = nodeFromNpm(NEXT_NODE, at('next'));
  if (!next) say(`Node ${NEXT_NODE} is left out: npm has none for this platform`);
  const nodes = [process.execPath, ...(next ? [next] : [])];

  const input = at('input');
  const url = (store: string) => `file:${join(input, store)}`;
  const stores = {
    results: openStore(url('results')),
    config: openStore(url('config')),
    input: openStore(url('input')),
  };
  await writeDemoData(stores, { now: new Date(NOW), sounds: true, callsPerDay: CALLS_PER_DAY });
  const [org = ''] = demoTenants.map((tenant) => tenant.org);
  const call = callOf(join(input, 'results', org));

  const open = (name: string, root: string, node = process.execPath) =>
    openSide({ name, node, root, folder: at(name) }, input);
  await using checkout = await open('checkout', ROOT);
  const wanted = await tellStory(checkout, { org, call });
  for (const { command, status } of wanted) say(`${command} → ${status}`);
  const wantedInFolder = await builtInFolder(checkout, input);
  for (const [i, node] of nodes.entries()) {
    await using side = await open(`packed-${i}`, at('pack/generator'), node);
    sameStory(side.name, await tellStory(side, { org, call }), wanted);
    const inBucket = sameFiles(side.name, writtenBy(side), writtenBy(checkout));
    const inFolder = sameFiles(side.name, await builtInFolder(side, input), wantedInFolder);
    say(
      `the packed generator, ${versionOf(node)}: ${wanted.length} commands ended alike; ${inBucket} objects and files of a bucket's builds, and ${inFolder} of a folder's, are the same to the byte`,
    );
  }

  const shown = {
    root: at('pack/gate'),
    reports: `file:${at('checkout/reports')}`,
    input: url('input'),
    results: url('results'),
  };
  for (const node of nodes) {
    const gate = { ...shown, node };
    const did = [await showsToMembers(gate), await servesInProduction(gate, org), await answersAsLambda(gate, org)];
    say(`the packed gate, ${versionOf(node)}: ${did.join('; ')}`);
  }
}

const versionOf = (node: string): string => spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();

/** A call that has objects of its own. */
function callOf(folder: string): string {
  const names = readdirSync(join(folder, 'enriched')).sort();
  const name = names[Math.floor(names.length / 2)];
  must(name, `${folder} has no calls`);
  return name.replace(/\.json$/, '');
}

/** Build from folders, which all sides read and none writes to. @returns what was published, in a folder of the side's own */
async function builtInFolder(side: Side, input: string): Promise<Map<string, string>> {
  const urls = ['results', 'config', 'input'].flatMap((name) => [`--${name}`, `file:${join(input, name)}`]);
  const { status, said } = await runOn(side, [
    'build',
    ...urls,
    '--reports',
    `file:${join(side.folder, 'reports')}`,
    '--now',
    NOW,
  ]);
  must(status === 0, `${side.name}: a build from a folder ended with ${status}\n${said}`);
  return filesIn(side.folder, ['reports']);
}

function sameStory(name: string, told: readonly Told[], wanted: readonly Told[]): void {
  told.forEach((each, at) => {
    const other = wanted[at] as Told;
    must(
      each.status === other.status && each.said === other.said,
      `${name}, ${each.command}: ended with ${each.status}, and in the checkout with ${other.status}\n${each.said}\n── in the checkout:\n${other.said}`,
    );
  });
}

function sameFiles(name: string, written: Map<string, string>, wanted: Map<string, string>): number {
  const paths = new Set([...written.keys(), ...wanted.keys()]);
  const other = [...paths].filter((path) => written.get(path) !== wanted.get(path));
  must(other.length === 0, `${name}: ${other.length} of ${paths.size} files differ: ${other.slice(0, 10).join(', ')}`);
  return paths.size;
}
