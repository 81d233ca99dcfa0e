import { asciiAddress } from '../../lib/mail-address.ts';
import type { TenantConfig } from '../../tenants/config.ts';
import { type DigestKind, type DigestRecipient, KINDS } from '../../tenants/digest-config.ts';
import { addressHash } from './address-hash.ts';
import { problemOfScope } from './scope.ts';

/** One recipient of one kind of digest, as the configuration lists them. */
export interface Listed {
  /** Place in the list of `report-config.json`, from 1 on. */
  entry: number;
  recipient: DigestRecipient;
  kind: DigestKind;
  /** As it is sent to: ASCII, in lower case. */
  address: string;
}

/** Why somebody who is listed gets no digest. */
export type WhyNot =
  | { code: 'disabled' }
  | { code: 'listed-twice' }
  | { code: 'scope'; problem: string }
  | { code: 'suppressed'; problem: string }
  | { code: 'unsubscribed' };

/** Everybody who is listed, in the order of the list, with each of their kinds. */
export const listedIn = ({ digest }: TenantConfig): Listed[] =>
  (digest?.recipients ?? []).flatMap((recipient, i) =>
    KINDS.filter((kind) => recipient.kinds.includes(kind)).map((kind) => ({
      entry: i + 1,
      recipient,
      kind,
      address: asciiAddress(recipient.address).toLowerCase(),
    })),
  );

/**
 * Why each of them gets nothing, in the order in which a run asks; undefined for whoever gets theirs.
 * @param suppressed hash of an address → why
 */
export async function whyNot(
  listed: readonly Listed[],
  config: TenantConfig,
  suppressed: ReadonlyMap<string, string>,
  isUnsubscribed: (listed: Listed) => Promise<boolean>,
): Promise<(WhyNot | undefined)[]> {
  const first = new Set<string>();
  const reasons: (WhyNot | undefined)[] = [];
  for (const each of listed) {
    const key = `${each.kind} ${each.address}`;
    const isAgain = first.has(key);
    first.add(key);
    const scope = problemOfScope(config, each.recipient.scope);
    const bounced = suppressed.get(addressHash(each.address));
    if (!config.digest?.enabled) reasons.push({ code: 'disabled' });
    else if (isAgain) reasons.push({ code: 'listed-twice' });
    else if (scope !== undefined) reasons.push({ code: 'scope', problem: scope });
    else if (bounced !== undefined) reasons.push({ code: 'suppressed', problem: bounced });
    else reasons.push((await isUnsubscribed(each)) ? { code: 'unsubscribed' } : undefined);
  }
  return reasons;
}
