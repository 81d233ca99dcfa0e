import { problemsOf, UserError } from '../../lib/errors.ts';
import { type Printable, say } from '../../lib/printable.ts';
import { counted } from '../../lib/words.ts';
import { isOrganization } from '../../source/layout.ts';
import { probeConditionalWrites } from '../../store/probe.ts';
import { open } from '../command.ts';

interface StoreUrls {
  results: string;
  config: string;
  reports: string;
  input?: string;
}

export interface StoresSeen {
  /** What was found, a sentence a store. */
  lines: Printable[];
  /** What is wrong: a store that cannot be opened. */
  problems: Printable[];
  /** Organizations with input, and those of them that have a configuration. */
  organizations: string[];
  configured: string[];
}

/** Opens every store: the input and the configuration are listed, the reports also written to, under a name that goes at once. */
export async function seeStores({ results, config, reports, input }: StoreUrls): Promise<StoresSeen> {
  const seen: StoresSeen = { lines: [], problems: [], organizations: [], configured: [] };
  const look = async (name: string, url: string, work: (url: string) => Promise<Printable>) => {
    try {
      seen.lines.push(say`${name}: ${await work(url)}`);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      for (const problem of problemsOf(error)) seen.problems.push(say`${name}: ${problem}`);
    }
  };
  await look('results', results, async (url) => {
    seen.organizations = await organizationsIn(url);
    return holds(url, seen.organizations);
  });
  await look('config', config, async (url) => {
    seen.configured = await organizationsIn(url);
    return holds(url, seen.configured);
  });
  if (input !== undefined) await look('input', input, async (url) => holds(url, await organizationsIn(url)));
  await look('reports', reports, async (url) => {
    const store = await open(url);
    const { createOnly, compareAndSwap } = await probeConditionalWrites(store);
    return createOnly && compareAndSwap
      ? say`${url} can be written.`
      : say`${url} can be written, but does not keep conditional writes: run one build at a time, and send no digests from it.`;
  });
  return seen;
}

const organizationsIn = async (url: string): Promise<string[]> =>
  (await (await open(url)).folders('')).filter(isOrganization);

const holds = (url: string, orgs: readonly string[]): Printable =>
  orgs.length === 0
    ? say`${url} holds no organization yet. If it should, compare the address.`
    : say`${url} holds ${counted(orgs.length, 'organization')}.`;
