import { linkMark } from '../../../../generator/lib/link-mark.ts';
import type { Place } from './world.ts';

const CODES = Array.from({ length: 256 }, (_, code) => `%${code.toString(16).padStart(2, '0')}`);
const encoded = (text: string, times: number): string => {
  let once = text.replaceAll(/[^/]/g, (character) => CODES[character.charCodeAt(0)] as string);
  for (let i = 1; i < times; i++) once = once.replaceAll('%', '%25');
  return once;
};
/** The first letter alone. */
const oneLetter = (path: string, times: number): string => path.replace(/[a-z]/, (letter) => encoded(letter, times));
const slashes = (path: string, code: string): string => `/${path.slice(1).replaceAll('/', code)}`;

/** All letters and figures of a target's path encoded that are not already, whatever else is odd about it. */
export const percentEncoded = (target: string): string =>
  target.replace(
    /^([a-z]+:\/\/[^/]*)?([^?]*)/,
    (_, host: string | undefined, path: string) =>
      (host ?? '') +
      path.replaceAll(/%[0-9a-fA-Fu][0-9a-fA-F]?|[A-Za-z0-9]/g, (each) => (each.length > 1 ? each : encoded(each, 1))),
  );

/** By target; `legal` where the gate reads it as the plain path. */
export const TARGETS: [name: string, target: (path: string, place: Place) => string, legal?: 'legal'][] = [
  ['plain', (p) => p, 'legal'],
  ['a letter encoded', (p) => oneLetter(p, 1), 'legal'],
  ['a letter encoded twice', (p) => oneLetter(p, 2)],
  ['a letter encoded three times', (p) => oneLetter(p, 3)],
  ['a letter encoded ten times', (p) => oneLetter(p, 10)],
  ['all encoded', (p) => encoded(p, 1).replaceAll('%2e', '.').replaceAll('%2E', '.'), 'legal'],
  ['all encoded twice', (p) => encoded(p, 2)],
  ['all encoded three times', (p) => encoded(p, 3)],
  ['slash encoded', (p) => slashes(p, '%2f')],
  ['slash encoded twice', (p) => slashes(p, '%252f')],
  ['slash encoded three times', (p) => slashes(p, '%25252F')],
  ['dots', (p, { id }) => `/x/../../${id}${p}`],
  ['dots first', (p) => `/..${p}`],
  ['dots encoded', (p, { id }) => `/%2e%2e/${id}${p}`],
  ['dots encoded twice', (p, { id }) => `/%252e%252e/${id}${p}`],
  ['dots encoded three times', (p, { id }) => `/%25252e%25252e/${id}${p}`],
  ['dots with encoded slashes', (p, { id }) => `/..%2f${id}${slashes(p, '%2f')}`],
  ['half encoded dots', (p, { id }) => `/.%2e/${id}${p}`],
  ['many dots', (p, { id }) => `${'/..'.repeat(12)}/${id}${p}`],
  ['dots and semicolons', (p, { id }) => `/x/..;/..;/${id}${p}`],
  ['single dot', (p) => `/.${p}`],
  ['single dot at the end', (p) => `${p}.`],
  ['backslash after a slash', (p) => `/\\${p.slice(1)}`],
  ['backslash encoded', (p) => slashes(p, '%5c')],
  ['backslash encoded twice', (p) => slashes(p, '%255c')],
  ['dots and backslashes', (p, { id }) => `/..\\..\\${id}${p}`],
  ['NUL encoded at the end', (p) => `${p}%00`],
  ['NUL encoded within', (p) => p.replace(/.$/, (last) => `%00${last}`)],
  ['NUL encoded twice', (p) => `${p}%2500.json`],
  ['double slash first', (p) => `/${p}`],
  ['double slash with a host', (p) => `//reports.example.com${p}`],
  ['double slash with the organization', (p, { id }) => `//${id}${p}`],
  ['double slashes', (p) => p.replaceAll('/', '//')],
  ['semicolon at the end', (p) => `${p};x=1`],
  ['semicolon in a segment', (p) => p.replace(/^\/[^/]*/, (first) => `${first};jsessionid=1`)],
  ['semicolon encoded', (p) => `${p}%3bx`],
  ['absolute form', (p) => `http://reports.example.com${p}`],
  ['absolute form of another host', (p) => `https://evil.example${p}`],
  ['absolute form with the organization', (p, { id }) => `https://${id}.reports.example.com${p}`],
  ['absolute form with a user', (p, { id }) => `http://${id}@reports.example.com${p}`],
  ['upper case', (p) => p.toUpperCase()],
  ['mixed case', (p) => p.replace(/[a-z]/, (letter) => letter.toUpperCase())],
  ['dot file', (p) => p.replace(/^\//, '/.')],
  ['dot file within', (p) => `/.well-known${p}`],
  ['fragment', (p) => `${p}#x`],
  ['no last slash', (p) => p.replace(/(?<=.)\/$/, '')],
  ['a last slash more', (p) => `${p.replace(/\/$/, '')}/`],
  ['index.html', (p) => `${p}${p.endsWith('/') ? '' : '/'}index.html`],
  ['compressed twin', (p) => `${p}.br`],
  ['compressed twin, gzip', (p) => `${p}.gz`],
  ['space encoded', (p) => `${p}%20`],
  ['plus', (p) => `${p}+`],
  ['tab encoded', (p) => `${p}%09`],
  ['line break encoded', (p) => `${p}%0d%0aX-Injected:%201`],
  ['overlong UTF-8', (p) => slashes(p, '%c0%af')],
  ['overlong dots', (p, { id }) => `/%c0%ae%c0%ae/${id}${p}`],
  ['percent u', (p) => slashes(p, '%u002f')],
  ['full-width slash', (p) => slashes(p, '%ef%bc%8f')],
  ['full-width dots', (p, { id }) => `/%ef%bc%8e%ef%bc%8e/${id}${p}`],
  ['bad encoding', (p) => `${p}%zz`],
  ['organization first', (p, { id }) => `/${id}${p}`],
  ['organization first, as a route', (p, { id }) => `/o/${id}${p}`],
  ['pointer', (_, { id }) => `/${id}/pointer.json`],
  ['manifest', (_, { id, build }) => `/${id}/builds/${build}.json`],
  ['manifest alone', (_, { build }) => `/builds/${build}.json`],
  ['blob', (p, place) => `/${place.id}/${place.blobOf(p)}`],
  ['blob alone', (p, place) => `/${place.blobOf(p)}`],
  ['under the public files', (p, { id }) => `/assets/../${id}${p}`],
  ['under the public files, encoded', (p, { id }) => `/assets/%2e%2e/${id}${p}`],
  ['as a public file', (p, { id }) => `/assets/${id}${p}`],
  ['under the gate’s files', (p, { id }) => `/_gate/../${id}${p}`],
  ['under the sign-in page', (p) => `/sign-in/..${p}`],
  ['under the sign-in page, encoded', (p) => `/sign-in%2f..${p}`],
  ['as a sign-in page', (p) => `/sign-in${p.replaceAll(/[^a-zA-Z0-9/_-]/g, '-')}`],
  ['under the health check', (p) => `/healthz${p}`],
  ['under the session', (p) => `/session${p}`],
  ['image route', (p, { id }) => `/_image?href=/${id}${p}`],
  ['island route', (p, { id }) => `/_server-islands/x?path=/${id}${p}`],
  ['action route', (p) => `/_actions${p}`],
  ['proto', (p) => `/__proto__${p}`],
  ['very long', (p) => `${p}?${'x'.repeat(3000)}`],
  [
    'organization in the query',
    (p, { id }) => `${p}?org=${id}&org_id=${id}&orgId=${id}&organization=${id}&tenant=${id}`,
    'legal',
  ],
  ['organization in an array of the query', (p, { id }) => `${p}?org[]=${id}&o[id]=${id}`, 'legal'],
  [
    'path in the query',
    (p, { id }) => `${p}?path=/${id}${p}&file=${id}${p}&x-astro-path=${p}&x_astro_path=${p}`,
    'legal',
  ],
  ['link of the organization', (p, { id }) => `${p}?o=${linkMark(id)}`, 'legal'],
  ['link of two organizations', (p, { id }) => `${p}?o=${linkMark(id)}&o=${linkMark('org_1')}`],
  ['build in the query', (p, { build }) => `${p}?b=${build}`, 'legal'],
  ['build in the query, twice', (p, { build }) => `${p}?b=${build}&b=${build}`],
  ['build with a path', (p, { id, build }) => `${p}?b=../../${id}/builds/${build}`],
  ['handshake in the query', (p) => `${p}?__clerk_handshake=x.y.z`],
  ['handshake nonce in the query', (p) => `${p}?__clerk_handshake_nonce=x`],
  ['handshake encoded in the query', (p) => `${p}?__clerk%5fhandshake%5Fnonce=x`],
  ['query with another path', (p) => `/?${p}`],
  ['question mark encoded', (p) => `${p}%3f`],
];
