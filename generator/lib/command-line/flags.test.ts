import { expect, it } from 'vitest';
import { readFlags } from './flags.ts';

const FLAGS = [{ flag: 'results', value: 'URL' }, { flag: 'force' }, { flag: 'quiet', short: 'q' }, {}];
const NONE = 'is not a flag of this command.';

it.each([
  ['--result file:x', [`--result ${NONE} Did you mean --results? See --help.`]],
  ['--result=file:x', [`--result ${NONE} Did you mean --results? See --help.`]],
  ['--result --force', [`--result ${NONE} Did you mean --results? See --help.`]],
  ['--colour red --force', [`--colour ${NONE} See --help.`]],
  ['--froce yes', [`--froce ${NONE} Did you mean --force? See --help.`, '"yes" is not understood here. See --help.']],
  ['-x', [`-x ${NONE} See --help.`]],
  ['stray', ['"stray" is not understood here. See --help.']],
  ['--results', ['--results needs a value. See --help.']],
  ['--quiet=1', ['--quiet takes no value.']],
])('%j is answered flag by flag', (typed, words) => {
  expect(readFlags(typed.split(' '), FLAGS).unknown).toEqual(words);
});

it('takes one letter for a flag that has one', () => {
  expect(readFlags(['-q', '--results', 'a'], FLAGS)).toEqual({ flags: { quiet: true, results: 'a' }, unknown: [] });
});
