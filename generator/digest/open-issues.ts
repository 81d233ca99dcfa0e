import { type Printable, say } from '../lib/printable.ts';
import type { Store } from '../store/store.ts';
import { issueStanding, ledgerIssues } from './ledger/ledger.ts';
import type { DigestContext } from './options.ts';
import { type Issue, issueName, issueOf } from './schedule/issue.ts';
import { issuesWords } from './schedule/issue-words.ts';

/** What a person asks of a run, if anybody does. */
type Asked = Pick<DigestContext, 'date' | 'to' | 'dryRun' | 'again'>;

/** A run by the clock: not one for a day, an address or a trial that a person asked for. */
export const isOrdinary = ({ date, to, dryRun }: Asked): boolean =>
  date === undefined && to === undefined && dryRun !== true;

/**
 * The issues to look at: the newest, and those before it where the service has begun before them and has not done with them. A week and a
 * month that are done are over: whoever is added in the middle of one gets the next.
 * @param start last day of the first issue that was due
 * @returns `isNew`: the service begins with this run
 */
export async function openIssues(
  context: Asked & { reports: Store },
  org: string,
  issues: readonly Issue[],
  older: readonly Issue[],
  start: () => Promise<string | undefined>,
): Promise<{ open: Issue[]; text: Printable[]; isNew: boolean }> {
  const { reports } = context;
  const newest = issues.at(-1) as Issue;
  if (context.to !== undefined) return { open: [newest], text: [], isNew: false };
  const isAsked = context.date !== undefined;
  const since = await start();
  const isNew = since === undefined && isOrdinary(context);
  const first = since ?? newest.date;
  const known = isAsked ? [] : await ledgerIssues(reports, org);
  // Weeks that begin on another day now: the newest may lie within one that was told of before.
  if (
    isNew &&
    newest.kind !== 'daily' &&
    known.map(issueOf).some((each) => each?.kind === newest.kind && each.date > newest.date)
  )
    return { open: [], text: [], isNew: false };
  const [open, lost, done]: [Issue[], Issue[], Issue[]] = [[], [], []];
  for (const issue of issues) {
    const isNewest = issue === newest;
    const standing = isNewest || issue.date >= first ? await issueStanding(reports, org, issueName(issue)) : 'done';
    const again = isNewest && (issue.kind === 'daily' || isAsked || context.again === true);
    if (standing === 'lost') lost.push(issue);
    else if (standing === 'open' || again) open.push(issue);
    else if (isNewest) done.push(issue);
  }
  const missed = isAsked ? [] : older.filter((issue) => issue.date > first && !known.includes(issueName(issue)));
  const told = (about: readonly Issue[], words: (list: Printable) => Printable) =>
    about.length > 0 ? [words(issuesWords(about))] : [];
  return {
    open,
    text: [
      ...told(
        missed,
        (list) =>
          say`${org}: missed: no digest was sent about ${list}, and it is too late to send it now. The report shows these days.`,
      ),
      ...told(
        lost,
        (list) =>
          say`${org}: nothing was sent about ${list}: the ledger of these days was lost, so they count as sent (--new-ledger).`,
      ),
      ...told(done, (list) => say`${org}: ${list}: already sent.`),
    ],
    isNew,
  };
}
