import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { problemsOf, UserError } from '../../lib/errors.ts';
import { say } from '../../lib/printable.ts';
import { gateSettingsOf } from '../serve.ts';
import { askJson } from './ask.ts';
import type { Context } from './context.ts';
import { type Finding, notChecked, ok, warning, wrong } from './finding.ts';

/** What of the gate's settings is compared with Clerk. */
export interface Instance {
  issuer: string;
  origin: string;
  jwtKeys: readonly string[];
  secretKey: string;
}

/**
 * The gate's keys and addresses by its own check, then against Clerk itself: keys that sign sessions, the secret key, who may sign up.
 * @returns `instance`: absent where the settings are wrong or there are none
 */
export async function checkClerk(context: Context): Promise<{ findings: Finding[]; instance?: Instance }> {
  const { publishableKey, secretKey, jwtKey } = context.settings;
  if ([publishableKey, secretKey, jwtKey].every((each) => each === undefined)) return { findings: [] };
  let instance: Instance;
  try {
    instance = await gateSettingsOf(context.settings);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { findings: problemsOf(error).map((problem) => wrong('clerk: settings', problem)) };
  }
  const { issuer } = instance;
  const settings = ok('clerk: settings', say`Keys, issuer and the site’s domain fit together: ${issuer}.`);
  const keys = await askJson(context, 'Clerk', `${issuer}/.well-known/jwks.json`);
  if (typeof keys === 'string') return { findings: [settings, warning('clerk: keys', keys)], instance };
  const published = keysIn(keys.body);
  return {
    findings: [
      settings,
      checkKeys(instance, published, keys.status),
      await checkSecret(context, instance, published),
      ...(await checkAccess(context, instance)),
    ],
    instance,
  };
}

function checkKeys({ jwtKeys, issuer }: Instance, published: readonly string[], status: number): Finding {
  if (published.length === 0)
    return warning(
      'clerk: keys',
      say`${issuer} tells no key that sessions are signed with (HTTP ${status}). Check that it is the address of the instance.`,
    );
  if (jwtKeys.length === 0)
    return ok('clerk: keys', say`The gate asks ${issuer} for the keys that sessions are signed with.`);
  const missing = published.filter((key) => !jwtKeys.includes(key));
  if (missing.length === published.length)
    return wrong(
      'clerk: keys',
      say`CCI_CLERK_JWT_KEY is not a key that ${issuer} signs sessions with, so nobody could sign in. Copy the PEM public key from the API keys page of Clerk’s dashboard.`,
    );
  if (missing.length > 0)
    return warning(
      'clerk: keys',
      say`${issuer} also signs with a key that the gate does not know. During a key change set both, CCI_CLERK_JWT_KEY and CCI_CLERK_JWT_KEY_PREVIOUS.`,
    );
  return ok('clerk: keys', say`The gate knows each key that ${issuer} signs sessions with.`);
}

/** The backend tells the same keys to whoever has the secret key of the same instance. */
async function checkSecret(context: Context, { secretKey }: Instance, published: readonly string[]): Promise<Finding> {
  const check = 'clerk: secret key';
  const reply = await askJson(context, 'Clerk’s backend', `${context.clerkApi}/v1/jwks`, {
    authorization: `Bearer ${secretKey}`,
  });
  if (typeof reply === 'string') return warning(check, reply);
  if (reply.status === 401 || reply.status === 403)
    return wrong(
      check,
      say`Clerk does not know CLERK_SECRET_KEY (HTTP ${reply.status}). Copy it from the API keys page of Clerk’s dashboard.`,
    );
  const own = keysIn(reply.body);
  if (reply.status !== 200 || own.length === 0 || published.length === 0)
    return notChecked(
      check,
      say`Clerk’s backend did not tell which instance CLERK_SECRET_KEY belongs to (HTTP ${reply.status}).`,
    );
  return own.some((key) => published.includes(key))
    ? ok(check, say`CLERK_SECRET_KEY belongs to the same instance as the publishable key.`)
    : wrong(
        check,
        say`CLERK_SECRET_KEY and PUBLIC_CLERK_PUBLISHABLE_KEY belong to different instances. Copy both from the same one.`,
      );
}

/** Who may sign up, and whether there are organizations: what Clerk's own scripts ask in every browser. */
async function checkAccess(context: Context, { issuer }: Instance): Promise<Finding[]> {
  const reply = await askJson(context, 'Clerk', `${issuer}/v1/environment`);
  const check = 'clerk: access';
  if (typeof reply === 'string') return [warning(check, reply)];
  const { user_settings, organization_settings } = (reply.body ?? {}) as Environment;
  const mode = user_settings?.sign_up?.mode;
  const findings = [modeFinding(check, mode, issuer)];
  if (organization_settings?.enabled === false)
    findings.push(
      wrong(
        'clerk: organizations',
        say`Organizations are switched off at ${issuer}, so nobody belongs to one and nobody gets in. Enable them in Clerk’s dashboard.`,
      ),
    );
  return findings;
}

function modeFinding(check: string, mode: unknown, issuer: string): Finding {
  if (mode === 'restricted') return ok(check, say`Only who is invited can sign up.`);
  if (mode === 'waitlist') return ok(check, say`Who wants to sign up waits for your approval.`);
  if (mode === 'public')
    return warning(
      check,
      say`Anybody can sign up at ${issuer}. They see no organization’s site, and are users all the same. Choose the access mode Restricted in Clerk’s dashboard.`,
    );
  return notChecked(check, say`${issuer} does not tell who may sign up.`);
}

interface Environment {
  user_settings?: { sign_up?: { mode?: unknown } };
  organization_settings?: { enabled?: unknown };
}

/** Public keys in PEM, as the gate has them. */
function keysIn(body: unknown): string[] {
  const { keys } = (body ?? {}) as { keys?: unknown };
  if (!Array.isArray(keys)) return [];
  return keys.flatMap((jwk: JsonWebKey) => {
    try {
      return createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString().trim();
    } catch {
      return [];
    }
  });
}
