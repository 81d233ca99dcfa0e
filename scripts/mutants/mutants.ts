import { ANSWERS } from './bugs/answers.ts';
import { LAYERS } from './bugs/layers.ts';
import type { Mutant } from './bugs/mutant.ts';
import { REQUESTS } from './bugs/requests.ts';
import { SESSIONS } from './bugs/sessions.ts';
import { STORES } from './bugs/stores.ts';

/** Bugs that a gate could have, one at a time. */
export const MUTANTS: Mutant[] = [...LAYERS, ...STORES, ...SESSIONS, ...REQUESTS, ...ANSWERS];
