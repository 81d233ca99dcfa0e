import { type RawResponse, rawRequest } from './gate.ts';

/** For tests only: what a browser does with redirects and cookies between a gate and another server, one navigation after the other. */
export interface Browser {
  cookies: Map<string, string>;
  /** One request, without following. */
  ask(target: string, lines?: string[], method?: string): Promise<RawResponse>;
  /** A page, with all redirects. @returns the last answer, and where each led from */
  open(target: string): Promise<RawResponse & { visited: string[] }>;
}

const PAGE = ['Sec-Fetch-Dest: document', 'Accept: text/html'];
/** Browsers give up here. */
const MOST = 20;

/** @param origin of the gate; what leads elsewhere is fetched there without cookies */
export function browserAt(origin: string): Browser {
  const { port, host } = new URL(origin);
  const cookies = new Map<string, string>();

  function keep(lines: string[]): void {
    for (const line of lines) {
      const [pair = '', ...attributes] = line.split(';').map((each) => each.trim());
      const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
      if (attributes.includes('Max-Age=0') || value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
  }

  async function ask(target: string, lines: string[] = PAGE, method = 'GET'): Promise<RawResponse> {
    const header = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const all = header === '' ? lines : [...lines, `Cookie: ${header}`];
    const response = await rawRequest(Number(port), target, all, { host, method });
    keep(response.cookies);
    return response;
  }

  return {
    cookies,
    ask,
    async open(target) {
      const visited: string[] = [];
      let url = new URL(target, origin);
      while (visited.length < MOST) {
        visited.push(url.href);
        if (url.origin !== origin) {
          const { headers } = await fetch(url, { redirect: 'manual' });
          url = new URL(String(headers.get('location')));
          continue;
        }
        const response = await ask(url.pathname + url.search);
        const location = response.headers.get('location');
        if (location === null) return { ...response, visited };
        url = new URL(location, origin);
      }
      throw new Error(`too many redirects: ${visited.join('\n')}`);
    },
  };
}
