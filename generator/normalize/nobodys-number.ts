/** Words of which one at least, and no other, stands where a number is hidden or not known: "Unknown caller". */
const HIDDEN =
  'anonymous unknown unidentified private restricted withheld unavailable blocked hidden suppressed payphone unassigned no none not null nil nan n a na available out of area';
const WITH = 'caller number name id call party user available';
const [hidden, withHidden] = [HIDDEN, `${HIDDEN} ${WITH}`].map((words) => new Set(words.split(' '))) as [
  Set<string>,
  Set<string>,
];

/** Whether what stands for a party is nobody's number, address or name. */
export function isNobody(party: string): boolean {
  const words = party.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.every((word) => /^0+$/.test(word))) return true;
  return words.some((word) => hidden.has(word)) && words.every((word) => withHidden.has(word));
}
