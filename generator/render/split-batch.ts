/** Cut at marks: what stands after each, without the mark. Undefined unless all begins with a mark and there are `count` of them. */
export function splitAtMarks(bytes: Buffer, mark: string, count: number): Uint8Array[] | undefined {
  const at: number[] = [];
  for (let found = bytes.indexOf(mark); found !== -1; found = bytes.indexOf(mark, found + mark.length)) at.push(found);
  if (at.length !== count || (at[0] ?? bytes.length) !== 0) return undefined;
  return at.map((from, i) => bytes.subarray(from + mark.length, at[i + 1]));
}
