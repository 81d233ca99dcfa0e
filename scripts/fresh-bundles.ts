import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../generator/render/version.ts';

/** Before any unit or browser test: the bundles as the sources are now. Nothing is built where they are. */
export default function freshBundles(): void {
  const { status } = spawnSync(process.execPath, [join(ROOT, 'scripts/build.ts')], {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) throw new Error('the bundles could not be built; see above');
}
