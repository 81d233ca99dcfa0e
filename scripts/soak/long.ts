import { type Check, must } from './lib/check.ts';
import { runTests, runTool } from './lib/command.ts';

/** Unit tests of which `npm test` takes a sample by the same variable. */
const UNIT_TESTS = [
  'generator/days/oracle.test.ts',
  'generator/digest/crash.test.ts',
  'generator/digest/tenants.test.ts',
  'generator/feed.test.ts',
  'generator/report/said.test.ts',
  'generator/search-queries.test.ts',
  'site/report/figures.test.ts',
  'site/report/markup.test.ts',
  'site/report/period/count.test.ts',
];

export const check: Check = {
  does: 'the browser tests with all widths, pages and texts, the demo’s figures with more calls, sentences about more worlds, mails of runs that die at all points, change feeds of which events are lost, and queries of a search in four languages, of which `npm test` takes a sample',
  async run() {
    process.env.CCI_LONG = '1';
    must((await runTests('--reporter=dot', ...UNIT_TESTS)) === 0, 'a unit test has failed; see above');
    must((await runTool('playwright', ['test', '--reporter=dot'])) === 0, 'a browser test has failed; see above');
  },
};
