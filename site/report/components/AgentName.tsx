import type { AgentRef } from '#view';

export default function AgentName({ agent }: { agent: AgentRef }) {
  return agent.href ? <a href={agent.href}>{agent.name}</a> : <span className="quiet">{agent.name}</span>;
}
