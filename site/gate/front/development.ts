import type { IncomingMessage, ServerResponse } from 'node:http';
import { sha256 } from '../../../generator/lib/bytes.ts';
import { HANDSHAKE, NONCE } from '../auth/cookies.ts';
import { type Asset, readPublicFile } from '../content/assets.ts';
import { escapeHtml } from '../http/escape-html.ts';
import { pathOf } from '../http/target.ts';
import type { GateSettings } from '../settings.ts';
import { withBanner } from './banner.ts';

/** What the front does beside all else where it has the keys of a development instance. Nothing here lets anybody in. */
export interface DevelopmentFront {
  /** The banner's style sheet. */
  sheet: { path: string; file: Asset };
  /** Status for a request that is not of this machine's own user; undefined where it may go on. */
  refusal(req: IncomingMessage): 421 | undefined;
  /**
   * Put the end of a handshake, which a development instance writes into the address, where a production instance has it: in a cookie.
   * From there on it is judged like any other. @returns whether there was one
   */
  takeHandshake(req: IncomingMessage): boolean;
  /** Say on the page that is written to this response, if it is one, what it is. */
  bannered(req: IncomingMessage, res: ServerResponse): void;
}

/** Whoever has put something in front of the gate has opened it to others than this machine's own user. */
const OF_PROXIES = /^(?:forwarded|via|x-forwarded-|x-real-ip$|cf-|fly-|ngrok-)/;
/** What can be the value of a cookie, and a token or a nonce. */
const VALUE = /^[\w.~-]+$/;
const STYLE = new URL('../styles/development.css', import.meta.url);

export async function openDevelopment({ port, frontend }: GateSettings): Promise<DevelopmentFront> {
  const file = await readPublicFile(STYLE);
  const path = `/_gate/development.${sha256(file.plain).slice(0, 8)}.css`;
  const hosts = ['localhost', '127.0.0.1', '[::1]'].map((name) => `${name}:${port}`);
  const words = `<b>Development.</b> People sign in with a development instance of Clerk (${escapeHtml(frontend.replace('https://', ''))}), on this machine only. Not for real readers.`;
  const banner = `<link rel="stylesheet" href="${path}"><aside class="cci-development" aria-label="Development mode">${words}</aside>`;

  return {
    sheet: { path, file },
    refusal({ headers }) {
      // A name that leads here from elsewhere would be another site's page reaching in (DNS rebinding).
      const isOwn = hosts.includes(headers.host ?? '') && !Object.keys(headers).some((name) => OF_PROXIES.test(name));
      return isOwn ? undefined : 421;
    },
    takeHandshake(req) {
      const { target, brought } = withoutHandshake(req.url ?? '');
      if (brought.length === 0) return false;
      req.url = target;
      // The first of a name counts.
      req.headers.cookie = [...brought.map(([name, value]) => `${name}=${value}`), req.headers.cookie ?? []]
        .flat()
        .join('; ');
      return true;
    },
    bannered: (req, res) => withBanner(req, res, banner),
  };
}

/** A target without what ends a handshake, and that as names and values. */
function withoutHandshake(target: string): { target: string; brought: [name: string, value: string][] } {
  const path = pathOf(target);
  const pairs = target.slice(path.length + 1).split('&');
  const isPart = (pair: string) => {
    const [name = ''] = new URLSearchParams(pair).keys();
    return name === HANDSHAKE || name === NONCE;
  };
  const rest = pairs.filter((pair) => pair !== '' && !isPart(pair));
  const query = new URLSearchParams(target.slice(path.length));
  const brought = [HANDSHAKE, NONCE].flatMap((name): [string, string][] => {
    const value = query.get(name);
    return value === null ? [] : [[name, VALUE.test(value) ? value : 'none']];
  });
  return { target: rest.length === 0 ? path : `${path}?${rest.join('&')}`, brought };
}
