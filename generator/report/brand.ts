/** The tenant's colours, as the style sheet `/brand.css`, which every page loads after its own. */

type Rgb = [number, number, number];

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

/** Keep the hue; start at a lightness that suits the ground, and step until text in it can be read there. */
export function accents(accent: string): { light: string; dark: string } {
  const [l, c, h] = toOklch(parse(accent));
  const step = (start: number, by: number, grounds: readonly string[]): string => {
    for (let lightness = start; lightness >= 0 && lightness <= 1; lightness += by) {
      const colour = format(fromOklch(lightness, c, h));
      if (grounds.every((ground) => contrast(colour, ground) >= CONTRAST)) return colour;
    }
    return by < 0 ? '#000000' : '#FFFFFF';
  };
  return { light: step(Math.min(l, 0.48), -0.01, LIGHT_GROUNDS), dark: step(Math.max(l, 0.77), 0.01, DARK_GROUNDS) };
}

/** Whichever of white and dark ink can be read better on a colour. */
export const textOn = (colour: string): string =>
  contrast(colour, '#FFFFFF') >= contrast(colour, DARK_INK) ? '#FFFFFF' : DARK_INK;

/** WCAG contrast ratio of two colours. */
export function contrast(a: string, b: string): number {
  const [x, y] = [luminance(parse(a)), luminance(parse(b))];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

const parse = (hex: string): Rgb => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255) as Rgb;
const format = (rgb: Rgb): string =>
  `#${rgb
    .map((value) =>
      Math.round(Math.min(1, Math.max(0, value)) * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')
    .toUpperCase()}`;

const linear = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const gamma = (value: number): number => (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055);
const luminance = ([r, g, b]: Rgb): number => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);

/** Oklab in polar form: https://bottosson.github.io/posts/oklab/ */
function toOklch(rgb: Rgb): Rgb {
  const [r, g, b] = rgb.map(linear) as Rgb;
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return [0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s, Math.hypot(a, bb), Math.atan2(bb, a)];
}

function fromOklch(lightness: number, chroma: number, hue: number): Rgb {
  const [a, b] = [chroma * Math.cos(hue), chroma * Math.sin(hue)];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    gamma(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    gamma(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    gamma(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}
