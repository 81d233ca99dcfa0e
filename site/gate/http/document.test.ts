import { expect, test } from 'vitest';
import { isDocument, mayHandshake } from './document.ts';

const headers = (destination?: string, accept?: string) =>
  new Headers({
    ...(destination !== undefined && { 'sec-fetch-dest': destination }),
    ...(accept !== undefined && { accept }),
  });

test.each<[destination: string | undefined, accept: string | undefined, person: boolean, handshake: boolean]>([
  ['document', undefined, true, true],
  ['document', 'application/json', true, true],
  ['iframe', '*/*', true, true],
  // The SDK has no handshake for this one.
  ['frame', 'text/html', true, false],
  ['empty', 'text/html', false, false],
  ['script', 'text/html', false, false],
  ['style', undefined, false, false],
  // Without the header, by what is accepted.
  [undefined, 'text/html,application/xhtml+xml', true, true],
  [undefined, 'application/json, text/html;q=0.5', true, false],
  [undefined, 'application/json', false, false],
  [undefined, '*/*', false, false],
  [undefined, undefined, false, false],
  ['', 'text/html', true, true],
])(
  'to Sec-Fetch-Dest %s and Accept %s there is a person: %s, for a handshake: %s',
  (destination, accept, person, handshake) => {
    const sent = headers(destination, accept);
    expect([isDocument(sent), mayHandshake('GET', sent)]).toEqual([person, handshake]);
    for (const method of ['HEAD', 'POST', undefined]) expect(mayHandshake(method, sent)).toBe(false);
  },
);
