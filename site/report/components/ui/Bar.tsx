interface Props {
  /** 0..1 of the track. */
  value: number;
  tone?: 'fail' | 'in' | 'out' | 'int' | 'series';
}

export default function Bar({ value, tone = 'fail' }: Props) {
  const width = Math.round(Math.min(1, Math.max(0, value)) * 1000) / 10;
  return (
    <svg className={`bar bar-${tone}`} viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
      <rect width={width} height="6" />
    </svg>
  );
}
