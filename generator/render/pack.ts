import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { once } from '#shared/once.ts';

/** What `npm run pack` says of a folder that it has written: what it holds, and of which sources. */
export interface Pack {
  /** Such as "gate". */
  name: string;
  /** The commands that are in it; without them all are. */
  commands?: string[];
  /** Where it holds code of a platform, which: such as "linux-x64". */
  platform?: string;
  /** The versions of the sources that it was made of, most of which are not in it. */
  template: string;
  code: string;
}

/** Where a pack has it, from the folder of the pack. A checkout has no such file. */
export const PACK_FILE = '.build/pack.json';

const PLACE = fileURLToPath(new URL(`../../${PACK_FILE}`, import.meta.url));

const read = once(() => ({
  pack: existsSync(PLACE) ? (JSON.parse(readFileSync(PLACE, 'utf8')) as Pack) : undefined,
}));

/** The pack that this program runs from; undefined in a checkout. */
export const ownPack = (): Pack | undefined => read().pack;
