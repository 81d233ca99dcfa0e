/** The tenant's colours, as the style sheet `/brand.css`, which every page loads after its own. */

import { converter, formatHex, wcagContrast } from 'culori';

const oklch = converter('oklch');

/** Accents where the tenant has chosen none; they hold 4.5:1 on paper and on inset. */
const DEFAULT = { light: '#2B45B8', dark: '#9DB0FF' };
const LIGHT_GROUNDS = ['#FDFDFC', '#F3F4F3'];
const DARK_GROUNDS = ['#101316', '#191D21'];
/** WCAG AA for text. */
const CONTRAST = 4.5;
const DARK_INK = '#101316';

/** @param accent "#RRGGBB" as the tenant gave it; one scheme's colour is worked out from it for each ground */
export function brandCss(accent: string | undefined): string {
  const { light, dark } = accentsOf(accent);
  return `:root{--accent-light:${light};--on-accent-light:${textOn(light)};--accent-dark:${dark};--on-accent-dark:${textOn(dark)}}\n`;
}

/** The tenant's accents for light and dark grounds, or the default ones. */
export const accentsOf = (accent: string | undefined): { light: string; dark: string } =>
  accent === undefined ? DEFAULT : accents(accent);

/**
 * Keep the hue; start at a lightness that suits the ground, and step until text in it can be read there.
 * @param accent "#RRGGBB"; so are the results
 * @throws where it is no colour: the tenant's configuration was checked before
 */
export function accents(accent: string): { light: string; dark: string } {
  const colour = oklch(accent);
  if (!colour) throw new Error(`not a colour: ${accent}`);
  const step = (start: number, by: number, grounds: readonly string[]): string => {
    for (let l = start; l >= 0 && l <= 1; l += by) {
      const stepped = formatHex({ ...colour, l }).toUpperCase();
      if (grounds.every((ground) => wcagContrast(stepped, ground) >= CONTRAST)) return stepped;
    }
    return by < 0 ? '#000000' : '#FFFFFF';
  };
  return {
    light: step(Math.min(colour.l, 0.48), -0.01, LIGHT_GROUNDS),
    dark: step(Math.max(colour.l, 0.77), 0.01, DARK_GROUNDS),
  };
}

/** Whichever of white and dark ink can be read better on a colour. */
export const textOn = (colour: string): string =>
  wcagContrast(colour, '#FFFFFF') >= wcagContrast(colour, DARK_INK) ? '#FFFFFF' : DARK_INK;
