import { gateSuite } from './testing/gate-suite.ts';

// Every session through Astro and Clerk's SDK.
gateSuite({ short: false });
