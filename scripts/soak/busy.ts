import { type ChildProcess, spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { type Check, must } from './lib/check.ts';
import { runTool } from './lib/command.ts';

const ROUNDS = 3;

export const check: Check = {
  does: 'the unit tests, three times, beside processes that keep every processor busy',
  async run({ say }) {
    const burners: ChildProcess[] = Array.from({ length: Math.max(2, availableParallelism()) }, () =>
      spawn(process.execPath, ['--eval', 'for (;;);'], { stdio: 'ignore' }),
    );
    try {
      for (let round = 1; round <= ROUNDS; round++) {
        say(`round ${round} of ${ROUNDS}`);
        must((await runTool('vitest', ['run', '--reporter=dot'])) === 0, 'a unit test has failed; see above');
      }
    } finally {
      for (const burner of burners) burner.kill();
    }
  },
};
