import type { Edit } from '../copy.ts';

/** A bug, and the test that must notice it. */
export interface Mutant {
  bug: string;
  edits: Edit[];
  test: { file: string; name: string };
}

/** From the root where it names a room, else in the gate's folder. */
const whole = (file: string): string => (/^(?:generator|templates|site)\//.test(file) ? file : `site/gate/${file}`);

/** @param file in the gate's folder, or from `generator/`, `templates/` or `site/` on */
export const edit = (file: string, find: string, replace: string): Edit => ({ file: whole(file), find, replace });
/** @param file of the test, as that of an edit, without its ending */
export const mutant = (bug: string, edits: Edit | Edit[], file: string, name: string): Mutant => ({
  bug,
  edits: Array.isArray(edits) ? edits : [edits],
  test: { file: `${whole(file)}.test.ts`, name },
});

/** The test over raw sockets. */
export const ATTACK = 'testing/attack/attack';
/** Its name where somebody is turned away. */
export const away = (who: string): string => `it is turned away: ${who}`;
