import { globSync } from 'node:fs';
import { ROOT } from '../../generator/render/version.ts';

/** Sources of a part of the product of which tests must notice every change, and the tests that judge them. */
export interface MutatedModule {
  /** The part that they count to; several may have one. */
  name: string;
  /** Tells its folder from that of another module of the same part and folder of sources. */
  folder?: string;
  /** Globs of sources; tests in them are left out. */
  sources: string[];
  /**
   * Globs of test files, in the order in which they run: the nearest first, since the first that fails decides. Only tests that call the
   * sources in their own process: a command or a bundle in another one runs them unchanged.
   */
  tests: string[];
}

export const MODULES: MutatedModule[] = [
  {
    name: 'publish',
    sources: [
      'generator/publish/{assets,blobs,guard,headers,manifest,marks,pointer,site-path,sites,start,status,switch,ungated}.ts',
      'generator/publish/check/sample.ts',
    ],
    tests: [
      'generator/publish/{sites,status,switch,blobs,pointer,guard-answer,ungated-markup}.test.ts',
      'generator/publish/{assets,check/sample,tree/tree}.test.ts',
      'site/gate/http/headers.test.ts',
    ],
  },
  {
    name: 'publish',
    folder: 'builds',
    sources: [
      'generator/publish/!(assets|blobs|guard|headers|manifest|marks|pointer|site-path|sites|start|status|switch|ungated).ts',
      'generator/publish/check/{verify,inspect}.ts',
    ],
    // Not those that make whole builds.
    tests: [
      'generator/publish/{read,kept,clean-up,rollback-pointer,draft,leftovers}.test.ts',
      'generator/publish/{check/verify,check/inspect,publish,export}-small.test.ts',
      'generator/publish/check/inspect-sample.test.ts',
      'generator/publish/publish.test.ts',
    ],
  },
  {
    name: 'publish',
    sources: ['generator/publish/names/*.ts'],
    tests: ['generator/publish/names/*.test.ts', 'generator/publish/{sites,kept,tree/told}.test.ts'],
  },
  {
    name: 'publish',
    sources: ['generator/publish/tree/*.ts'],
    tests: ['generator/publish/tree/!(write).test.ts', 'generator/publish/tree/write.test.ts'],
  },
  {
    name: 'ledger',
    sources: ['generator/digest/ledger/*.ts'],
    tests: ['generator/digest/ledger/*.test.ts'],
  },
  {
    name: 'mask',
    sources: ['generator/normalize/mask*.ts'],
    tests: ['generator/normalize/{mask,normalize,wide}.test.ts'],
  },
  {
    name: 'mask',
    sources: ['generator/masking/*.ts'],
    tests: ['generator/masking/!(masking).test.ts'],
  },
  {
    name: 'gate',
    sources: ['site/gate/http/*.ts'],
    tests: ['site/gate/http/*.test.ts'],
  },
  {
    name: 'gate',
    sources: ['site/gate/auth/*.ts'],
    tests: ['site/gate/auth/*.test.ts'],
  },
  {
    name: 'gate',
    sources: ['site/gate/content/*.ts'],
    tests: ['site/gate/content/*.test.ts'],
  },
  {
    name: 'gate',
    sources: ['site/gate/answers/*.ts'],
    tests: ['site/gate/answers/*.test.ts', 'site/gate/site-response.test.ts'],
  },
];

/** Paths below the project's root, in the order of the globs. */
export const filesOf = (globs: readonly string[]): string[] => [
  ...new Set(globs.flatMap((glob) => globSync(glob, { cwd: ROOT }).sort())),
];

/** What is mutated of a module. */
export const sourcesOf = ({ sources }: MutatedModule): string[] =>
  filesOf(sources).filter((file) => !file.endsWith('.test.ts'));
