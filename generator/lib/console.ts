/** What a run says while it works. On standard error, so that `--json` stays clean. */
export interface Log {
  /** Do one step and print `verb thing → result in 12 ms`; the result is what `resultOf` makes of it. */
  step<T>(name: string, work: (progress: Progress) => Promise<T>, resultOf?: (value: T) => string): Promise<T>;
  /** One line as it is. */
  say(text: string): void;
}

/** Called as long work goes on; draws a bar on a terminal and nothing elsewhere. */
export type Progress = (done: number, total: number) => void;

const REDRAW_MS = 100;
const BAR_WIDTH = 24;

/** @param prefix put before each line, such as the organization's id */
export function consoleLog(stream: NodeJS.WriteStream = process.stderr, prefix = ''): Log {
  const colour = stream.isTTY === true && process.env.NO_COLOR === undefined;
  const paint = (code: number, text: string) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  const line = (text: string) => stream.write(`${stream.isTTY ? '\r\u001b[K' : ''}${prefix}${text}\n`);
  const draw = (name: string): Progress => {
    let last = 0;
    return (done, total) => {
      if (!stream.isTTY || Date.now() - last < REDRAW_MS) return;
      last = Date.now();
      const filled = total > 0 ? Math.round((BAR_WIDTH * done) / total) : 0;
      stream.write(
        `\r\u001b[K${prefix}${name} ${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)} ${done}/${total}`,
      );
    };
  };
  return {
    say: line,
    async step(name, work, resultOf) {
      const started = performance.now();
      const took = () => `${Math.round(performance.now() - started)} ms`;
      try {
        const value = await work(draw(name));
        const result = resultOf?.(value);
        line(`${name} → ${result ?? 'done'} ${paint(2, `in ${took()}`)}`);
        return value;
      } catch (error) {
        line(`${name} → ${paint(31, 'failed')} ${paint(2, `after ${took()}`)}`);
        throw error;
      }
    },
  };
}

/** For tests. */
export const silentLog: Log = { say() {}, step: (_name, work) => work(() => {}) };
