/** Where a bundle lies that an earlier run has built. */
export interface FoundBundle {
  /** The run that built it, as download-artifact asks for it. */
  run: string;
  /** SHA-256 of the archive, in hex. */
  sha256: string;
}

/** Who asks: what GitHub tells each step. */
export interface Asking {
  /** Address of GitHub's API. */
  api: string;
  token: string;
  /** Owner and name of the repository that the run belongs to. */
  repository: string;
  /** The commit of that repository which started the run. */
  sha: string;
  /** As GITHUB_WORKFLOW_REF: `owner/name/.github/workflows/reports.yml@refs/heads/main`. */
  workflow: string;
  /** The commit of our code: that of the repository itself, or of ours where it calls the workflow. */
  code: string;
}

interface Artifact {
  name?: unknown;
  expired?: unknown;
  digest?: unknown;
  workflow_run?: { id?: unknown; repository_id?: unknown; head_repository_id?: unknown; head_sha?: unknown };
}

interface Run {
  event?: unknown;
  path?: unknown;
  head_sha?: unknown;
  head_repository?: { full_name?: unknown };
}

/** The name that a bundle is kept by. */
export const bundleName = (code: string): string => `bundle-${code}.tar`;

/** What starts this workflow; never a pull request, whose run may have been told what to do by whoever opened it. */
const EVENTS: readonly unknown[] = ['schedule', 'repository_dispatch', 'workflow_dispatch'];
const COMMIT = /^[0-9a-f]{40}$/;
const LIMIT_MS = 20_000;
/** Bundles of one commit are few; more are not looked at. */
const MOST = 20;

/**
 * The bundle of this code that an earlier run of the same workflow file, of the same commit of the same repository, has built: so the job that built
 * it is the one that would build it now. GitHub says which run an artifact is of, and which SHA-256 it had when it came.
 * @returns undefined where there is none: then it is built
 * @throws where GitHub does not answer
 */
export async function findBundle(asking: Asking): Promise<FoundBundle | undefined> {
  const { repository, sha, code } = asking;
  if (!COMMIT.test(sha) || !COMMIT.test(code)) throw new Error('no commit is given');
  const name = bundleName(code);
  const query = new URLSearchParams({ name, per_page: String(MOST) });
  const { artifacts } = await ask<{ artifacts?: Artifact[] }>(
    asking,
    `/repos/${repository}/actions/artifacts?${query}`,
  );
  for (const artifact of Array.isArray(artifacts) ? artifacts : []) {
    const { id, repository_id, head_repository_id, head_sha } = artifact.workflow_run ?? {};
    const sha256 = /^sha256:([0-9a-f]{64})$/.exec(String(artifact.digest))?.[1];
    const isOurs = head_sha === sha && repository_id !== undefined && repository_id === head_repository_id;
    if (artifact.name !== name || artifact.expired !== false || !isOurs || !sha256 || !Number.isSafeInteger(id))
      continue;
    if (isSame(asking, await ask<Run>(asking, `/repos/${repository}/actions/runs/${id}`)))
      return { run: String(id), sha256 };
  }
  return undefined;
}

/** Whether a run is one of this workflow file, as this commit has it. */
const isSame = ({ repository, sha, workflow }: Asking, { event, path, head_sha, head_repository }: Run): boolean =>
  EVENTS.includes(event) &&
  head_sha === sha &&
  head_repository?.full_name === repository &&
  // GitHub may add the branch to the path.
  `${repository}/${String(path).split('@')[0]}` === workflow.split('@')[0];

async function ask<T>({ api, token }: Asking, path: string): Promise<T> {
  const response = await fetch(`${api}${path}`, {
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${token}`,
      'x-github-api-version': '2022-11-28',
    },
    redirect: 'error',
    signal: AbortSignal.timeout(LIMIT_MS),
  });
  if (!response.ok) throw new Error(`it answers ${response.status}`);
  return ((await response.json()) ?? {}) as T;
}
