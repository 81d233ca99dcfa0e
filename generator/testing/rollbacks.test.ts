import { expect, it } from 'vitest';
import { rollBackUnderLoad } from './rollbacks.ts';

it('who reads while the site goes back and forth sees one build, whole, and no error', async () => {
  // A hundred in `npm run soak -- rollbacks`.
  expect((await rollBackUnderLoad(12)).views).toBeGreaterThan(0);
});
