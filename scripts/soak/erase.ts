import { callsOfRun, type EraseMoment, killedAt, momentBefore, RUNS } from '../../generator/testing/erase-crashes.ts';
import { killErase } from '../../generator/testing/kills.ts';
import { type Check, must } from './lib/check.ts';
import { sizeOf } from './lib/sizes.ts';

export const check: Check = {
  does: 'a call erased after a run that published, deleted or erased it was killed, at every call of its store, and after a process that erased it was (every CCI_ERASED-th, 1)',
  async run({ say }) {
    const step = sizeOf('CCI_ERASED', 1);
    let left = 0;
    for (const run of RUNS) {
      const moment = await momentBefore(run);
      const { kills, failures } = await killEverywhere(moment, step);
      for (const failure of failures) say(failure);
      say(`${run}: nothing was left after ${kills - failures.length} of ${kills} kills`);
      left += failures.length;
      must(kills > 0, `${run}: nothing was killed`);
    }
    const { kills, failures } = await killProcesses(await momentBefore('erase'), step);
    for (const failure of failures) say(failure);
    say(
      `erase in a process of its own, killed by SIGKILL: nothing was left after ${kills - failures.length} of ${kills} kills`,
    );
    left += failures.length;
    must(kills > 0, 'no process was killed');
    must(left === 0, `something was left after ${left} kills`);
  },
};

async function killEverywhere(moment: EraseMoment, step: number) {
  const calls = await callsOfRun(moment);
  const failures: string[] = [];
  let kills = 0;
  for (let call = 1; call <= calls.length; call += step) {
    for (const kind of ['crash before', 'crash after'] as const) {
      kills++;
      const wrong = await killedAt(moment, call, kind);
      if (wrong.length > 0) failures.push(`${kind} call ${call} of ${calls.length}: ${wrong.join('; ')}`);
    }
  }
  return { kills, failures };
}

/** From the first call on, until an `erase` ends before it reaches the next. */
async function killProcesses(moment: EraseMoment, step: number) {
  const failures: string[] = [];
  let kills = 0;
  let next = 1;
  let ended = false;
  const work = async () => {
    while (!ended) {
      const call = next;
      next += step;
      for (const when of ['before', 'after'] as const) {
        const { killed, wrong } = await killErase(moment, { call, when });
        if (killed) kills++;
        else if (when === 'before') ended = true;
        if (wrong.length > 0) failures.push(`killed ${when} call ${call}: ${wrong.join('; ')}`);
      }
    }
  };
  await Promise.all([work(), work()]);
  return { kills, failures };
}
