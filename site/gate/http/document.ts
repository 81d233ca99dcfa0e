/** Headers of a request, as Node or the web has them. */
export interface RequestHeaders {
  get(name: string): string | null;
}

/** A person is looking, not a script: answered with pages and redirects, where a script gets JSON. */
export function isDocument(headers: RequestHeaders): boolean {
  const destination = headers.get('sec-fetch-dest');
  if (destination) return ['document', 'iframe', 'frame'].includes(destination);
  return (headers.get('accept') ?? '').includes('text/html');
}

/** Clerk's SDK would send this request through its handshake: it is likely to be for a page. Exactly as the SDK has it. */
export function mayHandshake(method: string | undefined, headers: RequestHeaders): boolean {
  const destination = headers.get('sec-fetch-dest');
  if (method !== 'GET') return false;
  return destination
    ? ['document', 'iframe'].includes(destination)
    : (headers.get('accept') ?? '').startsWith('text/html');
}
