import Tinypool from 'tinypool';

/** For a worker's answer: the caller gets the same value, and takes these buffers over instead of a copy of them. */
export function moved<T>(value: T, buffers: ArrayBuffer[]): T {
  // The library does not export the type of what it asks for.
  const movable = { [Tinypool.transferableSymbol]: buffers, [Tinypool.valueSymbol]: value } as unknown;
  return Tinypool.move(movable as ArrayBuffer) as T;
}
