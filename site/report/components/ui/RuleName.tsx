import Bar from './Bar.tsx';

interface Props {
  rule: { name: string; critical: boolean };
  /** Share failed, drawn as a bar under the name. */
  failed?: number | undefined;
  /** "target 90% missed" */
  target?: string | undefined;
}

export default function RuleName({ rule, failed, target }: Props) {
  return (
    <span className="name">
      {`${rule.name} `}
      {rule.critical && <span className="tag">critical</span>}
      {target !== undefined && <span className="quiet nowrap">{` ${target}`}</span>}
      {failed !== undefined && <Bar value={failed} />}
    </span>
  );
}
