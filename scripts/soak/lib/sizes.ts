/** A size of a long check from the environment. @throws where it is no number of times */
export function sizeOf(variable: string, usual: number): number {
  const given = process.env[variable];
  if (given === undefined) return usual;
  const size = Number(given);
  if (!(Number.isInteger(size) && size > 0))
    throw new Error(`${variable}: ${JSON.stringify(given)} is no number of times`);
  return size;
}
