import type { Place } from './world.ts';

/** What goes over the wire beside the identity. */
export interface Shape {
  method?: string;
  target: string;
  host?: string;
  lines?: string[];
  body?: string;
  /** Sent on a connection of its own, since what it leaves behind there is uncertain. */
  alone?: true;
}

/** One way to ask for a file that is not one's own. */
export interface Mutation {
  name: string;
  shape(path: string, place: Place): Shape;
  /** Whose file it is may ask like this too, and gets it; otherwise its owner gets it at the plain path. */
  legal: boolean;
}
