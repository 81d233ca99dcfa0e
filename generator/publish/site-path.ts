const SEGMENT = /^[A-Za-z0-9_~-][A-Za-z0-9_~.@,+=-]*$/;

/** Whether a name may stand between two slashes of a site's paths: one that means the same in an address and to any file system. */
export const isSegment = (name: string): boolean => SEGMENT.test(name);

/** Whether a file of a site is the page of a call. */
export const isCallPage = (path: string): boolean => /^\/calls\/[^/]+\/$/.test(path);

/** Whether a text can be the path of a file of a site; a page's ends in a slash. */
export function isSitePath(path: string): boolean {
  const [before, ...names] = path.split('/');
  const last = names.length - 1;
  return before === '' && last >= 0 && names.every((name, i) => isSegment(name) || (i === last && name === ''));
}
