import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { terminal } from '../../testing/terminal.ts';
import { widthOf } from './width.ts';

const RUN = fileURLToPath(new URL('../../testing/progress-run.ts', import.meta.url));
/** That of Debian's bsdutils: it runs a command in a terminal of its own. */
const hasScript = `${spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout}`.includes('util-linux');

it.skipIf(!hasScript)(
  'fits a real terminal of 40 columns, and leaves on it the lines that stay (by script of bsdutils)',
  () => {
    const { stdout } = spawnSync('script', ['-qec', `stty cols 40; '${process.execPath}' '${RUN}'`, '/dev/null'], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, TERM: 'xterm' },
    });
    const drawn = stdout.split('\r\n').filter((line) => line.endsWith('/100000'));
    expect(drawn.length).toBeGreaterThanOrEqual(5);
    for (const line of drawn) expect(widthOf(line)).toBe(39);
    const shown = terminal({ columns: 40 });
    shown.stream.write(stdout);
    const lines = shown.lines();
    expect(lines.slice(0, 5)).toEqual([1, 2, 3, 4, 5].map((n) => `org_1  line ${n}`));
    // The terminal breaks what is longer than it is wide.
    expect(lines.slice(5).join('')).toMatch(
      /^org_1 {2}read calls, and say so in more words than there is room for → done in \d+ ms$/,
    );
  },
);
