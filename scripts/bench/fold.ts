// `npm run bench fold`: CPU time of a build's render step where the calls of the last day have changed and templates cost nothing, beside an old
// version's, in turns. CCI_FOLD=20000,50,90 takes so many calls, agents and days.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Taken } from './fold/builder.ts';
import type { Size } from './fold/input.ts';
import { OLD_VERSION, withOldVersion } from './old-version.ts';
import { type Bench, machine, median } from './report.ts';

const SIZE: Size = { calls: 100_000, agents: 200, days: 365 };
const ROUNDS = 3;
const GOAL = 0.2;

export const bench: Bench = async () => {
  const size = chosen();
  const [ours, old] = await withOldVersion((root) => inTurns(['', root], size));
  if (!ours || !old) throw new Error('missing version');
  const middle = (taken: Taken[], of: keyof Taken) => median(taken.map((each) => each[of]));
  const share = middle(ours, 'render') / middle(old, 'render');
  const row = (name: string, taken: Taken[]) => [
    name,
    `${middle(taken, 'render').toFixed(2)} s`,
    `${middle(taken, 'build').toFixed(2)} s`,
  ];
  const count = (n: number) => n.toLocaleString('en');
  return {
    title: 'Views of what has changed',
    command: 'npm run bench fold',
    machine: machine(),
    method: `${count(size.calls)} calls with two turns each, of ${size.agents} agents over ${size.days} days, in memory; the ${count(middle(ours, 'read'))} of the last day analysed again. Templates are replaced by a line of text, so that the step is views, data files and bookkeeping. CPU time of all threads, medians of ${ROUNDS} rounds, the two versions in turns.`,
    tables: [{ head: ['version', 'render step', 'whole build'], rows: [row('this', ours), row(OLD_VERSION, old)] }],
    goals: [
      {
        what: `CPU of the render step, of what ${OLD_VERSION} takes`,
        goal: `≤ ${GOAL}`,
        measured: share.toFixed(2),
        met: share <= GOAL,
      },
    ],
  };
};

/** @throws where CCI_FOLD is not three whole numbers above 0 */
function chosen(): Size {
  const given = process.env.CCI_FOLD;
  if (given === undefined) return SIZE;
  const [calls = 0, agents = 0, days = 0, ...rest] = given.split(',').map(Number);
  if (rest.length > 0 || ![calls, agents, days].every((n) => Number.isInteger(n) && n > 0) || calls < days)
    throw new Error(`wrong CCI_FOLD: ${given}. It takes calls, agents and days, such as 20000,50,90.`);
  return { calls, agents, days };
}

/** @param roots of the versions; "" is this one @returns for each version what its rounds took */
async function inTurns(roots: readonly string[], size: Size): Promise<Taken[][]> {
  const file = fileURLToPath(new URL('./fold/builder.ts', import.meta.url));
  const builders = roots.map((root) => fork(file, [root, JSON.stringify(size)]));
  const stop = () => {
    for (const builder of builders) builder.kill();
  };
  process.once('exit', stop);
  try {
    for (const [i, builder] of builders.entries()) say(roots[i], 'cold', await ask(builder));
    const taken: Taken[][] = roots.map(() => []);
    for (let round = 1; round <= ROUNDS; round++)
      for (const [i, builder] of builders.entries()) {
        const each = await ask(builder);
        say(roots[i], `round ${round}`, each);
        taken[i]?.push(each);
      }
    return taken;
  } finally {
    stop();
    process.off('exit', stop);
  }
}

/** One build. @throws where the process ends instead */
async function ask(builder: ChildProcess): Promise<Taken> {
  const failed = once(builder, 'exit').then(() => Promise.reject(new Error('a process that builds has ended early')));
  builder.send('build');
  const [taken] = (await Promise.race([once(builder, 'message'), failed])) as [Taken];
  return taken;
}

function say(root: string | undefined, what: string, { build, render, read, megabytes }: Taken): void {
  const name = root === '' ? 'this' : OLD_VERSION;
  process.stderr.write(
    `fold  ${name}, ${what}: ${read} read, render ${render.toFixed(2)} s, build ${build.toFixed(2)} s, ${Math.round(megabytes)} MB\n`,
  );
}
