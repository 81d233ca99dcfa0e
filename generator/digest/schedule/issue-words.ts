import { monthOf } from '#shared/calendar/calendar.ts';
import { type Printable, say } from '../../lib/printable.ts';
import { type Issue, spanOf } from './issue.ts';

/** What an issue is about, to those who run the reports: "2026-03-29", "the week to 2026-03-29", "the month 2026-03". */
export function issueWords(issue: Issue): Printable {
  const { from, to } = spanOf(issue);
  if (issue.kind === 'weekly') return say`the week to ${to}`;
  return say`${issue.kind === 'monthly' ? `the month ${monthOf(from)}` : to}`;
}

/** The same of several, with commas. */
export const issuesWords = (issues: readonly Issue[]): Printable => say`${issues.map(issueWords)}`;
