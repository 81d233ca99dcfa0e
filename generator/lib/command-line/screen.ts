/** What writes to a terminal, or to none. */
export type Output = Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns' | 'rows'>;

/** One line at the foot of a terminal, made anew for each drawing. @param columns that it may take at most */
type LiveLine = (columns: number) => string;

/** Lines that stay, and below them on a terminal those that change. */
export interface Screen {
  /** A line that stays. */
  write(line: string): void;
  /**
   * Show a line at the foot until it is taken away; without a terminal nothing is shown.
   * @param isFirst above all others
   * @returns takes it away
   */
  show(line: LiveLine, isFirst?: boolean): () => void;
}

const REDRAW_MS = 100;
/** Where a terminal does not say how large it is. */
const COLUMNS = 80;
const ROWS = 24;
const CLEAR_BELOW = '\r\u001b[J';

const screens = new WeakMap<Output, Screen>();

/** The screen of a stream: all who write to it share it. */
export function screenOf(stream: Output): Screen {
  const screen = screens.get(stream) ?? openScreen(stream);
  screens.set(stream, screen);
  return screen;
}

/**
 * The cursor stays below the last line and is never hidden, so that a process which is killed leaves nothing to put right. A line takes
 * a column less than there are, so none is broken in two, and drawing anew goes up by as many lines as were drawn: where the terminal
 * was made narrower meanwhile, a rest of one may stay, but nothing above is lost.
 */
function openScreen(stream: Output): Screen {
  // A terminal that cannot move its cursor is none.
  const isLive = stream.isTTY === true && process.env.TERM !== 'dumb';
  let lines: LiveLine[] = [];
  let shown: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  const made = (): string[] => {
    // Some terminals say 0.
    const [columns, rows] = [stream.columns || COLUMNS, stream.rows || ROWS];
    return lines.slice(0, Math.max(1, rows - 1)).map((line) => line(Math.max(1, columns - 1)));
  };
  const draw = (above: string, next: string[]) => {
    const up = shown.length > 0 ? `\u001b[${shown.length}A${CLEAR_BELOW}` : '';
    shown = next;
    stream.write(`${up}${above}${next.map((line) => `${line}\n`).join('')}`);
  };
  const redraw = () => {
    const next = made();
    if (next.length !== shown.length || next.some((line, i) => line !== shown[i])) draw('', next);
  };
  return {
    write: (line) => draw(`${line}\n`, made()),
    show(line, isFirst = false) {
      if (!isLive) return () => {};
      lines = isFirst ? [line, ...lines] : [...lines, line];
      timer ??= setInterval(redraw, REDRAW_MS).unref();
      return () => {
        lines = lines.filter((each) => each !== line);
        if (lines.length > 0) return;
        clearInterval(timer);
        timer = undefined;
        redraw();
      };
    },
  };
}
