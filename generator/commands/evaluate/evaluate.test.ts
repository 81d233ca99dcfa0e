import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CallRow, encodeCalls } from '#shared/columns/calls.ts';
import { main } from '../../cli.ts';
import { publishTexts } from '../../publish/testing/small-site.ts';
import { fileStore } from '../../store/file.ts';
import { evaluate } from './evaluate.ts';

const folder = mkdtempSync(join(tmpdir(), 'cci-evaluate-'));
const reports = pathToFileURL(join(folder, 'reports')).href;
const labels = join(folder, 'labels.csv');
const out = join(folder, 'out');

const call = (id: string, day: string | null, rules: CallRow['rules'], more: Partial<CallRow> = {}): CallRow => ({
  ...{ id, path: `/calls/${id}/`, day, direction: 'inbound', agent: null, qa: 'evaluated', rules, ...more },
});
const site = {
  site: { passMark: 70, timeZone: 'UTC' },
  rules: { greets: { name: 'Greets' }, 'says =goodbye': { name: 'Says =Goodbye' }, '=sum': { name: '=Sum' } },
  critical: [],
  days: [
    ['2026-02-28', 2],
    ['2026-03-01', 4],
  ],
};
const months = {
  '2026-02': [call('c1', '2026-02-28', { greets: true }), call('c2', '2026-02-28', { greets: false })],
  '2026-03': [
    call('c3', '2026-03-01', { greets: true, '=sum': false }),
    call('short', '2026-03-01', { greets: true }, { tooShort: true }),
    call('••77', '2026-03-01', { greets: true }, { path: '/calls/~a/' }),
    call('••77', '2026-03-01', { greets: false }, { path: '/calls/~b/' }),
  ],
  undated: [call('-c4', null, { greets: false })],
};

