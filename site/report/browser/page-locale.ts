/** The tenant's locale, for scripts: the page itself is English, whatever its numbers and dates are written in. */
export const pageLocale = (): string => document.documentElement.dataset.locale ?? 'en-GB';
