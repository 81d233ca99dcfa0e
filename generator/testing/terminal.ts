import { Writable } from 'node:stream';

const ESCAPE = '\u001b';
const PARTS = new RegExp(`${ESCAPE}\\[\\d*[A-Za-z]|[\\r\\n]|.`, 'gsu');

/** A terminal as programs see one, and what a person sees on it. */
export interface Terminal {
  stream: NodeJS.WriteStream;
  /** Its lines, without those that are empty at the end. A line that is too long goes on in the next. */
  lines(): string[];
  /** How often something was written. */
  writes(): number;
}

/** It knows what the screen of a run uses: line ends, the cursor up, clear to the end, and colours, which it leaves out. */
export function terminal(size: { columns: number; rows?: number }): Terminal {
  const grid: string[] = [''];
  let [row, column, writes] = [0, 0, 0];
  const put = (sign: string) => {
    if (column >= size.columns) newLine();
    const line = grid[row] ?? '';
    grid[row] = line.padEnd(column).slice(0, column) + sign + line.slice(column + 1);
    column++;
  };
  const newLine = () => {
    [row, column] = [row + 1, 0];
    grid[row] ??= '';
  };
  const obey = (command: string) => {
    const up = command.startsWith(`${ESCAPE}[`) ? /^(\d+)A$/.exec(command.slice(2))?.[1] : undefined;
    if (up !== undefined) row = Math.max(0, row - Number(up));
    else if (command === '\r') column = 0;
    else if (command === '\n') newLine();
    else if (command === `${ESCAPE}[J`) {
      grid[row] = (grid[row] ?? '').slice(0, column);
      grid.length = row + 1;
    } else if (!/m$/.test(command))
      throw new Error(`a terminal command that this one does not know: ${JSON.stringify(command)}`);
  };
  const stream = new Writable({
    decodeStrings: false,
    write(text: string, _encoding, done) {
      writes++;
      for (const part of text.match(PARTS) ?? [])
        if (part === '\r' || part === '\n' || part.startsWith(ESCAPE)) obey(part);
        else put(part);
      done();
    },
  });
  return {
    stream: Object.assign(stream, { isTTY: true, ...size }) as unknown as NodeJS.WriteStream,
    lines: () => grid.slice(0, grid.findLastIndex((line) => line !== '') + 1),
    writes: () => writes,
  };
}