beforeAll(async () => {
  await publishTexts(fileStore(reports), {
    '/data/site.json': JSON.stringify(site),
    ...Object.fromEntries(
      Object.entries(months).map(([month, rows]) => [
        `/data/calls/${month}.json`,
        JSON.stringify(encodeCalls(rows, month)),
      ]),
    ),
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The command on a file of these lines. */
async function run(lines: readonly string[] | Uint8Array, more: { out?: string } = {}) {
  writeFileSync(labels, lines instanceof Uint8Array ? lines : lines.join('\n'));
  const { json, text, failed } = await evaluate({ reports, org: ['org_1'], labels, ...more });
  return { json: json as { [key: string]: unknown }, text: text.join('\n'), failed };
}

describe('evaluate', () => {
  it('compares labels with the verdicts of every month, by id, path or link, and names the calls that differ', async () => {
    const { json, text, failed } = await run(
      [
        'call,rule,pass',
        'c1,Greets,yes',
        'c2,  GREETS ,FAIL',
        'https://reports.example/calls/c3/?o=12345678#t-1,Greets,0',
        '/calls/~b/,greets,false',
        "'-c4,greets,1",
        "c3,'=Sum,no",
        '',
      ],
      { out },
    );
    expect(failed).toBe(false);
    expect(json).toMatchObject({
      build: 1,
      overall: { n: 6, bothPassed: 1, bothFailed: 3, tooStrict: 1, tooMild: 1 },
      rules: [
        { rule: '=sum', name: '=Sum', n: 1, share: 1, kappa: null },
        { rule: 'greets', name: 'Greets', n: 5, share: 0.6 },
      ],
      differences: [
        { line: 4, call: 'c3', path: '/calls/c3/', rule: 'greets', name: 'Greets', person: false, report: true },
        { line: 6, call: '-c4', path: '/calls/-c4/', person: true, report: false },
      ],
    });
    expect(text.split('\n').filter((line) => /^(rule|=Sum|Greets|All)/.test(line))).toEqual([
      'rule       labels  agree  share    kappa      too strict  too mild',
      '=Sum       1       1      100.0 %  undefined  0           0',
      'Greets     5       3      60.0 %   0.17       1           1',
      'All rules  6       4      66.7 %   0.25       1           1',
      '=Sum: kappa is undefined, because both gave the same verdict on every call. Label calls of both kinds.',
    ]);
    expect(readFileSync(join(out, 'differences.csv'), 'utf8')).toBe(
      "\ufeffline,call,page,rule,person,report\r\n4,c3,/calls/c3/,Greets,fail,pass\r\n6,'-c4,/calls/-c4/,Greets,pass,fail\r\n",
    );
    expect(readFileSync(join(out, 'agreement.csv'), 'utf8')).toContain(
      "'=Sum,1,0,1,0,0,1,\r\nGreets,5,1,2,1,1,0.6,0.1667\r\nAll rules,6,1,3,1,1,0.6667,0.25\r\n",
    );
  });

  it('tells each row that it does not compare by its line, and why', async () => {
    const { json, text, failed } = await run(
      [
        'Notes;Pass;Rule;Call',
        '"two',
        'lines";yes;Greets;c1',
        ';maybe;Greets;c2',
        ';yes;Greats;c2',
        ';yes;Greets;0123456789',
        ';yes;Greets;••77',
        ';yes;Greets;short',
        ';;Greets;c2',
        ';;Greets;c3',
        ';yes;;c2',
        ';yes;Greets;',
        ';1;greets;c1',
        ';yes;Greets;c3',
        ';no;Greets;c3',
        ';;;',
      ],
      { out },
    );
    expect(failed).toBe(true);
    expect(json).toMatchObject({ overall: { n: 1 }, empty: [9, 10], otherColumns: ['notes'] });
    expect(text.split('\n').slice(text.split('\n').findIndex((line) => line.startsWith('Line')))).toEqual([
      'Line 4 is not compared: "maybe" is no verdict: write yes or no, pass or fail, true or false, 1 or 0.',
      'Line 5 is not compared: the site has no rule "Greats" (is it "Greets"?).',
      'Line 6 is not compared: the site has no call "•••".',
      'Line 7 is not compared: 2 calls are shown as "••77": name the one by the path of its page, such as /calls/~a/.',
      'Line 8 is not compared: no verdict of the report on "Greets" counts for this call.',
      'Line 11 is not compared: it names no rule.',
      'Line 12 is not compared: it names no call.',
      'Line 13 is not compared: the same rule of the same call is on line 2, with the same verdict.',
      'Line 14 is not compared: lines 14, 15 contradict each other on one rule of one call.',
      'Line 15 is not compared: lines 14, 15 contradict each other on one rule of one call.',
      '2 lines have no verdict yet: 9-10.',
      'Columns that were not read: "notes".',
      expect.stringMatching(/^Written: \S+agreement\.csv, \S+differences\.csv, \S+not-compared\.csv\.$/),
    ]);
    const lines = readFileSync(join(out, 'not-compared.csv'), 'utf8').split('\r\n');
    expect(lines.slice(1, -1).map((line) => Number(line.split(',')[0]))).toEqual([
      4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
    ]);
  });

  it('says that nothing is labelled yet of a file without verdicts', async () => {
    const { json, text, failed } = await run(['\ufeffcall,rule,pass\r', 'c1,Greets,\r', 'c2,Greets,\r', '']);
    expect(failed).toBe(true);
    expect(json).toMatchObject({ overall: { n: 0, share: null, kappa: null } });
    expect(text).toContain('0 labels compared');
    expect(text).toContain('2 lines have no verdict yet: 2-3.');
  });

  it.each([
    ['no such columns', ['id,rule,ok', 'c1,Greets,yes'], 'columns call, rule, pass; it has "id", "rule", "ok"'],
    ['nothing', [''], 'needs a first line with the columns'],
    ['two columns of one name', ['call,rule,pass,Pass'], 'two columns of one name: pass'],
    ['a quote without an end', ['call,rule,pass', 'c1,Greets,yes', '"c2,Greets,yes'], 'from line 3 on: a quote'],
    ['another encoding', new Uint8Array([0xff, 0xfe, 0x63, 0]), 'is not UTF-8 text'],
  ])('refuses a file with %s', async (_, lines, message) => {
    await expect(run(lines)).rejects.toThrow(message);
  });

  it('refuses an organization without a site, and wants exactly one', async () => {
    await run(['call,rule,pass', 'c1,Greets,yes']);
    await expect(evaluate({ reports, org: ['org_2'], labels })).rejects.toThrow('"org_2" has no published site');
    await expect(evaluate({ reports, labels })).rejects.toThrow('exactly one --org');
    await expect(evaluate({ reports, org: ['org_1'], labels: `${labels}.not` })).rejects.toThrow('it is not there');
    expect(await main(['evaluate', '--org', 'org_1', '--labels', labels, '--reports', reports, '--json'])).toBe(0);
  });
});
