import { styleText } from 'node:util';
import { openRate, runLine, stepLine } from './command-line/meter.ts';
import { type Screen, screenOf } from './command-line/screen.ts';
import { type Printable, printable, say } from './printable.ts';

/** What a run says while it works. On standard error, so that `--json` stays clean. */
export interface Log {
  /**
   * Do one step and print `verb thing → result in 12 ms`; the result is what `resultOf` makes of it.
   * @param unit what its progress counts, where that is calls: a run over several organizations adds them up
   */
  step<T>(
    name: Printable,
    work: (progress: Progress) => Promise<T>,
    resultOf?: (value: T) => Printable,
    unit?: 'calls',
  ): Promise<T>;
  /** One line as it is. @param kind `problem`: somebody has to know of it, and hears it also where a run is to be quiet */
  say(text: Printable, kind?: 'problem'): void;
}

/** Called as long work goes on; shown on a terminal and nowhere else. */
export type Progress = (done: number, total: number) => void;

/** A run over several organizations, as one line of a terminal shows it. */
export interface RunMeter {
  /** Its organizations. */
  begin(organizations: number): void;
  /** Of one organization: its steps move the line on. */
  logFor(org: string): Log;
  /** It has come to its end. */
  done(org: string): void;
  end(): void;
}

/** Reading calls is the one half of an organization's work, making their pages the other. */
const HALF = 0.5;

/** @param prefix put before each line, such as the organization's id */
export function consoleLog(prefix: Printable = say``, stream: NodeJS.WriteStream = process.stderr): Log {
  return logOn(screenOf(stream), prefix, stream, () => () => {});
}

/** Says problems alone; steps that fail are told of by whoever ends because of them. */
export const quietLog = (prefix: Printable = say``, stream: NodeJS.WriteStream = process.stderr): Log => ({
  ...silentLog,
  say: (text, kind) => {
    if (kind === 'problem') consoleLog(prefix, stream).say(text);
  },
});

/** @param now in milliseconds, from any moment on */
export function runMeter(stream: NodeJS.WriteStream = process.stderr, now = () => performance.now()): RunMeter {
  const screen = screenOf(stream);
  const rate = openRate(now);
  const begun = now();
  /** How far each organization is that is under way. */
  const parts = new Map<string, number>();
  const run = { organizations: 0, done: 0 };
  let hide = () => {};
  return {
    begin(organizations) {
      run.organizations = organizations;
      hide = screen.show(
        (columns) =>
          runLine({ ...run, parts: [...parts.values()], elapsedMs: now() - begun, rate: rate.perSecond() }, columns),
        true,
      );
    },
    done(org) {
      run.done++;
      parts.delete(org);
    },
    end: () => hide(),
    logFor: (org) =>
      logOn(screen, say`${org}  `, stream, () => {
        const before = parts.get(org) ?? 0;
        let last = 0;
        return (done, total) => {
          rate.add(done - last);
          last = done;
          parts.set(org, Math.min(1, before + (total > 0 ? (HALF * done) / total : 0)));
        };
      }),
  };
}

/** @param counting takes the progress of a step that counts calls */
function logOn(screen: Screen, prefix: Printable, stream: NodeJS.WriteStream, counting: () => Progress): Log {
  // By the terminal, NO_COLOR, FORCE_COLOR and TERM.
  const paint = (style: 'dim' | 'red', text: string) => styleText(style, text, { stream });
  // Neutral once more, as the last line of defence: what is painted is our own.
  const line = (text: Printable, painted = '') => screen.write(`${printable(prefix + text)}${painted}`);
  return {
    say: (text) => line(text),
    async step(name, work, resultOf, unit) {
      const started = performance.now();
      const took = () => `${Math.round(performance.now() - started)} ms`;
      const at = { about: prefix.trimEnd(), name, done: 0, total: 0 };
      const hide = screen.show((columns) => stepLine(at, columns));
      const count = unit === 'calls' ? counting() : () => {};
      try {
        const value = await work((done, total) => {
          Object.assign(at, { done, total });
          count(done, total);
        });
        hide();
        const result = resultOf?.(value);
        line(say`${name} → ${result ?? 'done'}`, paint('dim', ` in ${took()}`));
        return value;
      } catch (error) {
        hide();
        line(say`${name} →`, ` ${paint('red', 'failed')}${paint('dim', ` after ${took()}`)}`);
        throw error;
      }
    },
  };
}

/** For tests. */
export const silentLog: Log = { say() {}, step: (_name, work) => work(() => {}) };

/** Columns of the terminal that standard output goes to; undefined where it goes elsewhere. */
export const terminalWidth = (): number | undefined => process.stdout.columns;

/** One line on standard output. */
export const print = (line: Printable): void => void process.stdout.write(`${lastLine(line)}\n`);

/** One line on standard error. */
export const printError = (line: Printable): void => console.error(lastLine(line));

/** Neutral once more, as the last line of defence. */
const lastLine = (line: Printable): Printable => printable(line, Number.POSITIVE_INFINITY);
