/** A party's id as shown: of a pseudonym only the digits that are left, a whole number with its plus. */
export function partyName(id: string): string {
  if (id.startsWith('••')) return `${id.slice(0, id.indexOf('-'))} (masked)`;
  return /^\d{9,}$/.test(id) ? `+${id}` : id;
}

/** One end of a call as written; of a pseudonym the digits that are left. */
export const endName = (end: string): string => (end.startsWith('••') ? partyName(end) : end);

/** The number or address of the outside party: the other end than the agent's. */
export const otherEnd = ({
  direction,
  from,
  to,
}: {
  direction: string;
  from?: string | undefined;
  to?: string | undefined;
}): string | undefined => (direction === 'outbound' ? (to ?? from) : (from ?? to));
