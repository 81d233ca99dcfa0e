/** A longer name is cut: some systems allow 255 bytes for a file and its folder. */
const LENGTH = 120;

/**
 * A name for a file, without its ending: "harbour-energy-calls-2026-11-01". Letters and digits of any script, all else a hyphen.
 * @param parts what is left out is not there
 * @param organization as shown
 */
export const fileName = (parts: readonly (string | undefined | false)[], organization: string): string =>
  [organization, ...parts]
    .filter(Boolean)
    .join(' ')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .slice(0, LENGTH)
    .replace(/^-|-$/g, '');
