import { strip } from './strip.ts';

/** A quote without the marks that a model put around it. */
export const unquote = (text: string): string => strip(text.trim(), /["“'‘]/, /["”'’]/);
