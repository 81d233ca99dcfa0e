import { once } from '#shared/once.ts';
import { type Printable, say } from '../lib/printable.ts';
import { readStatus } from '../publish/status.ts';
import { NoClaims, requireClaims } from './ledger/claims.ts';
import { readEvents } from './ledger/events.ts';
import { parseAddress } from './mail/message.ts';
import { openTransport } from './mail/open-transport.ts';
import { type Fill, openTemplates } from './mail/template.ts';
import type { DigestContext, SendOptions, SendOutcome } from './options.ts';
import { sendOrganization } from './organization.ts';
import { organizationsOf } from './organizations.ts';
import { notSent } from './outcome.ts';

/**
 * Send the digests that are due, each once. An organization that fails does not stop the others.
 * @throws {UserError} where a named organization has no configuration, or mail cannot leave this way
 */
export async function sendDigests(options: SendOptions): Promise<SendOutcome> {
  const { reports, now } = options;
  const transport = options.transport ?? openTransport(options.mailUrl);
  const orgs = await organizationsOf(options);
  // The status before any pointer: what is published later covers at least as much.
  const { status } = await readStatus(reports);
  const outcome: SendOutcome = { digests: [], text: [], failed: false, organizations: [] };
  const isCut = (): boolean => {
    if (options.isStopped?.()) outcome.isCut = true;
    return outcome.isCut === true;
  };
  const context: DigestContext = {
    ...options,
    transport,
    from: parseAddress(options.from),
    templates: once((): Promise<Fill> => openTemplates(options.templates)),
    suppressed: once(async () => {
      const { suppressed, unreadable } = await readEvents(reports);
      if (unreadable.length > 0) {
        outcome.text.push(notUnderstood(unreadable));
        outcome.failed = true;
      }
      return suppressed;
    }),
    requireClaims: once(() => requireClaims(reports)),
    isCut,
  };
  using _shown = shown(options.meter, orgs.length);
  for (const org of orgs) {
    if (isCut()) break;
    try {
      const { digests, text, failed } = await sendOrganization(context, org, status.organizations[org], now());
      outcome.digests.push(...digests);
      outcome.text.push(...text);
      outcome.failed ||= failed;
      outcome.organizations.push({ org, failed });
    } catch (error) {
      outcome.failed = true;
      outcome.organizations.push({ org, failed: true });
      // So it is for all of them: none is asked about, and none is told of as if it alone were concerned.
      if (error instanceof NoClaims) {
        outcome.text.push(...error.problems);
        break;
      }
      outcome.text.push(...notSent(org, error));
    }
    options.meter?.done(org);
  }
  await transport.close();
  if (outcome.text.length === 0 && !outcome.isCut) {
    outcome.text.push(say`No organization has a digest configured.`);
    outcome.failed = options.date !== undefined;
  }
  return outcome;
}

/** From here to the end of the scope. */
function shown(meter: SendOptions['meter'], organizations: number): Disposable {
  meter?.begin(organizations);
  return { [Symbol.dispose]: () => meter?.end() };
}

/** Keys that are named; the others are counted. */
const NAMED_KEYS = 5;

/** Bounces and complaints may be in them, and who they name goes on getting mail. */
export function notUnderstood(keys: readonly string[]): Printable {
  const more = keys.length > NAMED_KEYS ? ` and ${keys.length - NAMED_KEYS} more` : '';
  const which = keys.length === 1 ? '1 object holds' : `${keys.length} objects hold`;
  return say`mail/events/: ${which} something that is not an Amazon SES event, so a bounce or a complaint may have been missed: ${keys.slice(0, NAMED_KEYS)}${more}. Correct or remove ${keys.length === 1 ? 'it' : 'them'}.`;
}
