import { wcagContrast as contrast } from 'culori';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accentsOf, brandCss, textOn } from './brand.ts';

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

  it.each([
    ['#0B5FA5', '#0B5FA5', '#FFFFFF', '#6FB9FF', '#101316'],
    ['#9C1458', '#9C1458', '#FFFFFF', '#FF7FB5', '#101316'],
    ['#FFFF00', '#696200', '#FFFFFF', '#FFFF00', '#101316'],
    ['#777777', '#5D5D5D', '#FFFFFF', '#B4B4B4', '#101316'],
    ['#FF0000', '#C70000', '#FFFFFF', '#FF5845', '#101316'],
  ])('of %s gives these colours, from one version to the next', (given, ...colours) => {
    const names = ['accent-light', 'on-accent-light', 'accent-dark', 'on-accent-dark'];
    const rules = names.map((name, i) => `--${name}:${colours[i]}`);
    expect(brandCss(given)).toBe(`:root{${rules.join(';')}}\n`);
  });

  it('is measured as WCAG measures contrast', () => {
    expect(contrast('#000000', '#FFFFFF')).toBeCloseTo(21, 5);
    expect(contrast('#777777', '#FFFFFF')).toBeCloseTo(4.478, 2);
  });
});
