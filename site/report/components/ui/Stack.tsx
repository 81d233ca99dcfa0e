import type { CallFilter } from '#shared/filter/filter.ts';
import { useCallsHref } from './scope.ts';

interface Props {
  /** Their hints say what they are; e.g., "Negative: 120 of 480 calls". */
  parts: { name: string; value: number; to?: CallFilter; hint?: string }[];
  height?: number;
}

/** One bar of parts. Its parts open their calls for a pointer; the words beside it do so for everybody. */
export default function Stack({ parts, height = 22 }: Props) {
  const href = useCallsHref();
  const total = parts.reduce((sum, part) => sum + part.value, 0);
  let from = 0;
  const rects = parts
    .filter((part) => part.value > 0)
    .map(({ name, value, to, hint }) => {
      const width = (value / total) * 100;
      from += width;
      return { name, to, hint, x: (from - width).toFixed(2), width: width.toFixed(2) };
    });
  return (
    <svg className="stack" viewBox={`0 0 100 ${height}`} height={height} preserveAspectRatio="none" aria-hidden="true">
      {rects.map(({ name, to, hint, x, width }) => {
        const rect = <rect key={name} className={`s-${name}`} x={x} y="-2" width={width} height={height + 4} />;
        return to ? (
          <a key={name} href={href(to)} tabIndex={-1}>
            {hint && <title>{hint}</title>}
            {rect}
          </a>
        ) : (
          rect
        );
      })}
    </svg>
  );
}
