/** What docs/schedule.md has another repository write, against the workflow that it calls. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { ROOT } from '../../generator/render/version.ts';
import { grantsOf, jobsOf, type Workflow } from '../workflow.ts';
import { ownWorkflows } from '../workflow-policy.ts';
import { RULES } from '../workflow-rules.ts';

interface Callable extends Workflow {
  on: { [trigger: string]: { inputs?: object; secrets?: object } };
}
interface Call {
  permissions: { [scope: string]: string };
  uses: string;
  secrets: unknown;
}

const text = new Map(ownWorkflows()).get('reports.yml') as string;
const called = parse(text) as Callable;
const guide = readFileSync(join(ROOT, 'docs/schedule.md'), 'utf8');
const example = guide.slice(guide.indexOf('    name: reports\n'), guide.indexOf('`OWNER/REPOSITORY` is where'));
const caller = parse(example.replaceAll(/^ {4}/gm, '')) as Workflow & { jobs: { reports: Call } };

it('is a dozen lines, which start it as we do and give it the rights that its jobs ask for', () => {
  expect(example.trim().split('\n').length).toBeLessThan(14);
  const { permissions, uses, secrets } = caller.jobs.reports;
  const asked = jobsOf(called).flatMap(([, job]) => grantsOf(job));
  expect(Object.entries(permissions).sort()).toEqual([...new Map(asked)].sort());
  expect([uses, secrets]).toEqual(['OWNER/REPOSITORY/.github/workflows/reports.yml@COMMIT', 'inherit']);
  const triggers = (each: { on?: object }) => Object.keys(each.on ?? {}).filter((name) => name !== 'workflow_call');
  expect(triggers(caller)).toEqual(triggers(called));
  for (const rule of ['known-triggers', 'off-minute-0', 'no-rights-by-default'])
    expect(RULES[rule]?.broken(caller, example)).toEqual([]);
});

it('may hand over every secret that is read, and what a person may type', () => {
  const read = new Set([...text.matchAll(/\bsecrets\.(\w+)/g)].map(([, name]) => name));
  expect(Object.keys(called.on.workflow_call?.secrets ?? {}).sort()).toEqual([...read].sort());
  expect(called.on.workflow_call?.inputs).toEqual(called.on.workflow_dispatch?.inputs);
});
