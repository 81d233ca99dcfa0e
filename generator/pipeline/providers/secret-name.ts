/** The name of the secret with an organization's account, where its configuration names no other. */
export const secretNameOf = (
  { kind, secret }: { kind: 'oak' | '3cx'; secret?: string | undefined },
  org: string,
): string => secret ?? `cci-lite/${kind}/${org}`;
