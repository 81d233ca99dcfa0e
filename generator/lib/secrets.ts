/** Fewest characters of a key that the operator makes, and fewest different ones among them. */
const LEAST = { characters: 32, different: 6 };

/** What is wrong with a key that the operator makes, as the end of a sentence; undefined where nothing is. */
export function keyProblem(value: string): string | undefined {
  const advice = `give at least ${LEAST.characters} characters, such as openssl rand -hex 32 prints`;
  if (value.includes('://')) return `is an address, not a key: ${advice}`;
  if (value.trim() !== value) return 'begins or ends with a space or a line break, which is easily lost: remove it';
  if (value.length < LEAST.characters) return `is too short to be a key: give at least ${LEAST.characters} characters`;
  if (new Set(value).size < LEAST.different) return `is too easily guessed to be a key: ${advice}`;
  return undefined;
}

/** Clerk's secret keys have some 50 characters, all of them letters, digits and underscores. */
const LEAST_CLERK = 32;

/** What is wrong with a secret key of Clerk's by its form, beyond how it begins; undefined where nothing is. */
export function clerkSecretProblem(value: string): string | undefined {
  const isCut = value.startsWith('sk_') && (value.length < LEAST_CLERK || !/^\w+$/.test(value));
  return isCut
    ? 'is not a whole secret key of Clerk: copy all of it from the API keys page of Clerk’s dashboard'
    : undefined;
}

/** `scheme://user@`, with or without a password. */
const LOGIN = /[a-z][a-z0-9+.-]{0,19}:\/\/[^/?#\s]{0,999}@/i;

/** Whether a text holds an address with a user name or a password in it, written plainly or encoded. */
export const hasLogin = (text: string): boolean =>
  LOGIN.test(text) || LOGIN.test(decoded(text)) || parsesWithLogin(text);

/** A value for a message: in quotes, unless a password may be in it. */
export const shownValue = (value: string): string =>
  hasLogin(value) || /^[^\s/@:]*:[^\s/@]+@/.test(value) ? 'its value' : JSON.stringify(value);

/** A URL parser also takes one slash, none, or backslashes where two slashes belong. */
function parsesWithLogin(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && (url.username !== '' || url.password !== '');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
