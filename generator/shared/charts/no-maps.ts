/** In the place of d3-geo, a sixth of a chart's script: no chart here is a map, and Plot asks for these only to draw one. */
const noMap = (): never => {
  throw new Error('missing projection: d3-geo is left out of the bundle, see astro.config.mjs');
};

/** Plot makes one when it is loaded, and uses it for maps alone. */
export const geoTransform = (): object => ({});

export {
  noMap as geoAlbers,
  noMap as geoAlbersUsa,
  noMap as geoAzimuthalEqualArea,
  noMap as geoAzimuthalEquidistant,
  noMap as geoCentroid,
  noMap as geoClipRectangle,
  noMap as geoConicConformal,
  noMap as geoConicEqualArea,
  noMap as geoConicEquidistant,
  noMap as geoEqualEarth,
  noMap as geoEquirectangular,
  noMap as geoGnomonic,
  noMap as geoGraticule10,
  noMap as geoMercator,
  noMap as geoOrthographic,
  noMap as geoPath,
  noMap as geoStereographic,
  noMap as geoStream,
  noMap as geoTransverseMercator,
};
