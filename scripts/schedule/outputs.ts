// What later jobs need to know of a plan, as outputs of a step: `node scripts/schedule/outputs.ts plan.json >> "$GITHUB_OUTPUT"`.
import { readFileSync } from 'node:fs';
import { print, printError } from '../../generator/lib/console.ts';
import { messageOf } from '../../generator/lib/errors.ts';
import { printable, say } from '../../generator/lib/printable.ts';
import { type FoundBundle, findBundle } from './bundle.ts';

/** As `plan` prints it. */
interface Plan {
  shard: { name: string; orgs: string }[];
  digest: boolean;
}

/**
 * `shards` and `digest` say what there is to do; `bundle` is `found`, with `run` and `sha256`, or `missing`, or `none` where nothing needs it.
 * @param find looks for a bundle
 * @returns name → value
 */
export async function outputsOf(
  { shard, digest }: Plan,
  find: () => Promise<FoundBundle | undefined>,
): Promise<{ [name: string]: string }> {
  const shards = JSON.stringify(shard.map(({ name, orgs }) => ({ name, orgs })));
  const work = { shards, digest: String(digest) };
  if (shard.length === 0 && !digest) return { ...work, bundle: 'none' };
  const found = await find().catch((error: unknown) => {
    printError(say`GitHub could not be asked for the bundle, so it is built again: ${messageOf(error)}.`);
    return undefined;
  });
  return { ...work, bundle: found ? 'found' : 'missing', ...found };
}

if (import.meta.main) {
  const {
    GITHUB_API_URL: api = '',
    GITHUB_TOKEN: token = '',
    GITHUB_REPOSITORY: repository = '',
    GITHUB_SHA: sha = '',
    GITHUB_WORKFLOW_REF: workflow = '',
    CODE_SHA: code = '',
  } = process.env;
  const plan = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Plan;
  const outputs = await outputsOf(plan, () => findBundle({ api, token, repository, sha, workflow, code }));
  for (const [name, value] of Object.entries(outputs)) print(printable(`${name}=${value}`, Number.POSITIVE_INFINITY));
}
