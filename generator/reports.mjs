#!/usr/bin/env node
// Plain JavaScript: what Node reads TypeScript with takes longer to load than a short command does all it has to. An older Node reads this
// file too, and can say that it is too old; so nothing newer is imported before it was asked.
import { basename } from 'node:path';

/** As `engines` in package.json has it. */
const OLDEST = 24;

async function start() {
  const { keepCompiled } = await import('./lib/command-line/compile-cache.mjs');
  keepCompiled();
  const { runCommand } = await import('./cli.ts');
  // Started by a person, by its name or by npm, it reads .env; a workflow that names this file has its variables from elsewhere.
  const isByName = basename(process.argv[1]) === 'cci-reports';
  const isByNpm = ['reports', 'npx'].includes(process.env.npm_lifecycle_event);
  await runCommand(process.argv.slice(2), isByName || isByNpm ? '.env' : undefined);
}

if (Number.parseInt(process.versions.node, 10) < OLDEST) {
  console.error(
    `cci-reports needs Node ${OLDEST} or newer, and this is Node ${process.versions.node}, at ${process.execPath}. Install a newer one. In a checkout, npm run reports brings one.`,
  );
  process.exitCode = 2;
} else void start();
