import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allDone } from '../../generator/lib/map-concurrent.ts';
import { ROOT } from '../../generator/render/version.ts';
import { openStore } from '../../generator/store/open.ts';
import { demoTenants } from '../demo/data/tenants.ts';
import { writeDemoData } from '../demo/data/write.ts';
import { type Check, type CheckOptions, must } from './lib/check.ts';
import { answersAsLambda, servesInProduction, showsToMembers } from './packed/gate.ts';
import { leftBy, sameFiles, sameSide } from './packed/left.ts';
import { NEXT_NODE, nextNode } from './packed/nodes.ts';
import { packInto } from './packed/pack.ts';
import { openRadosgw } from './packed/radosgw.ts';
import { writeRecordings } from './packed/recordings.ts';
import { openSide } from './packed/side.ts';
import { NOW } from './packed/story.ts';

/** Enough for threads to make pages. */
const CALLS_PER_DAY: [number, number] = [6, 8];

export const check: Check = {
  does: `the packs of gate and generator, each alone in a folder: commands end as in the checkout and leave the same bytes, also with Node ${NEXT_NODE} (or the one at CCI_NEXT_NODE) and on radosgw; the gate, the demo's sign-in, AWS Lambda's entry`,
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
  const next = nextNode(at('next'));
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
  const story = { org, call, recordings: writeRecordings(at('recordings')) };

  await using opened = new AsyncDisposableStack();
  const open = async (name: string, root: string, node: string) =>
    opened.use(await openSide({ name, node, root, folder: at(name) }, input));
  const checkout = await open('checkout', ROOT, process.execPath);
  const packed = await allDone(...nodes.map((node, i) => open(`packed-${i}`, at('pack/generator'), node)));
  const [wanted, ...others] = await allDone(...[checkout, ...packed].map((side) => leftBy(side, story, input)));
  for (const { command, status } of wanted?.told ?? []) say(`${command} → ${status}`);
  packed.forEach(({ name, node }, i) => {
    const { told, bucket, folders, pipeline } = sameSide(name, others[i], wanted);
    say(
      `the packed generator, ${versionOf(node)}: ${told} commands ended alike; ${bucket} objects and files of a bucket's builds, ${folders} of a folder's, and ${pipeline} of a pipeline's in folders are the same to the byte`,
    );
  });

  // It ends by itself after ten minutes: it is not kept waiting for the commands above.
  const radosgw = await openRadosgw(input);
  if (typeof radosgw === 'string') say(`the packed generator on radosgw is left out: ${radosgw}`);
  else {
    await using server = radosgw;
    const [wantedThere, ...there] = await allDone(...[checkout, ...packed].map((side) => server.buildOn(side)));
    packed.forEach(({ name, node }, i) => {
      const objects = sameFiles(name, there[i], wantedThere);
      say(`the packed generator, ${versionOf(node)}, on radosgw: ${objects} objects are the same to the byte`);
    });
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
