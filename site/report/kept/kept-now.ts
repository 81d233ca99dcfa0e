import { type Kept, type Kind, openKept, today } from './kept.ts';
import { readerNow } from './reader.ts';

/**
 * What this browser keeps for who reads this page now. Undefined before the gate has said who that is, on a site without a gate, and
 * where the browser keeps nothing. Ask for it anew each time: in the same page another reader may have signed in.
 */
export function keptNow(): Kept | undefined {
  const reader = readerNow();
  if (reader === undefined) return undefined;
  try {
    return openKept(localStorage, reader, today());
  } catch {
    return undefined;
  }
}

/** Told when another tab has changed what this browser keeps of a kind; "dropped": all of it, as a sign-out does. */
export function onOtherTab(kind: Kind, tell: (what: 'changed' | 'dropped') => void): void {
  addEventListener('storage', ({ key }) => {
    if (key === null) tell('dropped');
    else if (key.split(' ')[2] === kind) tell('changed');
  });
}
