import type { Edit } from '../copy.ts';

/** A bug, and the test that must notice it. */
export interface Mutant {
  bug: string;
  edits: Edit[];
  test: { file: string; name: string };
}

const GATE = 'site/gate/';
/** @param file in the gate's folder, or in `generator/` */
export const edit = (file: string, find: string, replace: string): Edit => ({
  file: file.startsWith('generator/') ? file : `${GATE}${file}`,
  find,
  replace,
});
/** @param file of the test, in the gate's folder, without its ending */
export const mutant = (bug: string, edits: Edit | Edit[], file: string, name: string): Mutant => ({
  bug,
  edits: Array.isArray(edits) ? edits : [edits],
  test: { file: `${GATE}${file}.test.ts`, name },
});

/** The test over raw sockets. */
export const ATTACK = 'testing/attack/attack';
/** Its name where somebody is turned away. */
export const away = (who: string): string => `it is turned away: ${who}`;
