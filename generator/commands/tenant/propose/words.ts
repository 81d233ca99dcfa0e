import { type Printable, quoted, say } from '../../../lib/printable.ts';
import { counted, columns as table } from '../../../lib/words.ts';
import type { Given, Proposal } from './propose.ts';

/** Rules and columns that are named. */
const MOST = 30;

/** What was seen, and what of the proposal is only guessed. Names nobody outside the organization. */
export function proposalLines(proposal: Proposal, { timeZone }: Given): Printable[] {
  const { calls, dated, withAgent, domains, addressed, agents, agentIds, teams } = proposal;
  const guessed = agents.filter(({ nameGuessed }) => nameGuessed).length;
  const lines = [say`Read ${counted(calls, 'call')}: ${dated} with a start, ${withAgent} with a known agent.`];
  lines.push(
    say`timeZone: ${timeZone}${proposal.timeZone === timeZone ? ', which the data names' : ''}.`,
    domains.length > 0
      ? say`agentDomains: guessed. ${domains.map(({ domain, calls: n, people }) => `${domain} is at one end of ${n} of ${addressed} calls, with ${people} different names`)}.`
      : say`agentDomains: none found. Without them the direction of a call that says none, and its agent, are not known; add them if calls have agents’ addresses.`,
    say`agents: ${agentIds.length} in these calls, ${agents.length} with an entry${guessed > 0 ? `; ${counted(guessed, 'name')} made from the address, so correct them` : ''}.`,
    teams.length > 0
      ? say`teams: ${teams.map(quoted)}.`
      : say`teams: the data names none. Give agents a "team" to compare teams and to send a digest to one.`,
  );
  if (proposal.language !== undefined) lines.push(say`language: ${proposal.language}, as the data says of the calls.`);
  return [...lines, ...ruleLines(proposal), ...columnLines(proposal)];
}

function ruleLines({ rules }: Proposal): Printable[] {
  if (rules.length === 0) return [say`rules: none seen.`];
  const rows = rules
    .slice(0, MOST)
    .map(({ name, evaluated, passed }) => [`  ${quoted(name)}`, `${evaluated} evaluated`, `${passed} passed`]);
  return [
    say`rules: ${rules.length} seen. Name in "criticalRules" those that must never fail, in "customerRules" those about what the customer says.`,
    ...table(rows),
  ];
}

function columnLines({ columns, unread }: Proposal): Printable[] {
  const named = Object.entries(columns).map(
    ([name, column = '']) => say`columns: guessed. ${quoted(column)} is read as ${name}.`,
  );
  const rest = unread
    .slice(0, MOST)
    .map(({ column, meant }) => `${quoted(column)}${meant === undefined ? '' : ` (perhaps ${meant})`}`);
  const more = unread.length > MOST ? ` and ${unread.length - MOST} more` : '';
  return rest.length === 0
    ? named
    : [
        ...named,
        say`columns that are not read: ${rest}${more}. Name one in "columns" to read it as one of ours, or in "metadata" to show it.`,
      ];
}
