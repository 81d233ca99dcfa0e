import { ANSWERS } from './plants/answers.ts';
import { LAYERS } from './plants/layers.ts';
import type { Plant } from './plants/plant.ts';
import { REQUESTS } from './plants/requests.ts';
import { SESSIONS } from './plants/sessions.ts';
import { STORES } from './plants/stores.ts';

/** Bugs that a gate could have, one at a time. */
export const PLANTS: Plant[] = [...LAYERS, ...STORES, ...SESSIONS, ...REQUESTS, ...ANSWERS];
