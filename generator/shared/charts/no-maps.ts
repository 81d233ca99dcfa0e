/** In the place of Plot's projections, and of d3-geo with them: no chart here is a map, and Plot asks for these only to draw one. */
const noMap = (): never => {
  throw new Error('missing projection: maps are left out of the bundle, see astro.config.mjs');
};
/** Plot asks for the projection of every chart. */
const none = (): undefined => undefined;

export {
  noMap as applyPosition,
  noMap as getGeometryChannels,
  noMap as project,
  noMap as xyProjection,
  none as createProjection,
  none as hasProjection,
  none as projectionAspectRatio,
};
