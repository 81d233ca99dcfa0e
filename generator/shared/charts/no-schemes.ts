/** In the place of Plot's colour schemes: no chart here has a scale of colours, and Plot asks for these only to draw one. */
const noScheme = (): never => {
  throw new Error('missing colour scheme: schemes are left out of the bundle, see astro.config.mjs');
};
/** Plot asks of each scale of colours. */
const isNone = (): boolean => false;

export {
  isNone as isCategoricalScheme,
  isNone as isDivergingScheme,
  noScheme as createScaleDiverging,
  noScheme as createScaleDivergingLog,
  noScheme as createScaleDivergingPow,
  noScheme as createScaleDivergingSqrt,
  noScheme as createScaleDivergingSymlog,
  noScheme as maybeBooleanRange,
  noScheme as ordinalRange,
  noScheme as ordinalScheme,
  noScheme as quantitativeScheme,
};
