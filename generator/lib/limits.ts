const MEGABYTE = 1024 * 1024;

/**
 * How much is read of one thing: the one table, which `docs/data.md` repeats. No real call comes near: the longest that is believed
 * lasts 24 hours. What is more is refused as a whole (refuses), or cut (cuts), and it is said either way; so twice the input never
 * costs much more than twice the time and memory, and none is held of a size that nobody asked for.
 */
export const LIMITS = {
  /** Bytes of one JSON object, and of all rows of one call's `qa/`. Refuses. A day of talk without a pause is 2 MB of text. */
  objectBytes: 8 * MEGABYTE,
  /** Bytes of one row of a sheet. Refuses. A cell of a spreadsheet holds 32,767 characters. */
  rowBytes: MEGABYTE,
  /** Levels of lists and objects in each other. Refuses. Models write three or four. */
  levels: 64,
  /** Values of one object, each item of a list and each field: of a transcript 20 for each turn. Refuses. */
  values: 400_000,
  /** Fields of one call's record, its insights among them. Refuses. A tenant asks for some ten. */
  fields: 1000,
  /** Values of all insights of one call, those in texts that are JSON among them. Refuses; JSON in a text stays text. */
  insightValues: 20_000,
  /** Rows of one call's `qa/`. Refuses. A tenant has some ten rules. */
  rules: 1000,
  /** Turns of one transcript. Refuses. A busy day of talk has 15 a minute. */
  turns: 20_000,
  /** Characters of all turns together; one turn may hold them all, as nobody may have told voices apart. Refuses. */
  transcript: 2_000_000,
  /** Columns of one sheet. Refuses. */
  columns: 1000,
  /** Characters of a party or an agent. Cuts. An address has 320 (RFC 5321). */
  party: 320,
  /** Characters of the name of a rule, category, speaker, insight, column or language. Cuts. Some rules are called by their whole question. */
  name: 500,
  /** Characters of evidence, a note, a description or a reason. Cuts. A page of print has 3,000. */
  note: 20_000,
  /** Characters of each text of an insight. Cuts. A model's answer is shorter as a whole. */
  insight: 50_000,
  /** Characters of one value of the metadata. Cuts. */
  metadata: 1000,
  /** Agents' domains, critical rules, customer rules and labels of metadata in a configuration, each. Refuses. */
  configured: 1000,
  /** Agents in a configuration. Refuses. */
  agents: 100_000,
} as const;

/** The first characters of a text, never half of one; the same text where it has no more. */
export function cutTo(text: string, most: number): string {
  if (text.length <= most) return text;
  const isPair = /[\ud800-\udbff]/.test(text[most - 1] ?? '');
  return text.slice(0, isPair ? most - 1 : most).trimEnd();
}
