import { expect, it } from 'vitest';
import type { Dimension } from '#shared/filter/dimension-id.ts';
import { emptyState, type State } from '../days/state.ts';
import { countFiles } from './months.ts';

const at = (name: string) => ({ blob: `blobs/${name}`, sha256: name });

/** @param counts month → hash of what its days come to */
function inputs(counts: { [month: string]: string }, dimensions: Dimension[]) {
  const months = Object.entries(counts).map(([month, hash]) => [month, { counts: at(hash), parties: at('parties') }]);
  const days = Object.keys(counts).map((month) => [`${month}-01`, at('day')]);
  const state: State = {
    ...emptyState('code'),
    ...{ days: Object.fromEntries(days), months: Object.fromEntries(months), dimensions },
  };
  return Object.fromEntries([...countFiles(state, new Map())].map(({ path, input }) => [path, input]));
}

it('makes counts of a month again where they are other ones, and not where topics have only changed places', () => {
  const [march, april] = ['/data/days/2026-03.json', '/data/days/2026-04.json'];
  const before = inputs({ '2026-03': 'a', '2026-04': 'b' }, [{ id: 'topic', values: ['Bills', 'Meters'] }]);
  const after = inputs({ '2026-03': 'a', '2026-04': 'c' }, [{ id: 'topic', values: ['Meters', 'Bills'] }]);
  expect(after[march]).toBe(before[march]);
  expect(after[april]).not.toBe(before[april]);
});
