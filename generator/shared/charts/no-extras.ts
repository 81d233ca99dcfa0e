/** In the place of Plot's tips and legends: no chart here has any, and Plot asks for these only to draw one. */
const noExtra = (): never => {
  throw new Error('missing mark: tips and legends are left out of the bundle, see astro.config.mjs');
};

export { noExtra as legendRamp, noExtra as legendSwatches, noExtra as legendSymbols, noExtra as Tip, noExtra as tip };
