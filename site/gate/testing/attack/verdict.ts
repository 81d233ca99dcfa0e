import { sha256 } from '../../../../generator/lib/bytes.ts';
import type { Answer } from './client.ts';
import type { Attack } from './plan.ts';
import type { Organization } from './world.ts';

/** Bytes of organizations that the attacker is no member of, beyond what the request itself said. */
export function foreignBytes(attack: Attack, answer: Answer, organizations: readonly Organization[]): string[] {
  const said = () => `${attack.head}${attack.body ?? ''}`;
  const heard = [answer.head, answer.body.toString('latin1')];
  if (answer.plain !== answer.body) heard.push(answer.plain.toString('latin1'));
  return organizations
    .filter((each) => !(attack.identity.accepted && each === attack.own))
    .flatMap(({ id, needles }) =>
      needles
        .filter((needle) => heard.some((text) => text.includes(needle)) && !said().includes(needle))
        .map((needle) => `${id}: ${needle}`),
    );
}

/** Whether it was let in to files although nobody should have let it in. Opening a sign-in page is no entrance. */
export const letIn = ({ identity }: Attack, { status, headers }: Answer): boolean =>
  !identity.accepted && (status === 304 || headers.has('etag') || headers.has('server-timing'));

/**
 * What the asker can tell from an answer: status, headers and bytes, without the date, and without what the request itself said,
 * wherever the answer repeats it.
 */
export function impression({ head: said, shape, place }: Attack, { head, plain }: Answer): string {
  const repeated = [
    shape.target,
    new URL(shape.target, 'https://reports.example.com').href.replace('https://reports.example.com', ''),
  ];
  const forms = repeated.flatMap((text) => [
    encodeURIComponent(text),
    new URLSearchParams({ '': text }).toString().slice(1),
    text,
  ]);
  let seen = `${head}\r\n\r\n${plain.toString('latin1')}`;
  for (const form of forms.filter((text) => text.length > 1)) seen = seen.replaceAll(form, '<target>');
  for (const [, token = ''] of said.matchAll(/__session[^=;]*=([^;\r]+)/g)) seen = seen.replaceAll(token, '<session>');
  const { token, build, id, name } = place;
  const names = new RegExp(`${token}|${build}|\\b(?:${id}|${name})\\b`, 'gi');
  return decoded(seen).replaceAll(DRAWN, '<drawn>').replaceAll(names, '<name>');
}

/** A component of Clerk's is named anew each time that it is rendered, and its script holds the name. */
const DRAWN = /clerk-sign-in-[\w-]+|safeId = "[\w-]+"|sha256-[\w+/]+=/g;

/** Addresses in addresses are encoded once more each time. */
function decoded(text: string): string {
  const once = text.replaceAll(/%([0-9a-f]{2})/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
  return once === text ? once : decoded(once);
}

/** Whether the owner got the file, whole. A page that is not there is one too, with its own status. */
export const isFile = (owner: Organization, path: string, { status, plain }: Answer): boolean =>
  status === 200 && sha256(plain) === owner.manifest.files[path]?.sha256;
