import type { ReactNode } from 'react';

interface Props {
  title: string;
  id: string;
  /** What is counted. */
  note?: ReactNode;
  action?: { text: string; href: string } | undefined;
}

export default function SectionHead({ title, id, note, action }: Props) {
  return (
    <div className="section-head">
      <h2 id={id}>{title}</h2>
      {note && <span className="note">{note}</span>}
      {action && (
        <a className="action" href={action.href}>
          {action.text}
        </a>
      )}
    </div>
  );
}
