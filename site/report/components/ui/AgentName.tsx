import type { AgentRef } from '#shared/view.ts';

/** An agent's name, which leads to the agent's page and has the id as its hint where it says less. */
export default function AgentName({ agent: { id, name, href } }: { agent: AgentRef }) {
  return href ? (
    <a href={href} title={id !== null && id !== name ? id : undefined}>
      {name}
    </a>
  ) : (
    <span className="quiet">{name}</span>
  );
}
