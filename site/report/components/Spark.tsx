import { sparkline } from '#charts/sparkline.ts';

interface Props {
  values: (number | undefined)[];
  worse?: boolean;
  /** Smaller, before the number that it explains. */
  inTable?: boolean;
}

export default function Spark({ values, worse = false, inTable = false }: Props) {
  const [width, height] = inTable ? [84, 20] : [200, 28];
  const line = sparkline(values, width, height);
  if (!line) return null;
  return (
    <svg
      className={['spark', worse && 'spark-worse', inTable && 'spark-in-table'].filter(Boolean).join(' ')}
      viewBox={`0 0 ${width} ${height}`}
      height={height}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path d={line.path} />
      <path className="spark-last" d={`M${line.last[0]} ${line.last[1]}h0`} />
    </svg>
  );
}
