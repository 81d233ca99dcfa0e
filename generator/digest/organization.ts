import { type Printable, say } from '../lib/printable.ts';
import type { OrganizationStatus } from '../publish/status.ts';
import { readConfig } from '../source/read-config.ts';
import { type DigestKind, kindsOf } from '../tenants/digest-config.ts';
import { NoClaims } from './ledger/claims.ts';
import type { DeliveryState } from './ledger/deliver.ts';
import { dropOldMessages } from './ledger/message-store.ts';
import { requireLedger } from './ledger/sent-days.ts';
import { isOrdinary, openIssues } from './open-issues.ts';
import type { DigestContext } from './options.ts';
import { type DigestOutcome, isTrouble, notSent } from './outcome.ts';
import { dueDays } from './schedule/due.ts';
import { type Issue, issueName } from './schedule/issue.ts';
import { issueWords } from './schedule/issue-words.ts';
import { type DigestRead, sendIssue } from './send-issue.ts';
import { endServices, serviceStart } from './service.ts';

/** What a run has done. */
interface Done {
  digests: DigestOutcome[];
  text: Printable[];
  failed: boolean;
}

type LastBuild = Pick<OrganizationStatus, 'listedAt' | 'generation'> | undefined;

/**
 * The story of one organization's digests. State and calls are read only where something is due and nobody has claimed it.
 * @param last how its last build stood: when its listing began, and which build it left
 */
export async function sendOrganization(context: DigestContext, org: string, last: LastBuild, now: Date): Promise<Done> {
  const read = await readConfig(context.config, org, context.maskingKey !== undefined);
  const { config } = read;
  const { digest } = config;
  const all = kindsOf(digest);
  if (isOrdinary(context)) await endServices(context.reports, org, all);
  if (!digest || all.length === 0) {
    const isNamed = context.organizations !== undefined;
    const text = isNamed ? [say`${org}: no digest is configured.`] : [];
    return { digests: [], text, failed: isNamed && context.date !== undefined };
  }
  if (!context.dryRun) await dropOldMessages(context.reports, org, now);
  const done: Done = { digests: [], text: [], failed: false };
  const nobody = (context.kinds ?? []).filter((kind) => context.to === undefined && !all.includes(kind));
  if (nobody.length > 0) {
    done.text.push(say`${org}: nobody gets the ${nobody} digest: no recipient has it in "kinds".`);
    done.failed = context.date !== undefined;
  }
  const kinds = wantedKinds(context, all);
  const own: DigestRead = { ...read, config: { ...config, digest } };
  for (const kind of kinds) {
    if (context.isCut()) break;
    // A kind that fails takes nothing away from the others: what they have sent is told.
    const { digests, text, failed } = await sendKind(context, org, kind, own, last, now).catch(
      (error: unknown): Done => {
        if (error instanceof NoClaims) throw error;
        return { digests: [], text: notSent(org, error, kinds.length > 1 ? kind : undefined), failed: true };
      },
    );
    done.digests.push(...digests);
    done.text.push(...text);
    done.failed ||= failed;
  }
  return done;
}

/** A test, and what is asked for by its day, is the daily digest, unless another is named. */
function wantedKinds({ kinds, date, to }: DigestContext, all: readonly DigestKind[]): readonly DigestKind[] {
  if (kinds !== undefined) return to === undefined ? all.filter((kind) => kinds.includes(kind)) : kinds;
  return date === undefined && to === undefined ? all : ['daily'];
}

/** The digests of one kind. */
async function sendKind(
  context: DigestContext,
  org: string,
  kind: DigestKind,
  read: DigestRead,
  last: LastBuild,
  now: Date,
): Promise<Done> {
  const { config } = read;
  const isAsked = context.date !== undefined;
  const due = dueDays({ now, listedAt: last?.listedAt, config, kind, date: context.date });
  if ('reason' in due) return { digests: [], text: [say`${org}: nothing was sent: ${due.reason}.`], failed: isAsked };
  const dated = (date: string): Issue => ({ kind, date });
  const issues = due.days.map(dated);
  if (context.to === undefined && !context.again)
    await requireLedger(context.reports, org, issues.map(issueName), context.newLedger === true);
  const { open, text, isNew } = await openIssues(context, org, issues, due.older.map(dated), () =>
    serviceStart(context.reports, org, kind, config),
  );
  const outcome: Done = { digests: [], text, failed: false };
  for (const issue of open) {
    if (context.isCut()) break;
    const sent = await sendIssue(context, org, issue, read, now, { isNew, lastBuild: last?.generation });
    outcome.digests.push(...sent.digests);
    outcome.text.push(...sent.text);
  }
  outcome.failed = outcome.digests.some(isTrouble);
  if (isAsked && !outcome.digests.some(({ state }) => REACHED.has(state))) {
    outcome.text.push(say`${org}: no digest about ${issueWords(dated(due.days.at(-1) as string))} was sent.`);
    outcome.failed = true;
  }
  return outcome;
}

/** States of a digest that somebody has, or would have. */
const REACHED: ReadonlySet<DeliveryState> = new Set(['sent', 'already sent', 'taken', 'would send']);
