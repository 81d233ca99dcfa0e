import type { Store } from '../../../generator/store/store.ts';

export interface Person {
  userId: string; // e.g., "user_ada"
  name: string;
  email: string;
  /** Ids of organizations. */
  orgs: readonly string[];
}

export interface Organization {
  org: string; // e.g., "org_2harbour"
  name: string;
}

export interface IdentityOptions {
  /** Where the gate is: on this machine. */
  gateOrigin: string; // e.g., "http://127.0.0.1:4321"
  persons: readonly Person[];
  organizations: readonly Organization[];
  /** 0: any free one. */
  port: number;
  /** The results store, which must say of itself that it is made up. */
  results: Store;
  /** Life of a session token in seconds. */
  life?: number;
}
