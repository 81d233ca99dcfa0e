/** Said to the document when the figures of a page have been drawn again. */
export const REDRAWN = 'figures-redrawn';
