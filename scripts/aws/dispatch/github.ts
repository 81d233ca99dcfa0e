import { createPrivateKey, sign } from 'node:crypto';
import { type Printable, quoted, say } from '../../../generator/lib/printable.ts';

/** An app of GitHub that is installed in the repository, with the right to write its contents: that is what a dispatch asks for. */
export interface GitHubApp {
  appId: string;
  installationId: string;
  /** In PEM, as GitHub gives it. */
  privateKey: string;
}

export interface GitHubPlace {
  /** e.g., "https://api.github.com" */
  api: string;
  repository: string; // e.g., "acme/reports"
}

const TIMEOUT_MS = 10_000;
/** GitHub takes at most ten minutes, and its clock may be behind. */
const BACKDATED_S = 60;
const GOOD_FOR_S = 540;

/** GitHub did not take it: what happened, why, and what to do. */
export class NotTaken extends Error {
  readonly problem: Printable;

  constructor(problem: Printable) {
    super(problem);
    this.problem = problem;
  }
}

/** Signed by the app's key: who asks. @param now in ms */
function appToken({ appId, privateKey }: GitHubApp, now: number): string {
  const time = Math.floor(now / 1000);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ iat: time - BACKDATED_S, exp: time + GOOD_FOR_S, iss: appId })}`;
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), keyOf(privateKey)).toString('base64url')}`;
}

function keyOf(pem: string) {
  try {
    return createPrivateKey(pem.replaceAll('\\n', '\n'));
  } catch {
    throw new NotTaken(
      say`The secret of the GitHub App has no private key in PEM, so nothing was sent. Put the file that GitHub gave into it, as privateKey.`,
    );
  }
}

/**
 * Send a `repository_dispatch`, with a token for this repository and this right alone, which is kept nowhere.
 * @throws {NotTaken} unless GitHub has answered that it took it
 */
export async function dispatchToGitHub(
  app: GitHubApp,
  place: GitHubPlace,
  body: string,
  now = Date.now(),
): Promise<void> {
  const [, name = ''] = place.repository.split('/');
  const answer = await ask(
    `${place.api}/app/installations/${encodeURIComponent(app.installationId)}/access_tokens`,
    appToken(app, now),
    JSON.stringify({ repositories: [name], permissions: { contents: 'write' } }),
    say`Cannot get a token for ${quoted(place.repository)} from GitHub`,
  );
  const { token } = (await answer.json().catch(() => ({}))) as { token?: unknown };
  if (typeof token !== 'string' || token === '')
    throw new NotTaken(say`GitHub’s answer has no token, so nothing was sent. It is tried again by itself.`);
  await ask(
    `${place.api}/repos/${place.repository}/dispatches`,
    token,
    body,
    say`Cannot start the workflow of ${quoted(place.repository)}`,
  );
}

async function ask(url: string, token: string, body: string, failed: Printable): Promise<Response> {
  const response = await fetch(url, {
    method: 'POST',
    body,
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'user-agent': 'cci-lite-reports',
      'x-github-api-version': '2022-11-28',
    },
  }).catch((error: unknown) => {
    throw new NotTaken(say`${failed}: no answer (${reasonOf(error)}). It is tried again by itself.`);
  });
  if (response.ok) return response;
  throw new NotTaken(say`${failed}: ${why(response)}`);
}

function why({ status, headers }: Response): Printable {
  if (status === 401)
    return say`GitHub does not know who asks (401). Check appId and privateKey in the secret, and whether the app still has this key.`;
  if (
    status === 429 ||
    (status === 403 && (headers.has('retry-after') || headers.get('x-ratelimit-remaining') === '0'))
  )
    return say`GitHub takes no more requests for a while (${status}). It is tried again by itself.`;
  if (status === 403 || status === 404 || status === 422)
    return say`the app may not (${status}). Install it in this repository, with the permission “Contents: read and write”, and check installationId.`;
  if (status >= 300 && status < 400)
    return say`the repository has another name now (${status}). Deploy the stack with it, as GitHubOwner and GitHubRepository.`;
  return say`GitHub failed (${status}). It is tried again by itself.`;
}

const reasonOf = (error: unknown): string => {
  const { name = 'Error', cause } = error as { name?: string; cause?: { code?: string } };
  return cause?.code ?? name;
};
