/** What to do with a page, once the gate has been asked whether it may be shown. */
export type Step =
  | { step: 'show' }
  /** It was not asked for in vain: nothing is known, and the page is in sight. */
  | { step: 'leave' }
  /** What is shown may be shown no longer; where the page comes back the same, `text` says so. */
  | { step: 'load again'; text: string }
  /** Nothing is known, and the page is hidden: `text` says why, and the reader can ask once more. */
  | { step: 'ask again'; text: string };

/** Answers after which the page is not this reader's any more. Loaded again it leads to the sign-in, or to the site as it is now. */
const LOST: { [status: number]: string | undefined } = {
  401: 'You no longer have access to this page, and it could not be reloaded.',
  403: 'You no longer have access to this page, and it could not be reloaded.',
  410: 'The reports were updated, and this page could not be reloaded.',
};

/**
 * @param status of the gate's answer; undefined where none has come
 * @param isShown whether the page is in sight already
 * @param isOnline what the browser says of its network; true proves nothing
 */
export function nextStep(status: number | undefined, isShown: boolean, isOnline: boolean): Step {
  if (status !== undefined && status >= 200 && status < 300) return { step: 'show' };
  const lost = status === undefined ? undefined : LOST[status];
  if (lost !== undefined) return { step: 'load again', text: `${lost} Close it and open it again.` };
  if (isShown) return { step: 'leave' };
  return {
    step: 'ask again',
    text: `${reasonOf(status, isOnline)}, so it is not known whether you may see this page.`,
  };
}

function reasonOf(status: number | undefined, isOnline: boolean): string {
  if (status !== undefined) return `The site could not answer just now (status ${status})`;
  return isOnline ? 'The site could not be reached' : 'You are offline';
}
