// Whole as it is: the page that has it is no page of Astro's.
import forget from '../scripts/forget.js?url';
import sheet from '../styles/gate.css?url';
import type { Addresses } from './notice.ts';

/** As the bundle knows them; the front finds the same among the bundle's client files. */
export const ADDRESSES: Addresses = { sheet, forget };
