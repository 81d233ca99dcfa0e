/** A part of the product of which tests must notice every change: what is mutated, and the tests that judge it. */
export interface MutatedModule {
  name: string;
  /** Globs of sources; tests in them are left out. */
  sources: string[];
  /** Globs of test files. */
  tests: string[];
  /** The tests need the Astro bundles, which are then built from the mutated sources. */
  bundles?: true;
}

export const MODULES: MutatedModule[] = [
  {
    name: 'publish',
    sources: ['generator/publish/*.ts'],
    tests: ['generator/publish/**/*.test.ts', 'generator/{build,run}.test.ts', 'generator/testing/*.test.ts'],
    bundles: true,
  },
  {
    name: 'ledger',
    sources: ['generator/digest/ledger/*.ts'],
    tests: ['generator/digest/**/{ledger,events,crash,send}.test.ts', 'generator/commands/digest.test.ts'],
    bundles: true,
  },
  {
    name: 'mask',
    sources: ['generator/normalize/mask*.ts', 'generator/masking/*.ts'],
    tests: ['generator/{masking,normalize}/*.test.ts'],
  },
  {
    name: 'gate',
    sources: ['site/gate/{http,auth,content}/*.ts'],
    tests: ['site/gate/{http,auth,content}/*.test.ts', 'site/gate/*.test.ts'],
    bundles: true,
  },
];
