import { type Check, must } from './lib/check.ts';
import { runTests } from './lib/command.ts';

/** How many texts each is tried with. Those of output go through some sixty commands each. */
const TESTS: [texts: number, ...files: string[]][] = [
  [
    1000,
    'generator/digest/mail/headers.test.ts',
    'generator/lib/mail-address.test.ts',
    'generator/shared/format/csv.test.ts',
  ],
  [200, 'generator/hostile-output.test.ts'],
];

export const check: Check = {
  does: 'headers of mail and cells of CSV with a thousand hostile texts, and all that commands print with two hundred, of which `npm test` takes a sample',
  async run() {
    for (const [texts, ...files] of TESTS) {
      process.env.CCI_RUNS = String(texts);
      must((await runTests(...files)) === 0, 'a text has come through as something else; see above');
    }
  },
};
