import { expect, test } from 'vitest';
import { median, sectionOf, withSection } from './report.ts';

const report = {
  title: 'Rendering',
  command: 'npm run bench render',
  machine: '2 × some processor',
  method: 'How it was measured.',
  tables: [{ head: ['who', 'pages/s'], rows: [['ours', '1,000']] }],
  goals: [
    { what: 'of the limit', goal: '≥ 0.4', measured: '0.43', met: true },
    { what: 'of Hugo', goal: '≥ 3', measured: 'Hugo is not installed' },
  ],
};

test('it writes a report as a section', () => {
  expect(sectionOf(report)).toBe(`## Rendering

\`npm run bench render\` on 2 × some processor.

How it was measured.

| who | pages/s |
| --- | --- |
| ours | 1,000 |

| aim | goal | measured |  |
| --- | --- | --- | --- |
| of the limit | ≥ 0.4 | 0.43 | met |
| of Hugo | ≥ 3 | Hugo is not installed | not measured |`);
});

test('it says under the table what was tried for what is missed, and nothing of what is met', () => {
  const tried = 'Smaller batches brought nothing.';
  const goals = [
    { what: 'time', goal: '≤ 0.6', measured: '0.75', met: false, tried },
    { what: 'memory', goal: '≤ 700', measured: '690', met: true, tried },
    { what: 'bytes', goal: '≤ 2', measured: '3', met: false },
  ];
  expect(sectionOf({ ...report, goals })).toContain('missed |\n\nMissed, and what was tried:\n\n- time. Smaller');
  expect(sectionOf({ ...report, goals }).match(/Smaller/g)).toHaveLength(1);
  expect(sectionOf(report)).not.toContain('tried');
});

test('it replaces the section of one benchmark and leaves the others', () => {
  const first = withSection(withSection('# Benchmarks\n', 'build', '## Builds'), 'render', '## Rendering');
  expect(first).toBe('# Benchmarks\n\n<!-- bench build -->\n## Builds\n\n<!-- bench render -->\n## Rendering\n');
  const again = withSection(withSection(first, 'build', '## Builds, again'), 'render', '## Rendering, again');
  expect(again).toBe(
    '# Benchmarks\n\n<!-- bench build -->\n## Builds, again\n\n<!-- bench render -->\n## Rendering, again\n',
  );
});

test('it takes the middle of what was measured, and refuses nothing', () => {
  expect([median([3, 1, 2]), median([2, 1]), median([5])]).toEqual([2, 2, 5]);
  expect(() => median([])).toThrow('missing values');
});
