import type { AgentRef } from '#shared/view.ts';

/** Tells the name of an agent as nobody else's: with the id where several have one name. @param agents all of the site */
export function namesApart(agents: { readonly [id: string]: Pick<AgentRef, 'name'> }): (agent: AgentRef) => string {
  const known = new Map<string, number>();
  for (const { name } of Object.values(agents)) known.set(name, (known.get(name) ?? 0) + 1);
  return ({ id, name }) => ((known.get(name) ?? 0) > 1 ? `${name} (${id})` : name);
}
