import { HEADERS, OTHERS } from './others.ts';
import type { Mutation } from './shape.ts';
import { percentEncoded, TARGETS } from './targets.ts';
import type { Place } from './world.ts';

/** All ways to ask for what is not one's own; the first is to ask for it plainly. */
export const MUTATIONS: Mutation[] = [
  ...TARGETS.map(([name, target, legal]) => ({
    name,
    shape: (path: string, place: Place) => ({ target: target(path, place) }),
    legal: legal === 'legal',
  })),
  // "Plain" has its encoded form above.
  ...TARGETS.slice(1).map(([name, target, legal]) => ({
    name: `${name}, percent-encoded`,
    shape: (path: string, place: Place) => ({ target: percentEncoded(target(path, place)) }),
    legal: legal === 'legal',
  })),
  ...HEADERS.map(([name, lines]) => ({
    name,
    shape: (path: string, place: Place) => ({ target: path, lines: lines(path, place) }),
    legal: true,
  })),
  ...OTHERS.map(([name, shape, legal]) => ({ name, shape, legal: legal === 'legal' })),
];
