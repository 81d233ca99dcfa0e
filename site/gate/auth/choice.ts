/** What somebody who has to select an organization is shown. */
export type Choice =
  | { kind: 'none' }
  /** The only one there is, and it is not active yet. */
  | { kind: 'activate'; organization: string }
  /** The only one there is, and it is active. */
  | { kind: 'only'; name: string }
  | { kind: 'list' };

/** @param memberships at least the first two, as Clerk lists them; @param active the session's organization */
export function choiceOf(
  memberships: readonly { organization: { id: string; name: string } }[],
  active: string | undefined,
): Choice {
  const [first, second] = memberships;
  if (!first) return { kind: 'none' };
  if (second) return { kind: 'list' };
  const { id, name } = first.organization;
  return id === active ? { kind: 'only', name } : { kind: 'activate', organization: id };
}
