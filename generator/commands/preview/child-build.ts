import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../../render/version.ts';
import type { BuildEnd, Cause } from './builds.ts';

/** What a preview builds, and into which store. */
interface PreviewBuild {
  org: string;
  /** Variables of the stores, and what else the build is set up by. */
  env: NodeJS.ProcessEnv;
  signal: AbortSignal;
}

/** One build's part of what `build --json` prints. */
interface Printed {
  problems?: string[];
  organizations?: { result?: { published: boolean }; problems?: string[] }[];
}

/**
 * Builds in a process of its own: one that runs already has loaded the templates and the code as they were when it began.
 * What the build says goes to standard error.
 */
export async function childBuild({ org, env, signal }: PreviewBuild, cause: Cause): Promise<BuildEnd> {
  if (cause === 'templates') {
    const bundle = await run([join(ROOT, 'scripts/build.ts')], env, signal);
    if (bundle.status !== 0)
      return { kind: 'failed', text: 'The page templates could not be built. See the terminal.' };
  }
  const args = ['build', '--org', org, '--accept-loss', '--keep', '0', '--json'];
  const { stdout } = await run([join(ROOT, 'generator/reports.mjs'), ...args], env, signal);
  const { problems, organizations: [own] = [] } = printed(stdout);
  if (own?.result) return { kind: own.result.published ? 'published' : 'same' };
  return { kind: 'failed', text: (own?.problems ?? problems ?? ['The build has ended without a word.']).join('\n') };
}

function printed(stdout: string): Printed {
  try {
    return JSON.parse(stdout) as Printed;
  } catch {
    return {};
  }
}

function run(
  args: string[],
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<{ status: number | null; stdout: string }> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, args, { env, signal, stdio: ['ignore', 'pipe', 'inherit'] });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.on('error', (error) => (signal.aborted ? done({ status: null, stdout }) : fail(error)));
    child.on('close', (status) => done({ status, stdout }));
  });
}
