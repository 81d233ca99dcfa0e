import type { BuildResult } from '../build/context.ts';
import { oneLine, type Printable, printable, quoted, say } from '../lib/printable.ts';
import type { Trouble } from '../publish/status.ts';
import { missingText, unreadText } from '../report/sheet-columns.ts';
import { troubleText } from '../report/trouble-text.ts';
import { unknownRuleText } from '../report/unknown-rules.ts';

/** Lines of one kind and organization; the page about its figures has them all. */
const MOST_LINES = 20;

/** What is wrong with much of an organization's input, a line for each trouble. */
export const troubleLines = (org: string, troubles: readonly Trouble[] = []): Printable[] =>
  firstLines(
    org,
    troubles.map((trouble) => troubleText(trouble, { name: quoted, count: String })),
  );

/** Columns that are not read, configured ones that no sheet has, and configured rules that no call has: a line for each. */
export const columnLines = (
  org: string,
  { unreadColumns = [], missingColumns = [], unknownRules = [] }: BuildResult,
): Printable[] =>
  firstLines(org, [
    ...missingColumns.map((missing) => missingText(missing, quoted)),
    ...unreadColumns.map((sheet) => unreadText(sheet, quoted)),
    ...unknownRules.map((unknown) => unknownRuleText(unknown, quoted)),
  ]);

function firstLines(org: string, sentences: readonly string[]): Printable[] {
  const lines = sentences.slice(0, MOST_LINES).map((sentence) => oneLine([say`${org}:`, printable(sentence)]));
  const more = sentences.length - lines.length;
  return more > 0 ? [...lines, say`${org}: And ${more} more of this kind; see /about/ of its site.`] : lines;
}
