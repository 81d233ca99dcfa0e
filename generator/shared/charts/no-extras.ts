/** In the place of Plot's tips, pointers and legends: no chart here has any, and Plot asks for these only to draw one. */
const noExtra = (): never => {
  throw new Error('missing mark: tips, pointers and legends are left out of the bundle, see astro.config.mjs');
};

/** Plot asks for the legends of every chart. */
export const createLegends = (): unknown[] => [];
/** What a chart's `legend` method is made by: no script here calls that. */
export const exposeLegends = (): typeof noExtra => noExtra;

export {
  noExtra as legend,
  noExtra as pointer,
  noExtra as pointerX,
  noExtra as pointerY,
  noExtra as Tip,
  noExtra as tip,
};
