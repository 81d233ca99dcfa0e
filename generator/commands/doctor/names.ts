import { strip } from '#shared/format/strip.ts';
import { problemOfScope } from '../../digest/recipients/scope.ts';
import { closest } from '../../lib/closest.ts';
import { oneLine, printable, quoted, say } from '../../lib/printable.ts';
import { counted } from '../../lib/words.ts';
import { ruleId } from '../../normalize/rules.ts';
import { unknownRules, unknownRuleText } from '../../report/unknown-rules.ts';
import type { TenantConfig } from '../../tenants/config.ts';
import { type Finding, ok, warning, wrong } from './finding.ts';
import { type Compared, meant } from './parties.ts';

/** Transcripts from which on it means something that none says a phrase. */
const LEAST_TRANSCRIPTS = 20;

/** Rules in the configuration that no call has. */
export function checkRules({ org, config, recent: { newest } }: Compared): Finding[] {
  const names = new Map(newest.flatMap(({ rules }) => rules.map(({ rule, name }) => [rule, name])));
  const unknown = unknownRules(config, Object.fromEntries(names));
  const of = say`Among the newest ${counted(newest.length, 'call')}:`;
  if (unknown.length > 0)
    return unknown.map((each) => {
      const near = closest(ruleId(each.name), [...names.keys()]).map((id) => names.get(id) ?? id);
      return warning('rules', oneLine([of, printable(unknownRuleText(each, quoted) + meant(near))]), org);
    });
  if (names.size === 0) return [];
  return [
    ok(
      'rules',
      say`The newest calls have ${counted(names.size, 'rule')}, and every rule that the configuration names.`,
      org,
    ),
  ];
}

/** Scopes of recipients, and domains of their addresses that look misspelt. Nobody is named. */
export function checkRecipients({ org, config, recent: { newest }, mailFrom = '' }: Compared): Finding[] {
  const { digest, agents, agentDomains } = config;
  if (!digest?.enabled || digest.recipients.length === 0) return [];
  const seen = new Set(newest.flatMap(({ agent }) => agent ?? []));
  const teams = [...new Set(Object.values(agents).flatMap(({ team }) => team ?? []))];
  const findings: Finding[] = [];
  for (const { scope } of digest.recipients) {
    const problem = problemOfScope(config, scope);
    if (problem !== undefined && typeof scope === 'object' && 'team' in scope)
      findings.push(
        wrong('recipients', say`A recipient gets nothing: ${problem}${meant(closest(scope.team, teams))}`, org),
      );
    if (
      typeof scope === 'object' &&
      'agent' in scope &&
      newest.length > 0 &&
      !seen.has(scope.agent) &&
      !Object.hasOwn(agents, scope.agent)
    )
      findings.push(
        warning(
          'recipients',
          say`The scope of a recipient is an agent whom neither "agents" nor any of the newest calls names. Check its spelling.`,
          org,
        ),
      );
  }
  const domains = digest.recipients.map(({ address }) => domainOf(address));
  for (const [domain, n] of tally(domains)) {
    const usual = [...tally(domains)].filter(([, m]) => m > n).map(([each]) => each);
    const near = closest(
      domain,
      [...new Set([...usual, ...agentDomains, domainOf(mailFrom)])].filter((each) => each !== '' && each !== domain),
    );
    if (near.length > 0 && !agentDomains.includes(domain) && domain !== domainOf(mailFrom))
      findings.push(
        warning(
          'recipients',
          say`The domain ${quoted(domain)} of ${counted(n, 'recipient')} looks misspelt.${meant(near)}`,
          org,
        ),
      );
  }
  const once = new Map(findings.map((finding) => [finding.text, finding]));
  return once.size > 0
    ? [...once.values()]
    : [
        ok(
          'recipients',
          say`Of ${counted(digest.recipients.length, 'recipient')} every scope has somebody in it.`,
          org,
        ),
      ];
}

/** Phrases that nobody says, and saved views that lead to nothing. */
export function checkNames(compared: Compared): Finding[] {
  return [...phrases(compared), ...views(compared)];
}

function phrases({ org, config, recent: { newest } }: Compared): Finding[] {
  const transcripts = newest.filter(({ transcript }) => transcript === 'present').length;
  if (config.phrases.length === 0 || transcripts < LEAST_TRANSCRIPTS) return [];
  const said = new Set(newest.flatMap((call) => call.phrases ?? []));
  const unsaid = config.phrases.filter(({ name }) => !said.has(name)).map(({ name }) => quoted(name));
  const of = say`the newest ${counted(transcripts, 'transcript')}`;
  if (unsaid.length === 0) return [ok('phrases', say`Each phrase is said in ${of}.`, org)];
  return [
    warning(
      'phrases',
      say`None of ${of} says ${unsaid.join(', ')}. A wording must stand in one turn, word by word.`,
      org,
    ),
  ];
}

function views({ org, config, recent: { newest } }: Compared): Finding[] {
  if (newest.length === 0) return [];
  const known = knownValues(config, newest);
  const findings: Finding[] = [];
  for (const { name, href } of config.views) {
    const { searchParams } = new URL(href, 'https://site.invalid');
    for (const [key, values] of Object.entries(known))
      for (const value of searchParams.getAll(key).filter((each) => each !== '' && !values.has(each)))
        findings.push(
          warning(
            'views',
            say`The view ${quoted(name)} asks for a ${key} that neither the configuration nor the newest calls have.${key === 'agent' ? '' : meant(closest(value, [...values]))}`,
            org,
          ),
        );
  }
  return findings.length > 0 || config.views.length === 0
    ? findings
    : [ok('views', say`${counted(config.views.length, 'saved view')} lead to what is there.`, org)];
}

/** What views can ask for by name. */
function knownValues(
  config: TenantConfig,
  newest: Compared['recent']['newest'],
): { [key: string]: ReadonlySet<string> } {
  const agents = Object.entries(config.agents);
  return {
    agent: new Set([...agents.map(([id]) => id), ...newest.flatMap(({ agent }) => agent ?? [])]),
    team: new Set(agents.flatMap(([, { team }]) => team ?? [])),
    rule: new Set(newest.flatMap(({ rules }) => rules.map(({ rule }) => rule))),
    phrase: new Set(config.phrases.map(({ name }) => name)),
  };
}

/** Of an address, also behind a name; "" where there is none. */
const domainOf = (address: string): string =>
  address.includes('@') ? strip(address.slice(address.lastIndexOf('@') + 1), undefined, /[>\s]/).toLowerCase() : '';

function tally(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
