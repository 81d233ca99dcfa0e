import { join } from 'node:path';
import { type Ended, runOn, type Side } from './side.ts';

/** One command, and how it ended. */
export interface Told extends Ended {
  command: string;
}

/** Later than the demo's last day in every time zone of it, at an hour at which its digests are due. */
export const NOW = '2026-11-22T18:00:00Z';

/** What commands are about. */
export interface Story {
  /** One of the demo's organizations. */
  org: string;
  /** One of its calls that only objects of its own hold. */
  call: string;
  /** A folder with calls of another organization. */
  recordings: string;
}

/** What an operator does with the generator, one command after the other: all sides must end each alike. */
export async function tellStory(side: Side, { org, call, recordings }: Story): Promise<Told[]> {
  const told: Told[] = [];
  const run = async (...args: string[]) => void told.push({ command: args.join(' '), ...(await runOn(side, args)) });
  const at = (name: string) => join(side.folder, name);
  const { bucket } = side.double;
  const ofCall = () => [...bucket.objects].filter(([key]) => !key.startsWith('reports/') && key.includes(call));
  const late = ofCall();
  for (const [key] of late) bucket.remove(key);

  await run('--version');
  await run('doctor', '--help');
  await run('tenants');
  await run('plan');
  await run('build', '--now', NOW);
  await run('build', '--now', NOW);
  await run('digest', '--now', NOW);
  await run('digest', 'who', '--org', org, '--now', NOW);
  await run('digest', 'log', '--org', org, '--now', NOW);
  await run('digest', 'preview', '--org', org, '--now', NOW, '--out', at('previews'));
  await run('status', '--now', NOW);
  // Another build needs another input.
  for (const [key, { body }] of late) bucket.put(key, body);
  await run('build', '--org', org, '--now', NOW);
  await run('builds');
  await run('rollback', '--org', org, '--to', '1', '--now', NOW);
  await run('verify', '--deep');
  await run('build', '--force', '--now', NOW);
  await run('erase', '--org', org, '--call', call, '--now', NOW);
  // As the pipeline's owner removes it before it is erased.
  for (const [key] of ofCall()) bucket.remove(key);
  await run('erase', '--org', org, '--call', call, '--now', NOW);
  await run('export', '--org', org, '--out', at('site'));
  await run('evaluate', '--org', org, '--labels', at('no.csv'));
  await run('pipeline', 'run', '--recordings', recordings, '--org', 'acme', '--now', NOW);
  await run('pipeline', 'status', '--org', 'acme', '--now', NOW);
  await run('verify');
  return told;
}
