import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { encodeText } from '../lib/bytes.ts';
import { runHere } from '../testing/run-here.ts';
import { checkFile } from './check.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cci-check-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function checked(text: string, name = 'report-config.json') {
  const file = join(folder, name);
  await writeFile(file, text);
  const { status, stdout } = await runHere(['check', file], {});
  return { status, said: stdout.replaceAll(`${folder}/`, '') };
}

it('takes what a build takes, and says what is to be known of it', async () => {
  const { status, said } = await checked('{"$schema":"x","name":"One","masking":true}');
  expect(status).toBe(0);
  expect(said).toMatchInlineSnapshot(`
    "report-config.json is right: a build would take it as report-config.json.
    "masking" is true: CCI_MASKING_KEY has to be set where sites are built.
    "timeZone" is not set, so days begin and end in UTC.
    "
  `);
});

it('names the file, the path of each wrong field, and what was meant', async () => {
  const { status, said } = await checked(
    '{"timezone":"Europe/London","digest":{"recipients":[{"address":"ann"}]},"passMark":"70"}',
    'acme.report-config.json',
  );
  expect(status).toBe(1);
  expect(said).toMatchInlineSnapshot(`
    "acme.report-config.json: "passMark": "70" is not right: write a number. Did you mean 70, without quotes?
    acme.report-config.json: "digest.recipients.0.address": "ann" is not one mail address.
    acme.report-config.json has "timezone", which this version does not support. Did you mean "timeZone"?
    acme.report-config.json is wrong: a build would fail for this organization, and its site would stay as it is.
    "
  `);
});

it.each([
  ['{\n  "name": "One",\n}', 'line 3, column 1'],
  [
    `{\n  "name": "${'x'.repeat(40)}",\n  "criticalRules": [,],\n  "passMark": 70, "minimumN": 5\n}`,
    'line 3, column 21',
  ],
  ['{"name": "One"', 'line 1, column 15'],
])('says where %j ceases to be JSON', async (text, place) => {
  const { status, said } = await checked(text);
  expect(status).toBe(1);
  expect(said).toContain(`It ceases to be JSON in ${place}.`);
});

it('looks for the logo beside the file', async () => {
  const text = '{"timeZone":"UTC","brand":{"logo":"logo.svg"}}';
  expect((await checked(text)).said).toContain('"brand.logo" is "logo.svg", but there is no such file beside it');
  await writeFile(join(folder, 'logo.svg'), '<svg/>');
  expect((await checked(text)).status).toBe(0);
  await writeFile(join(folder, 'logo.svg'), new Uint8Array(300_000));
  expect((await checked(text)).said).toContain('logo.svg: the logo has 300000 bytes');
});

it('reads qa-config.json and ai-config.json by their names, and anything else as a report-config.json', async () => {
  expect(await checked('{"scoring":{"pass_threshold":7}}', 'qa-config.json')).toMatchObject({ status: 1 });
  const right = await checked('{"scoring":{"pass_threshold":0.8}}', 'qa-config.json');
  expect(right.said).toContain('a call passes with 80 or more');
  expect((await checked('{"json_output_schema":{"a":1,"b":2}}', 'ai-config.json')).said).toContain('names 2 insights');
  expect((await checked('{}', 'acme.json')).said).toContain('it was read as report-config.json');
});

it('gives one object for machines, and says what argument is missing or leads nowhere', async () => {
  const file = join(folder, 'report-config.json');
  await writeFile(file, '{"passMark":700}');
  const { status, stdout } = await runHere(['check', file, '--json'], {});
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ file, kind: 'report-config.json', right: false, problems: [/passMark/] });
  expect(await runHere(['check'], {})).toMatchObject({ status: 2, stderr: expect.stringContaining('FILE is missing') });
  const gone = await runHere(['check', join(folder, 'gone.json')], {});
  expect(gone).toMatchObject({ status: 2, stderr: expect.stringContaining('it is not there, or no longer (ENOENT)') });
  expect(await runHere(['check', file, 'more'], {})).toMatchObject({ status: 2 });
});

it('of standard input it cannot look for a logo, and says so', async () => {
  const bytes = encodeText('{"timeZone":"UTC","brand":{"logo":"logo.svg"}}');
  const { problems, notes } = await checkFile('-', 'report-config.json', bytes);
  expect(problems).toEqual([]);
  expect(notes.join(' ')).toContain('"brand.logo" was not looked for');
});
