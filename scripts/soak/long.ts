import { type Check, must } from './lib/check.ts';
import { runTool } from './lib/command.ts';

export const check: Check = {
  does: 'the browser tests with all widths, pages and texts, of which `npm test` takes a sample',
  async run() {
    process.env.CCI_LONG = '1';
    const status = await runTool('playwright', ['test', '--reporter=dot']);
    must(status === 0, 'a browser test has failed; see above');
  },
};
