import { decodeText, sha256, stableJson } from './bytes.ts';

/** JSON that tells by itself whether it is as it was written: with a SHA-256 of everything else in it. */
export const checkedJson = (content: object): string => stableJson({ ...content, check: checkOf(content) });

/** What it holds; undefined where it is no object, or not as it was written. One without a check is taken as it is: older versions wrote none. */
export function parseChecked(body: Uint8Array): { [key: string]: unknown } | undefined {
  try {
    const { check, ...content } = JSON.parse(decodeText(body)) as { [key: string]: unknown };
    return check === undefined || check === checkOf(content) ? content : undefined;
  } catch {
    return undefined;
  }
}

/** SHA-256 of the stable JSON of what is checked, its check left out. */
export const checkOf = (content: object): string => sha256(stableJson(content));
