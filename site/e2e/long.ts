/** Whether tests take all that they have in place of a sample: `npm run soak -- long`. */
export const isLong = process.env.CCI_LONG === '1';
