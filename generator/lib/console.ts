import { styleText } from 'node:util';
import { type Printable, printable, say } from './printable.ts';

/** What a run says while it works. On standard error, so that `--json` stays clean. */
export interface Log {
  /** Do one step and print `verb thing → result in 12 ms`; the result is what `resultOf` makes of it. */
  step<T>(name: Printable, work: (progress: Progress) => Promise<T>, resultOf?: (value: T) => Printable): Promise<T>;
  /** One line as it is. @param kind `problem`: somebody has to know of it, and hears it also where a run is to be quiet */
  say(text: Printable, kind?: 'problem'): void;
}

/** Called as long work goes on; draws a bar on a terminal and nothing elsewhere. */
export type Progress = (done: number, total: number) => void;

const REDRAW_MS = 100;
const BAR_WIDTH = 24;

/** @param prefix put before each line, such as the organization's id */
export function consoleLog(prefix: Printable = say``, stream: NodeJS.WriteStream = process.stderr): Log {
  // By the terminal, NO_COLOR, FORCE_COLOR and TERM.
  const paint = (style: 'dim' | 'red', text: string) => styleText(style, text, { stream });
  // Neutral once more, as the last line of defence: what is painted is our own.
  const line = (text: Printable, painted = '') =>
    stream.write(`${stream.isTTY ? '\r\u001b[K' : ''}${printable(prefix + text)}${painted}\n`);
  const draw = (name: Printable): Progress => {
    let last = 0;
    return (done, total) => {
      if (!stream.isTTY || Date.now() - last < REDRAW_MS) return;
      last = Date.now();
      const filled = total > 0 ? Math.round((BAR_WIDTH * done) / total) : 0;
      stream.write(
        `\r\u001b[K${printable(prefix + name)} ${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)} ${done}/${total}`,
      );
    };
  };
  return {
    say: (text) => void line(text),
    async step(name, work, resultOf) {
      const started = performance.now();
      const took = () => `${Math.round(performance.now() - started)} ms`;
      try {
        const value = await work(draw(name));
        const result = resultOf?.(value);
        line(say`${name} → ${result ?? 'done'}`, paint('dim', ` in ${took()}`));
        return value;
      } catch (error) {
        line(say`${name} →`, ` ${paint('red', 'failed')}${paint('dim', ` after ${took()}`)}`);
        throw error;
      }
    },
  };
}

/** Says problems alone; steps that fail are told of by whoever ends because of them. */
export const quietLog = (prefix: Printable = say``, stream: NodeJS.WriteStream = process.stderr): Log => ({
  ...silentLog,
  say: (text, kind) => {
    if (kind === 'problem') consoleLog(prefix, stream).say(text);
  },
});

/** For tests. */
export const silentLog: Log = { say() {}, step: (_name, work) => work(() => {}) };

/** One line on standard output. */
export const print = (line: Printable): void => void process.stdout.write(`${lastLine(line)}\n`);

/** One line on standard error. */
export const printError = (line: Printable): void => console.error(lastLine(line));

/** Neutral once more, as the last line of defence. */
const lastLine = (line: Printable): Printable => printable(line, Number.POSITIVE_INFINITY);
