import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { UserError } from '../../lib/errors.ts';
import { withFiles } from '../../lib/file-errors.ts';
import { say } from '../../lib/printable.ts';
import { need, type Settings } from '../../settings.ts';
import { isOrganization } from '../../source/layout.ts';
import { type Answer, open } from '../command.ts';
import { type Agreement, agreementOf } from './agreement.ts';
import { callName, compareLabels } from './compare.ts';
import { readLabels } from './labels.ts';
import { csvFiles, sentences } from './tell.ts';
import { readVerdicts } from './verdicts.ts';

/** `evaluate`: how far the report's verdicts on rules agree with those of a person. Nothing is written but to `--out`. */
export async function evaluate(settings: Settings): Promise<Answer> {
  const { reports, labels: file } = need(settings, 'reports', 'labels');
  const [org, ...more] = settings.org ?? [];
  if (org === undefined || more.length > 0)
    throw new UserError([
      say`evaluate takes exactly one --org ID. Name the organization whose verdicts are to be checked.`,
    ]);
  if (!isOrganization(org)) throw new UserError([say`--org: ${org} is not an organization’s id.`]);
  const read = readLabels(await withFiles(say`read the labels in ${file}`, () => readFile(file)), file);
  const wanted = new Set(read.labels.map(({ call }) => callName(call)));
  const published = await readVerdicts(await open(reports), org, wanted);
  const { pairs, leftOut } = compareLabels(read.labels, published);
  const rules = [...Map.groupBy(pairs, ({ rule }) => rule)]
    .map(([rule, own]) => ({ rule, name: own[0]?.name ?? rule, ...agreementOf(own) }))
    .sort((a, b) => (a.rule < b.rule ? -1 : 1));
  const evaluation = {
    org,
    build: published.build,
    overall: agreementOf(pairs),
    rules,
    differences: pairs.filter(({ person, report }) => person !== report),
    leftOut: [...read.unread, ...leftOut].sort((a, b) => a.line - b.line),
    empty: read.empty,
    otherColumns: read.otherColumns,
  };
  const written = settings.out === undefined ? [] : await writeFiles(settings.out, csvFiles(evaluation));
  return {
    json: {
      ...evaluation,
      overall: told(evaluation.overall),
      rules: evaluation.rules.map(told),
      differences: evaluation.differences.map(({ line, call, rule, name, person, report }) => ({
        ...{ line, call: call.id, path: call.path, rule, name, person, report },
      })),
      ...(written.length > 0 && { written }),
    },
    text: [...sentences(evaluation), ...(written.length > 0 ? [say`Written: ${written}.`] : [])],
    // What could not be compared needs a person; empty rows are work that is still to be done.
    failed: evaluation.leftOut.length > 0 || pairs.length === 0,
  };
}

/** For machines, what cannot be told is null. */
const told = <Each extends Agreement>(agreement: Each) => ({
  ...agreement,
  share: agreement.share ?? null,
  kappa: agreement.kappa ?? null,
});

async function writeFiles(out: string, files: { [name: string]: string }): Promise<string[]> {
  const folder = resolve(out);
  await withFiles(say`write the tables to ${folder}`, async () => {
    await mkdir(folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  });
  return Object.keys(files).map((name) => join(folder, name));
}
