import { expect, it } from 'vitest';
import { momentOf } from './publish-faults.ts';
import { ATTEMPTS, type MeantRequest, SERVER_FAULTS, surviveServerFault } from './server-faults.ts';

const isSwitch = ({ method, key }: MeantRequest) => method === 'PUT' && key.endsWith('/pointer.json');

// Every answer at every request in `npm run soak -- servers`.
it('a bucket that answers wrongly where the pointer is switched is outlived, without endless tries', async () => {
  const moment = await momentOf('deleted call');
  const usual = await surviveServerFault(moment, isSwitch, { delayMs: 0 });
  expect(await surviveServerFault(moment, ({ number }) => number === 1, { delayMs: 0 })).toBe(usual);
  for (const name of ['412', 'answer lost'])
    expect(await surviveServerFault(moment, isSwitch, SERVER_FAULTS[name] ?? {}), name).toBeLessThan(usual * ATTEMPTS);
});
