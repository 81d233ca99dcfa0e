import type { Log, RunMeter } from '../lib/console.ts';
import type { Printable } from '../lib/printable.ts';
import type { Store } from '../store/store.ts';
import type { DigestKind } from '../tenants/digest-config.ts';
import type { DeliverHooks } from './ledger/deliver.ts';
import type { Address, Message } from './mail/message.ts';
import type { Fill } from './mail/template.ts';
import type { Transport } from './mail/transport.ts';
import type { DigestOutcome } from './outcome.ts';

export interface SendOptions {
  config: Store;
  reports: Store;
  /** Where mail goes, as CCI_MAIL_URL; a transport that is given wins. */
  mailUrl: string;
  transport?: Transport;
  /** Sender: "Name <address>". */
  from: string;
  siteUrl?: string;
  /** Signs the links that end a digest; without it, or without an https site, there are none. */
  unsubscribeKey?: string;
  /** Takes requests to end a digest by mail, where there are no such links. */
  unsubscribeMail?: string;
  /** Send to this address, marked as a test, whatever the ledger says, and leave the ledger alone. */
  to?: string;
  maskingKey?: string;
  /** Only these; undefined: all that have a digest. */
  organizations?: readonly string[];
  /** The local day to send about, or one of the week or the month, whatever is due. */
  date?: string;
  /** Only digests of these kinds. */
  kinds?: readonly DigestKind[];
  /** Only the digests with these ids. */
  ids?: ReadonlySet<string>;
  /** Days that a lost ledger does not know count as sent: a person has decided so. */
  newLedger?: boolean;
  /** Say what would be sent; write nothing. */
  dryRun?: boolean;
  /** In a dry run: as if nothing had been sent. */
  again?: boolean;
  /** Gets each mail of a dry run. */
  seen?: (message: Message) => void;
  /** Whether somebody has asked the run to stop: then what is being sent is sent, and no other is begun. */
  isStopped?: () => boolean;
  now: () => Date;
  log: Log;
  /** Shows how far it is. */
  meter?: Pick<RunMeter, 'begin' | 'done' | 'end'>;
  /** For tests: what waits, and what is told of each step. */
  hooks?: DeliverHooks;
  /** Folder of the compiled templates. */
  templates?: string;
}

export interface SendOutcome {
  digests: DigestOutcome[];
  /** What happened, in sentences. */
  text: Printable[];
  failed: boolean;
  /** Somebody has stopped the run before it was through. */
  isCut?: true;
  /** How each organization fared that was looked at. */
  organizations: { org: string; failed: boolean }[];
}

/** The options of a run, and what its organizations share. */
export interface DigestContext extends Omit<SendOptions, 'from' | 'transport' | 'templates'> {
  transport: Transport;
  from: Address;
  templates: () => Promise<Fill>;
  /** Hashes of addresses that get no mail, with the reason. */
  suppressed: () => Promise<ReadonlyMap<string, string>>;
  /** Rejects with NoClaims where the store cannot keep a claim. */
  requireClaims: () => Promise<void>;
  /** Asked before each digest, and only where there is one to send: a run that is stopped there is cut. */
  isCut: () => boolean;
}
