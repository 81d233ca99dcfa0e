// The packed gate with the demo's sign-in, in a process of its own: only this file is of the checkout, what it loads is the pack's.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { GateSettings } from '../../../site/gate/settings.ts';

interface Wanted {
  /** Folder of the pack. */
  root: string;
  settings: GateSettings;
  reports: string;
  input: string;
}

process.once('message', (wanted: Wanted) => {
  start(wanted).then(
    (url) => process.send?.({ url }),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
process.on('disconnect', () => process.exit());

async function start({ root, settings, reports, input }: Wanted): Promise<string> {
  const load = <Module>(file: string) => import(pathToFileURL(join(root, file)).href) as Promise<Module>;
  const { loadHandler } = await load<typeof import('../../../site/gate/front/bundle.ts')>('site/gate/front/bundle.ts');
  const { startGate } = await load<typeof import('../../../site/gate/front/front.ts')>('site/gate/front/front.ts');
  const { openSites } = await load<typeof import('../../../site/gate/content/sites.ts')>('site/gate/content/sites.ts');
  const { openRecordings } = await load<typeof import('../../../site/gate/content/recordings.ts')>(
    'site/gate/content/recordings.ts',
  );
  const { openStore } = await load<typeof import('../../../generator/store/open.ts')>('generator/store/open.ts');
  const gate = await startGate({
    handler: await loadHandler(),
    sites: openSites(openStore(reports)),
    recordings: openRecordings(openStore(input), { stream: true }),
    settings,
    log: () => {},
  });
  return gate.url;
}
