import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accentsOf, contrast, textOn } from './brand.ts';

/** The grounds that text in the accent stands on: `--paper`, `--inset` and `--raise` of each scheme. */
const GROUNDS = { light: ['#FDFDFC', '#F3F4F3', '#FFFFFF'], dark: ['#101316', '#191D21', '#171B1F'] };
const colour = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, '0').toUpperCase()}`);

describe('a tenant’s accent', () => {
  it('can be read on every ground of both schemes, whatever colour was given, and so can text on it', () => {
    const readable = (given: string | undefined) => {
      const accents = accentsOf(given);
      for (const scheme of ['light', 'dark'] as const) {
        const accent = accents[scheme];
        for (const ground of GROUNDS[scheme])
          expect(contrast(accent, ground), `${given} ${scheme}`).toBeGreaterThanOrEqual(4.5);
        expect(contrast(accent, textOn(accent)), `text on ${given} ${scheme}`).toBeGreaterThanOrEqual(4.5);
      }
    };
    for (const given of [undefined, '#FFFF00', '#FFFFFF', '#000000', '#777777', '#00FF00']) readable(given);
    fc.assert(fc.property(colour, readable));
  });

  it('is measured as WCAG measures contrast', () => {
    expect(contrast('#000000', '#FFFFFF')).toBeCloseTo(21, 5);
    expect(contrast('#777777', '#FFFFFF')).toBeCloseTo(4.478, 2);
  });
});
