import { type Check, must } from './lib/check.ts';
import { runTests } from './lib/command.ts';

const WORLDS = 200;

export const check: Check = {
  does: `${WORLDS} random worlds: an organization's site, mail and responses are the same alone and beside others`,
  async run() {
    process.env.CCI_WORLDS = String(WORLDS);
    must((await runTests('generator/neighbors.test.ts')) === 0, 'neighbours disturb each other');
  },
};
