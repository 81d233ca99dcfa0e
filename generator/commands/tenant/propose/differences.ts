import { agentId, inDomains } from '#shared/calls/parties.ts';
import { type Printable, quoted, say } from '../../../lib/printable.ts';
import type { Proposal } from './propose.ts';

/** Agents that are named. */
const MOST = 20;

interface Written {
  timeZone?: unknown;
  language?: unknown;
  agentDomains?: unknown;
  agents?: unknown;
  columns?: unknown;
}

/**
 * What the data suggests beside a `report-config.json` that is there, in sentences.
 * @param text of that file; one that is no JSON object says nothing, and `check` says why
 */
export function differences(text: string, proposal: Proposal): Printable[] {
  const written = parsed(text);
  const told: Printable[] = [];
  const { timeZone, language, domains, agents, columns } = proposal;
  if (timeZone !== undefined && written.timeZone !== timeZone)
    told.push(say`"timeZone" is ${shown(written.timeZone)}; the data names ${timeZone}.`);
  if (language !== undefined && (written.language ?? 'en') !== language)
    told.push(say`"language" is ${shown(written.language)}; the data says ${language}.`);
  const known = Array.isArray(written.agentDomains) ? written.agentDomains.map((each) => plain(String(each))) : [];
  for (const { domain, calls } of domains)
    if (!inDomains(`x@${domain}`, known))
      told.push(say`"agentDomains" does not have ${domain}, which is at one end of ${calls} calls.`);
  const named = new Set(Object.keys(objectOf(written.agents)).map(agentId));
  const missing = agents.filter(({ id }) => !named.has(id));
  if (missing.length > 0)
    told.push(
      say`"agents" has no entry for ${missing.slice(0, MOST).map(({ id }) => quoted(id))}${missing.length > MOST ? ` and ${missing.length - MOST} more` : ''}.`,
    );
  const mapped = objectOf(written.columns);
  for (const [name, column = ''] of Object.entries(columns))
    if (mapped[name] === undefined)
      told.push(say`"columns" has no ${name}; ${quoted(column)} of a sheet seems to be it.`);
  return told;
}

const plain = (domain: string): string => domain.trim().toLowerCase().replace(/^[@.]/, '');

const shown = (value: unknown): string => (value === undefined ? 'not set' : JSON.stringify(value));

const objectOf = (value: unknown): { [key: string]: unknown } =>
  value !== null && typeof value === 'object' ? (value as { [key: string]: unknown }) : {};

function parsed(text: string): Written {
  try {
    return objectOf(JSON.parse(text)) as Written;
  } catch {
    return {};
  }
}
