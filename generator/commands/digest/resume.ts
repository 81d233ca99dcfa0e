import { readEvents } from '../../digest/ledger/events.ts';
import { recipientHash } from '../../digest/ledger/ledger.ts';
import { organizationsOf } from '../../digest/organizations.ts';
import { addressHash } from '../../digest/recipients/address-hash.ts';
import { listedIn } from '../../digest/recipients/audience.ts';
import { resubscribe } from '../../digest/recipients/preferences.ts';
import { resumeAddress } from '../../digest/recipients/resumed.ts';
import { UserError } from '../../lib/errors.ts';
import { asciiAddress } from '../../lib/mail-address.ts';
import { type Printable, say } from '../../lib/printable.ts';
import { need, type Settings } from '../../settings.ts';
import { readConfig } from '../../source/read-config.ts';
import type { DigestKind } from '../../tenants/digest-config.ts';
import { type Answer, clock, open } from '../command.ts';

/** `digest resume`: an operator's decision that somebody who has unsubscribed, or whose address bounced or complained, gets digests again. */
export async function resume(settings: Settings): Promise<Answer> {
  const urls = need(settings, 'config', 'reports', 'to');
  const [org, ...more] = settings.org ?? [];
  if (org === undefined || more.length > 0)
    throw new UserError([say`--org: name the one organization whose digests somebody is to get again.`]);
  const [config, reports] = [await open(urls.config), await open(urls.reports)];
  await organizationsOf({ config, organizations: [org] });
  const address = asciiAddress(urls.to.trim()).toLowerCase();
  const read = await readConfig(config, org, settings.maskingKey !== undefined);
  const kinds = kindsFor(org, listedIn(read.config), address, settings.kind);
  const now = clock(settings)();
  const recipient = recipientHash(org, address);
  const resumed: DigestKind[] = [];
  for (const kind of kinds)
    if (await resubscribe(reports, { organization: org, recipient, kind }, now)) resumed.push(kind);
  const hash = addressHash(address);
  const why = (await readEvents(reports)).suppressed.get(hash);
  if (why !== undefined) await resumeAddress(reports, hash, now);
  return {
    json: { organization: org, recipient, resubscribed: resumed, suppressionLifted: why !== undefined },
    text: sentences(org, recipient, resumed, why),
    failed: false,
  };
}

/** @throws {UserError} where nobody with that address gets such a digest */
function kindsFor(
  org: string,
  listed: ReturnType<typeof listedIn>,
  address: string,
  kind: string | undefined,
): DigestKind[] {
  const own = listed.filter((each) => each.address === address).map((each) => each.kind);
  const kinds = [...new Set(own)].filter((each) => kind === undefined || each === kind);
  if (kinds.length > 0) return kinds;
  throw new UserError([
    own.length === 0
      ? say`--to: no recipient in report-config.json of ${org} has this address. Add it to digest.recipients first, or correct its spelling. digest who --org ${org} --addresses lists them.`
      : say`--kind: the recipient gets no ${kind ?? ''} digest: its "kinds" are ${own}.`,
  ]);
}

function sentences(
  org: string,
  recipient: string,
  resumed: readonly DigestKind[],
  why: string | undefined,
): Printable[] {
  const whom = recipient.slice(0, 8);
  if (resumed.length === 0 && why === undefined)
    return [say`${org}: recipient ${whom} has not unsubscribed and is not suppressed, so nothing was taken back.`];
  return [
    ...(resumed.length > 0
      ? [say`${org}: recipient ${whom} gets the ${resumed} digest again, from the next one that is due.`]
      : []),
    ...(why === undefined
      ? []
      : [
          say`${org}: recipient ${whom}: what the mail service has reported so far no longer counts (${why}), in no organization. Another bounce or complaint does.`,
          say`Amazon SES has a list of its own, on which such an address may stay: mail to it is then accepted and not delivered. Remove it there with: aws sesv2 delete-suppressed-destination --email-address ADDRESS`,
        ]),
  ];
}
