import { sparkline } from '#shared/charts/sparkline.ts';

interface Props {
  values: (number | undefined)[];
  worse?: boolean;
  /** Smaller, before the number that it explains. */
  inTable?: boolean;
}

/** A line as wide as its place; its end stands outside of what is stretched, or it would be no dot. */
export default function Sparkline({ values, worse = false, inTable = false }: Props) {
  const [width, height] = inTable ? [84, 20] : [200, 28];
  const line = sparkline(values, width, height);
  if (!line) return null;
  return (
    <svg
      className={['spark', worse && 'spark-worse', inTable && 'spark-in-table'].filter(Boolean).join(' ')}
      width={width}
      height={height}
      aria-hidden="true"
    >
      <svg
        viewBox={`0 0 ${width} ${height}`}
        width="100%"
        height={height}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <path d={line.path} />
      </svg>
      <circle cx={`${((line.last[0] / width) * 100).toFixed(2)}%`} cy={line.last[1]} r="2.5" />
    </svg>
  );
}
