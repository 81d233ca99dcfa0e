import { Agent, request } from 'node:http';
import type { AnyRequest } from './requests.ts';

/** All that came back, but for the moment. */
export interface Whole {
  status: string;
  /** Name, value, name, value, ... in their order. */
  headers: string[];
  /** As sent, in Latin-1. */
  body: string;
}

/** Asks one after the other on a connection that is kept. */
export function asker(port: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = ({ method, target, headers }: AnyRequest): Promise<Whole> =>
    new Promise((done, failed) => {
      const asked = request({ port, host: '127.0.0.1', method, path: target, headers, agent }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', failed);
        response.on('end', () =>
          done({
            status: `${response.statusCode} ${response.statusMessage}`,
            headers: withoutDate(response.rawHeaders),
            body: withoutIds(Buffer.concat(chunks).toString('latin1')),
          }),
        );
      });
      asked.on('error', failed).end();
    });
  return { ask, close: () => agent.destroy() };
}

const withoutDate = (raw: string[]): string[] =>
  raw.filter((_, i) => raw[i - (i % 2)]?.toLowerCase() !== 'date').map(withoutHashes);

/** Each of Astro's pages holds an id that is drawn for it, and names the hash of the script that has it. */
export const withoutIds = (text: string): string => {
  const id = /safeId = "([\w-]+)"/.exec(text)?.[1];
  return withoutHashes(id === undefined ? text : text.replaceAll(id, 'ID'));
};

/** A ticket and its end are of the moment. */
const withoutHashes = (text: string): string =>
  text
    .replaceAll(/'sha256-[^']+'/g, "'HASH'")
    .replaceAll(/\?t=mp3-[0-9a-z]+-[0-9a-f]+/g, '?t=TICKET')
    .replaceAll(/"expires":"[^"]+"/g, '"expires":"THEN"');
