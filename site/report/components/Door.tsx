import type { ReactNode } from 'react';
import { type CallFilter, callsHref } from '#lib/call-filter.ts';

interface Props {
  /** Which kind of figure this is: a test recomputes each kind from the calls behind it. */
  figure: string; // e.g., "rule failed"
  to: CallFilter;
  /** False where there is no such call: then it is no link. */
  open?: boolean;
  children: ReactNode;
}

/** A figure that opens its calls. */
export default function Door({ figure, to, open = true, children }: Props) {
  return open ? (
    <a href={callsHref(to)} data-figure={figure}>
      {children}
    </a>
  ) : (
    children
  );
}
