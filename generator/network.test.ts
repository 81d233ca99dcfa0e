import { expect, it } from 'vitest';
import { runThrough } from './testing/network-runs.ts';

// More tenants, silence, slow lines and worse weather in `npm run soak -- network`.
it('publishes every tenant over a network that loses one request of twenty', async () => {
  const run = await runThrough({ percent: 5, faults: ['reset', 'lost', 'cut', 'short'] }, 2);
  expect(run.published).toBe(2);
  expect(run.happened.size).toBeGreaterThan(0);
  expect(run.requests).toBeLessThan(run.usual * 2);
});
