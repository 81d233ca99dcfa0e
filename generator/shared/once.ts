/** Work whose result is kept by what it was done with, so that it is done at most once each, and only where it is needed. */
export function once<Key extends (string | number)[], T>(make: (...key: Key) => T): (...key: Key) => T {
  const made = new Map<string, T>();
  return (...key) => {
    const name = key.join(' ');
    const known = made.get(name);
    if (known !== undefined) return known;
    const value = make(...key);
    made.set(name, value);
    return value;
  };
}
