import { type Check, must } from './lib/check.ts';
import { runTool } from './lib/command.ts';

export const check: Check = {
  does: 'the browser tests, so many times as --repeat says (10), without one failure',
  async run({ repeat }) {
    const status = await runTool('playwright', ['test', `--repeat-each=${repeat}`, '--reporter=dot']);
    must(status === 0, 'a browser test has failed; see above');
  },
};
