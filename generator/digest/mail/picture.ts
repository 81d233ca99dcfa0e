import { Resvg } from '@resvg/resvg-js';

/** Pixels of the picture for one of the mail's: phones have sharp screens. */
const SCALE = 2;

/** A chart without text as a transparent PNG; no font is loaded, so that every machine makes the same bytes. */
export function pngOf(svg: string, width: number): Uint8Array {
  const resvg = new Resvg(svg, { fitTo: { mode: 'width', value: width * SCALE }, font: { loadSystemFonts: false } });
  return resvg.render().asPng();
}
