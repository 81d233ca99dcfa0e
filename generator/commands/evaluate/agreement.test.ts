import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreementOf } from './agreement.ts';

const pairs = (bothPassed: number, tooStrict: number, tooMild: number, bothFailed: number) => [
  ...Array.from({ length: bothPassed }, () => ({ person: true, report: true })),
  ...Array.from({ length: tooStrict }, () => ({ person: true, report: false })),
  ...Array.from({ length: tooMild }, () => ({ person: false, report: true })),
  ...Array.from({ length: bothFailed }, () => ({ person: false, report: false })),
];

describe('agreement', () => {
  it.each([
    ['Cohen’s own kind of table, as textbooks have it', [20, 5, 10, 15], 0.7, 0.4],
    // Feinstein and Cicchetti, “High agreement but low kappa”, J Clin Epidemiol 1990: their four tables.
    ['balanced', [40, 9, 6, 45], 0.85, 0.7],
    ['high agreement and low kappa', [80, 10, 5, 5], 0.85, 0.32],
    ['both lean to one side', [45, 15, 25, 15], 0.6, 0.13],
    ['they lean to different sides', [25, 35, 5, 35], 0.6, 0.26],
    ['full agreement', [5, 0, 0, 5], 1, 1],
    ['full disagreement', [0, 5, 5, 0], 0, -1],
    ['one of the two says always the same', [7, 3, 0, 0], 0.7, 0],
  ] as const)('has the share and kappa of the literature: %s', (_, [a, b, c, d], share, kappa) => {
    const { n, ...found } = agreementOf(pairs(a, b, c, d));
    expect(n).toBe(a + b + c + d);
    expect(found).toMatchObject({ bothPassed: a, tooStrict: b, tooMild: c, bothFailed: d });
    expect(found.share).toBeCloseTo(share, 10);
    expect(found.kappa).toBeCloseTo(kappa, 2);
  });

  it.each([
    ['both passed all', [6, 0, 0, 0], 1],
    ['both failed all', [0, 0, 0, 3], 1],
    ['nothing was judged', [0, 0, 0, 0], undefined],
  ] as const)('has no kappa where %s', (_, [a, b, c, d], share) => {
    const found = agreementOf(pairs(a, b, c, d));
    expect(found).not.toHaveProperty('kappa');
    expect(found.share).toBe(share);
  });

  it('stays the same when the two are changed about, and when passed and failed are', () => {
    const cells = fc.tuple(fc.nat(30), fc.nat(30), fc.nat(30), fc.nat(30));
    fc.assert(
      fc.property(cells, ([a, b, c, d]) => {
        const { kappa, share } = agreementOf(pairs(a, b, c, d));
        for (const other of [agreementOf(pairs(a, c, b, d)), agreementOf(pairs(d, c, b, a))])
          expect([other.kappa, other.share]).toEqual([kappa, share]);
        expect(kappa === undefined || (kappa <= 1 && kappa >= -1)).toBe(true);
      }),
    );
  });
});
