/** A part of a call. */
export interface Within {
  part: 'first' | 'last' | 'call';
  /** Of the call: 0. */
  seconds: number;
}

/** "first 30 s", "last 2 min" or "call". @returns undefined where it is none of these */
export function readWithin(text: string): Within | undefined {
  if (/^\s*call\s*$/i.test(text)) return { part: 'call', seconds: 0 };
  const [, part, number, unit] =
    /^\s*(first|last)\s+(\d{1,5}(?:\.\d{1,3})?)\s*(s|sec|seconds?|m|min|minutes?)\s*$/i.exec(text) ?? [];
  if (!part || !number || !unit) return undefined;
  const seconds = Number(number) * (unit.toLowerCase().startsWith('m') ? 60 : 1);
  return seconds > 0 ? { part: part.toLowerCase() === 'first' ? 'first' : 'last', seconds } : undefined;
}
