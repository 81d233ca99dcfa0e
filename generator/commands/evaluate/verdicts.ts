import { monthOf } from '#shared/calendar/calendar.ts';
import { filterableOf } from '#shared/calls/filterable.ts';
import { factsOf } from '#shared/calls/row-facts.ts';
import { type CallColumns, type CallRow, decodeCalls } from '#shared/columns/calls.ts';
import { UNDATED } from '#shared/counts/fold.ts';
import { attentionRules, type SiteData } from '#shared/figures/site-data.ts';
import { safeText } from '#shared/format/csv.ts';
import { decodeText } from '../../lib/bytes.ts';
import { Damaged, UserError } from '../../lib/errors.ts';
import { quoted, say } from '../../lib/printable.ts';
import { numberOf } from '../../publish/manifest.ts';
import { readManifest, readPointer, readSiteFile } from '../../publish/read.ts';
import type { Store } from '../../store/store.ts';

/** A call as published, with the verdicts that count in its figures. */
export interface JudgedCall {
  /** As shown. */
  id: string;
  path: string; // e.g., "/calls/c01/"
  /** Rule → passed. */
  verdicts: ReadonlyMap<string, boolean>;
}

export interface Published {
  build: number;
  /** Identity of each rule → its name as shown. */
  rules: ReadonlyMap<string, string>;
  /** What a label calls a call → the calls that it can mean; several where ids look alike because they are masked. */
  calls: ReadonlyMap<string, JudgedCall[]>;
}

/**
 * What an organization's current site says of some calls. One month is held at a time.
 * @param wanted names of calls as labels have them: ids as shown, or paths of pages
 * @throws {UserError} where there is no site
 * @throws {Damaged} where the site is not whole
 */
export async function readVerdicts(reports: Store, org: string, wanted: ReadonlySet<string>): Promise<Published> {
  const current = await readPointer(reports, org);
  if (!current)
    throw new UserError([
      say`--org: ${quoted(org)} has no published site in ${reports.url}. Check the spelling, or build it first.`,
    ]);
  const { files } = await readManifest(reports, org, current.pointer);
  const read = async <T>(path: string): Promise<T> => {
    const file = await files.get(path);
    if (!file) throw new Damaged(`missing file: ${path} of ${org}`);
    return JSON.parse(decodeText(await readSiteFile(reports, org, file, path))) as T;
  };
  const site = await read<SiteData>('/data/site.json');
  const attention = attentionRules(site);
  const calls = new Map<string, JudgedCall[]>();
  const months = new Set(site.days.map(([day]) => monthOf(day)));
  for (const month of [...months, UNDATED]) {
    for (const row of decodeCalls(await read<CallColumns>(`/data/calls/${month}.json`))) {
      for (const name of namesOf(row)) {
        if (!wanted.has(name)) continue;
        const { failed, passed } = filterableOf(factsOf(row), attention, undefined, site.site.timeZone);
        const verdicts = new Map([
          ...failed.map((rule) => [rule, false] as const),
          ...passed.map((rule) => [rule, true] as const),
        ]);
        calls.set(name, [...(calls.get(name) ?? []), { id: row.id, path: row.path, verdicts }]);
      }
    }
  }
  const rules = new Map(Object.entries(site.rules).map(([rule, { name }]) => [rule, name]));
  return { build: numberOf(current.pointer), rules, calls };
}

/** What a label can call a call: its id as a CSV file of the site has it too. */
const namesOf = ({ id, path }: CallRow): Set<string> => new Set([id, safeText(id), path]);
