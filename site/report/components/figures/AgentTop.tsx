import type { ReactNode } from 'react';
import type { AgentLine } from '#shared/view.ts';
import AgentName from '../ui/AgentName.tsx';
import SectionHead from '../ui/SectionHead.tsx';

interface Props {
  title: string;
  note: string;
  lines: AgentLine[];
  heads: string[];
  /** What stands under the heads; the first one is the figure that the agents are ranked by. */
  cells: (line: AgentLine) => ReactNode[];
}

export default function AgentTop({ title, note, lines, heads, cells }: Props) {
  const id = title.toLowerCase().replaceAll(' ', '-');
  return (
    <section className="section w4" aria-labelledby={id}>
      <SectionHead id={id} title={title} note={note} action={{ text: 'all agents', href: '/agents/' }} />
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Agent</th>
            {heads.map((head) => (
              <th scope="col" className="n" key={head}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.agent.id}>
              <th scope="row">
                <AgentName agent={line.agent} />
              </th>
              {cells(line).map((cell, at) => (
                <td className={at === 0 ? 'n key' : 'n'} key={heads[at]}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
