import { type Check, must } from './lib/check.ts';
import { runTests } from './lib/command.ts';

const TESTS = [
  'generator/digest/mail/headers.test.ts',
  'generator/lib/mail-address.test.ts',
  'generator/hostile-output.test.ts',
  'site/report/data/csv.test.ts',
];

export const check: Check = {
  does: 'headers of mail, cells of CSV and lines of output with a thousand hostile texts, of which `npm test` takes a sample',
  async run() {
    process.env.CCI_RUNS = '1000';
    const status = await runTests(...TESTS);
    must(status === 0, 'a text has come through as something else; see above');
  },
};
