import { createVerify } from 'node:crypto';
import { decodeText } from '../../lib/bytes.ts';
import { say } from '../../lib/printable.ts';
import { elapsed } from '../../lib/words.ts';
import { isOrganization, looksLikeId } from '../../source/layout.ts';
import { readGiven } from '../given-file.ts';
import type { Instance } from './clerk.ts';
import type { Context } from './context.ts';
import { type Finding, notChecked, ok, warning, wrong } from './finding.ts';

/** What of a session token is looked at; anybody may have written it. */
interface Claims {
  iss?: unknown;
  azp?: unknown;
  exp?: unknown;
  v?: unknown;
  o?: { id?: unknown } | null;
  org_id?: unknown;
}

/**
 * A session token that somebody has copied from a browser (the cookie `__session`): would the gate let that session in? The token comes from a
 * file or standard input, and no value of it but its issuer and its origin is shown.
 */
export async function checkToken({ settings, now }: Context, instance: Instance | undefined): Promise<Finding[]> {
  const { tokenFile } = settings;
  if (tokenFile === undefined) return [];
  const token = decodeText(await readGiven(tokenFile, 'the token')).trim();
  const [head = '', body = '', signature = '', ...more] = token.split('.');
  const claims = claimsIn(body);
  if (!claims || signature === '' || more.length > 0)
    return [
      wrong('token', say`This is not a session token. Copy the value of the cookie __session whole, and nothing else.`),
    ];
  return [
    ...(instance
      ? ofInstance(claims, instance, `${head}.${body}`, signature)
      : [notChecked('token', say`Who signed it was not checked, as the gate’s settings are missing or wrong.`)]),
    ...ageOf(claims, now()),
    ...organizationOf(claims),
  ];
}

function ofInstance(
  { iss, azp }: Claims,
  { issuer, origin, jwtKeys }: Instance,
  signed: string,
  signature: string,
): Finding[] {
  const isSigned = jwtKeys.some((key) => createVerify('RSA-SHA256').update(signed).verify(key, signature, 'base64url'));
  const findings = [
    isSigned
      ? ok('token: signature', say`It is signed with a key that the gate knows.`)
      : wrong(
          'token: signature',
          say`No key that the gate knows has signed it. Compare CCI_CLERK_JWT_KEY with the instance that the token comes from.`,
        ),
  ];
  if (iss !== issuer)
    findings.push(wrong('token: issuer', say`It comes from ${String(iss)}, and the gate expects ${issuer}.`));
  if (azp !== undefined && azp !== origin)
    findings.push(wrong('token: origin', say`It is made for ${String(azp)}, and CCI_SITE_URL is ${origin}.`));
  return findings;
}

function ageOf({ exp }: Claims, now: Date): Finding[] {
  if (typeof exp !== 'number') return [wrong('token: time', say`It has no end (exp), so it is no session token.`)];
  const over = now.getTime() - exp * 1000;
  return over > 0
    ? [
        ok(
          'token: time',
          say`It ended ${elapsed(over)} ago. Session tokens live for a minute, so that is as it should be.`,
        ),
      ]
    : [];
}

/** What the gate takes the organization from: by Clerk's own rule, with the custom claim as a check. */
function organizationOf({ v, o, org_id }: Claims): Finding[] {
  if (![undefined, 1, 2].includes(v as number))
    return [
      wrong(
        'token: version',
        say`It is of a version that the gate does not know. Choose version 2 of session tokens in Clerk’s dashboard.`,
      ),
    ];
  const version =
    v === 2
      ? ok('token: version', say`It is of version 2.`)
      : warning(
          'token: version',
          say`It is of version 1, which Clerk has replaced. Choose version 2 of session tokens in Clerk’s dashboard.`,
        );
  const id = v === 2 ? (o?.id ?? undefined) : org_id;
  if (id === undefined || id === null)
    return [
      version,
      wrong(
        'token: organization',
        say`No organization is chosen in this session, so the gate asks for one. Choose one, and copy a new token.`,
      ),
    ];
  if (typeof id !== 'string' || !isOrganization(id))
    return [version, wrong('token: organization', say`Its organization is no id that the gate takes.`)];
  if (v === 2 && looksLikeId(org_id) && org_id !== id)
    return [
      version,
      wrong(
        'token: organization',
        say`Its custom claim org_id names another organization than Clerk does, so the gate refuses it. Remove the claim, or write {{org.id}}.`,
      ),
    ];
  return [version, ok('token: organization', say`It names the organization ${id}.`)];
}

function claimsIn(body: string): Claims | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(body, 'base64url').toString());
    return claims !== null && typeof claims === 'object' && !Array.isArray(claims) ? claims : undefined;
  } catch {
    return undefined;
  }
}
