import type { ReactNode } from 'react';

interface Props {
  title: string;
  id: string;
  /** What is counted. */
  note?: ReactNode;
  /** `figure`: what kind of figure its text gives. */
  action?: { text: string; href: string; figure?: string } | undefined;
}

export default function SectionHead({ title, id, note, action }: Props) {
  return (
    <div className="section-head">
      <h2 id={id}>{title}</h2>
      {note && <span className="note">{note}</span>}
      {action && (
        <a className="action" href={action.href} data-figure={action.figure}>
          {action.text}
        </a>
      )}
    </div>
  );
}
