import { edit, type Mutant, mutant } from './mutant.ts';

const BUILD = 'generator/build';
const PUBLISH = 'generator/publish/publish.ts';
const above = (what: string): string =>
  `is above all that lies there where the pointer is ${what}, and a deletion leaves no byte`;

/** How a build becomes the current one, and what is left of the others. */
export const PUBLISHING: Mutant[] = [
  mutant(
    'pointer written whatever lies there meanwhile',
    edit('generator/publish/switch.ts', "etag === undefined ? { ifNoneMatch: '*' } : { ifMatch: etag }", '{}'),
    BUILD,
    'is told where another run published meanwhile, and takes nothing of it back',
  ),
  mutant(
    'own pointer not known again',
    edit('generator/publish/switch.ts', 'if (nonce === pointer.nonce) return;', ''),
    BUILD,
    'knows its own pointer again where the answer to the write was lost',
  ),
  mutant(
    'pointer switched before anything is verified',
    edit(PUBLISH, '  await verifyNew(store, org, current, lies, build.written, gone);\n', ''),
    'generator/publish/check/verify',
    'a build of which the store has another byte in it is not made current, and the site before stays',
  ),
  mutant(
    'nothing cleaned up',
    edit(PUBLISH, '  await removeAll(store, org, await leftovers(lies, pointer, current, needs, gone));\n', ''),
    BUILD,
    'publishes a deletion at once: no byte of the call is left in the store',
  ),
  mutant(
    'what a slower run is writing removed at once',
    edit('generator/publish/clean-up.ts', 'const GRACE_MS = 24 * 60 * 60_000;', 'const GRACE_MS = 0;'),
    'generator/run',
    'leaves for a day what a slower run may still be about to publish, and removes it only once that run cannot win',
  ),
  mutant(
    'older builds kept over a deletion',
    edit(PUBLISH, 'build.mayKeep && last', 'last'),
    BUILD,
    'publishes a deletion at once: no byte of the call is left in the store',
  ),
  mutant(
    'generation taken from the pointer alone',
    edit(
      'generator/publish/start.ts',
      'generation: newestIn(lies, pointer) + 1',
      'generation: (pointer?.generation ?? 0) + 1',
    ),
    'generator/publish/start',
    above('lost'),
  ),
  mutant(
    'generation taken from any name',
    edit('generator/publish/manifest.ts', '/^blobs\\/.*\\.(\\d{1,15})$/', '/\\.(\\d{1,15})$/'),
    'generator/publish/start',
    'is not taken from names that no run gives',
  ),
  mutant(
    'half of the calls taken for more than half',
    edit('generator/loss.ts', 'if (gone * 2 <= of) return;', 'if (gone * 2 < of) return;'),
    'generator/loss',
    'goes on where exactly half of them are gone',
  ),
  mutant(
    'any loss published',
    edit('generator/loss.ts', 'if (gone * 2 <= of) return;', 'if (gone <= of) return;'),
    'generator/loss',
    'stops, says of how many and where from, and writes nothing but goes on where the loss is accepted',
  ),
  mutant(
    'first build stopped as a loss',
    edit('generator/loss.ts', 'if (gone * 2 <= of) return;', 'if (gone * 2 < of) return;'),
    'generator/loss',
    'is not a first build, whatever it finds',
  ),
  mutant(
    'store probed by an idle run',
    edit(
      'generator/build/look.ts',
      '  const newest = await newestState(',
      '  await run.probe(start.generation);\n  const newest = await newestState(',
    ),
    'generator/publish/guard',
    'probes nothing where it publishes nothing',
  ),
  mutant(
    'configuration of the first organization used for all',
    edit(
      'generator/build.ts',
      '  const { config } = read;',
      '  const { config } = ((guard as { read?: ConfigRead }).read ??= read);',
    ),
    'generator/neighbors',
    'sees and gets the same alone and beside any others, and nobody is named in the lines of another',
  ),
  mutant(
    'damaged blob of a build taken for whole',
    edit('generator/publish/check/verify.ts', 'object?.size === size &&', ''),
    BUILD,
    'heals by itself: a page that is gone',
  ),
  mutant(
    'one organization’s failure stops the others',
    edit('generator/run.ts', '{ concurrency: organizationsAtOnce },', '{ concurrency: 0 * organizationsAtOnce },'),
    'generator/run',
    'builds the others where one organization fails, and says why in status.json',
  ),
  mutant(
    'damaged scripts given out',
    edit('generator/publish/assets.ts', 'hashes.size > 0 && !hashes.has', 'hashes.size < 0 && !hashes.has'),
    'content/sites',
    'it gives out no asset that has other bytes than were published, and gives it out when it has been put right',
  ),
  mutant(
    'damaged scripts no reason to fail',
    edit('generator/commands/verify.ts', '[assets.found, ...organizations]', 'organizations'),
    'generator/commands/verify',
    'finds a wrong byte in an asset, and writes it again where its bundle has it',
  ),
  mutant(
    'rollback to what was found to be damaged',
    edit('generator/publish/rollback.ts', 'damagedIn(lies, manifest, marked)', 'damagedIn(lies, manifest)'),
    'generator/publish/rollback-pointer',
    'something of it is missing or was found to be damaged, if only that build needs it',
  ),
  mutant(
    'lost pointer taken for no site',
    edit('generator/publish/sites.ts', '(await hasBuilds(store, org)) ?', '(await hasBuilds(store, org)) && false ?'),
    'generator/commands/verify',
    'finds a pointer that is lost while builds lie there, as status and builds do, and the next build makes the site again',
  ),
];
