import Bar from './Bar.tsx';

interface Props {
  rule: { name: string; critical: boolean };
  /** Share failed, drawn as a bar under the name. */
  failed?: number | undefined;
}

export default function RuleName({ rule, failed }: Props) {
  return (
    <span className="name">
      {`${rule.name} `}
      {rule.critical && <span className="tag">critical</span>}
      {failed !== undefined && <Bar value={failed} />}
    </span>
  );
}
