// `--import` of a build that is measured. It says at the end what the process has used: peak memory in KB, microseconds of the processors, and those
// that were used when each step of its log had ended.
import { isMainThread } from 'node:worker_threads';

/** A line of the log of a step that has ended. */
const STEP = / → .* in \d+ ms$/m;

if (isMainThread) {
  const used = (): number => {
    const { user, system } = process.cpuUsage();
    return user + system;
  };
  const ends: number[] = [];
  const write = process.stderr.write.bind(process.stderr) as (text: unknown, ...rest: unknown[]) => boolean;
  process.stderr.write = (text: unknown, ...rest: unknown[]) => {
    if (STEP.test(String(text))) ends.push(used());
    return write(text, ...rest);
  };
  process.on('exit', () => {
    write(`\nmaxRSS ${process.resourceUsage().maxRSS} cpu ${used()} steps ${ends.join(',')}`);
  });
}
