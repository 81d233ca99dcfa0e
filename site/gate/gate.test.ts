import { gateSuite } from './testing/gate-suite.ts';

gateSuite({ short: true });
