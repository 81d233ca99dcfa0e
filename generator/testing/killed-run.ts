// A run in a process of its own, which ends itself by SIGKILL at one call of its reports store, or is ended by whoever serves that store:
// node killed-run.ts RESULTS CONFIG REPORTS NOW [CALL before|after]
import { memoryWorld } from '../fixtures/world.ts';
import { openStore } from '../store/open.ts';
import { faultyStore } from './faulty-store.ts';
import { killMe } from './kill-me.ts';
import { problemOf, runAll } from './publish-faults.ts';

const [results = '', config = '', reports = '', now = '', call, when] = process.argv.slice(2);

const world = memoryWorld({
  results: openStore(results),
  config: openStore(config),
  now: () => new Date(Number(now)),
});
const plan = new Map(
  call === undefined ? [] : [[Number(call), when === 'before' ? 'crash before' : 'crash after'] as const],
);
const outcome = await runAll(world, faultyStore(openStore(reports), plan, killMe).store);
process.stdout.write(problemOf(outcome));
