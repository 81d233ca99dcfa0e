import type { ReactNode } from 'react';
import type { CallFilter } from '#shared/filter/filter.ts';
import { useCallsHref } from './scope.ts';

interface Props {
  /** Which kind of figure this is: a test recomputes each kind from the calls behind it. */
  figure: string; // e.g., "rule failed"
  to: CallFilter;
  /** False where there is no such call: then it is no link. */
  open?: boolean;
  /** More than the figure says; shown for a pointer and for the keyboard. */
  hint?: string | undefined;
  children: ReactNode;
}

/** A figure that opens its calls. */
export default function FigureLink({ figure, to, open = true, hint, children }: Props) {
  const href = useCallsHref();
  return open ? (
    <a href={href(to)} data-figure={figure} title={hint}>
      {children}
    </a>
  ) : (
    children
  );
}
