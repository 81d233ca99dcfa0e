import { expect, it } from 'vitest';
import { filesOf, MODULES, sourcesOf } from './modules.ts';

/** Everything that publishes, masks, keeps the ledger, or decides what a request gets. */
const MEASURED = [
  'generator/publish/**/*.ts',
  'generator/digest/ledger/*.ts',
  'generator/masking/*.ts',
  'generator/normalize/mask*.ts',
  'site/gate/{http,auth,content,answers}/**/*.ts',
];

it('every source of the measured folders is in just one module, and every module has tests', () => {
  const sources = filesOf(MEASURED).filter((file) => !/\.test\.ts$|\/testing\//.test(file));
  expect(MODULES.flatMap(sourcesOf).sort()).toEqual(sources.sort());
  for (const { sources: globs, tests } of MODULES)
    for (const glob of [...globs, ...tests]) expect([glob, filesOf([glob]).length > 0]).toEqual([glob, true]);
  // A name in braces that is no file is left out of a glob without a word.
  const named = MODULES.flatMap(({ sources: globs, tests }) => [...globs, ...tests]).flatMap(expanded);
  expect(named.filter((name) => !name.includes('*') && filesOf([name]).length === 0)).toEqual([]);
});

/** Each of the names in braces by itself. */
function expanded(glob: string): string[] {
  const [, before = '', names = '', after = ''] = /^([^{]*)\{([^}]*)\}(.*)$/.exec(glob) ?? [];
  return names === '' ? [glob] : names.split(',').map((name) => `${before}${name}${after}`);
}
