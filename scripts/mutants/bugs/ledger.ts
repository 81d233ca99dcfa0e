import { edit, type Mutant, mutant } from './mutant.ts';

const LEDGER = 'generator/digest/ledger/ledger.ts';
const LEDGER_TEST = 'generator/digest/ledger/ledger';
const SEND_TEST = 'generator/digest/send';

/** Who may send a digest, and what becomes of one of which nobody knows. */
export const LEDGER_BUGS: Mutant[] = [
  mutant(
    'claims that look at nothing',
    edit(
      LEDGER,
      "const condition = before ? { ifMatch: before.etag } : ({ ifNoneMatch: '*' } as const);",
      'const condition = {};',
    ),
    LEDGER_TEST,
    'lets one of many have a digest',
  ),
  mutant(
    'any other claim taken for its own',
    edit(LEDGER, 'found.record.nonce === record.nonce', "found.record.nonce !== ''"),
    LEDGER_TEST,
    'lets one of many have a digest',
  ),
  mutant(
    'own claim not known again',
    edit(LEDGER, 'found.record.nonce === record.nonce', "found.record.nonce === ''"),
    LEDGER_TEST,
    'knows its own claim after a write that was tried again',
  ),
  mutant(
    'what was sent may be claimed again',
    edit(
      LEDGER,
      "before.record.state !== 'prepared')) return undefined;",
      "before.record.state === 'failed')) return undefined;",
    ),
    LEDGER_TEST,
    'gives nothing back that was sent, skipped, or is being sent',
  ),
  mutant(
    'claims that last for ever',
    edit(LEDGER, '< LEASE_MS', '< Number.POSITIVE_INFINITY'),
    LEDGER_TEST,
    'tells a claim in work from one that was left behind',
  ),
  mutant(
    'one digest for all days',
    edit(
      LEDGER,
      'hash(organization, date, address.toLowerCase(), kind)',
      'hash(organization, address.toLowerCase(), kind)',
    ),
    LEDGER_TEST,
    'takes no one digest for another',
  ),
  mutant(
    'address kept in the ledger',
    edit(LEDGER, '  const recipient = recipientHash(organization, address);', '  const recipient = address;'),
    LEDGER_TEST,
    'keeps no address',
  ),
  mutant(
    'what may have been sent tried again at once',
    edit(
      'generator/digest/ledger/deliver.ts',
      '!(error instanceof NotSent) || !error.again || pause',
      '(error instanceof NotSent && !error.again) || pause',
    ),
    SEND_TEST,
    'is never sent again where nobody knows, and is reported each time',
  ),
  mutant(
    'bytes of sent mail kept',
    edit(
      'generator/digest/ledger/deliver.ts',
      "if (delivery.state === 'sent') await dropMessage",
      "if (delivery.state === 'failed') await dropMessage",
    ),
    SEND_TEST,
    'keeps no bytes of what was sent',
  ),
  mutant(
    'mail sent where the store keeps no claim',
    edit(
      'generator/digest/ledger/claims.ts',
      'if (createOnly && compareAndSwap) return',
      "if (createOnly || reports.url !== '') return",
    ),
    SEND_TEST,
    'sends nothing where the store cannot keep a claim',
  ),
  mutant(
    'lost entry of the ledger taken for nobody’s',
    edit('generator/digest/send-issue.ts', 'recordedIn(wanted, known))', '[])'),
    'generator/digest/lost-ledger',
    'its digest counts as unknown: it is not sent again, each run says so, and a person finds it in the ledger',
  ),
  mutant(
    'damaged notes of what was sent believed',
    edit('generator/lib/checked.ts', 'check === checkOf(content)', 'check !== 7'),
    'generator/digest/lost-ledger',
    'and the note is damaged, nothing is sent either',
  ),
  mutant(
    'figures of an older build mailed as the day’s',
    edit('generator/digest/load.ts', 'build < lastBuild', 'build < 0'),
    'generator/digest/rolled-back',
    'an older build that was brought back is not mailed as the day’s figures: the next build has to come first',
  ),
];
