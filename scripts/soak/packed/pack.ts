import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../../../generator/render/version.ts';
import { must } from '../lib/check.ts';

/** `npm run pack` into a folder of one's own. */
export function packInto(out: string): void {
  const script = join(ROOT, 'scripts/pack/pack.ts');
  const { status } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', script, '--out', out], {
    cwd: ROOT,
    stdio: ['ignore', 1, 2],
  });
  must(status === 0, 'npm run pack failed');
}
