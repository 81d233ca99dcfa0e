// What must hold of every workflow in .github/workflows, beyond what actionlint knows: `node scripts/workflow-policy.ts`.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT } from '../generator/render/version.ts';
import type { Workflow } from './workflow.ts';
import { RULES } from './workflow-rules.ts';

export const WORKFLOWS = join(ROOT, '.github', 'workflows');

/** Every breach of the policy in one workflow, as a sentence: file, rule, place and what the rule asks for. */
export function findingsOf(name: string, text: string): string[] {
  const workflow = parse(text) as Workflow;
  return Object.entries(RULES).flatMap(([rule, { asks, broken }]) =>
    broken(workflow, text).map((place) => `${name}: ${rule}: ${place}: ${asks}.`),
  );
}

/** The repository's own workflows: name → text. */
export const ownWorkflows = (): [string, string][] =>
  readdirSync(WORKFLOWS).map((name) => [name, readFileSync(join(WORKFLOWS, name), 'utf8')]);

if (import.meta.main) {
  const findings = ownWorkflows().flatMap(([name, text]) => findingsOf(name, text));
  for (const finding of findings) process.stdout.write(`${finding}\n`);
  process.exitCode = findings.length > 0 ? 1 : 0;
}
