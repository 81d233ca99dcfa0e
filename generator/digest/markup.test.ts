import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HtmlValidate } from 'html-validate';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileTemplates } from '../../templates/compile.ts';
import type { Call } from '../model.ts';
import { composeDigest } from './compose.ts';
import { ANN, BOB, DAY, reportFrom, ruleResult, SPEC, twoWeeks } from './fixtures/report.ts';
import { type Fill, openTemplates } from './template.ts';

/** What mail has to do for Outlook, and what MJML writes. */
const MAIL = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    'no-conditional-comment': 'off',
    'no-inline-style': 'off',
    'no-deprecated-attr': 'off',
    'presentation-role-style': 'off',
    'prefer-tbody': 'off',
    'doctype-style': 'off',
    'prefer-native-element': 'off',
    'no-trailing-whitespace': 'off',
    'long-title': 'off',
    'void-style': 'off',
    'attr-quotes': 'off',
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
  },
});

const folder = mkdtempSync(join(tmpdir(), 'mail-'));
let fill: Fill;
beforeAll(async () => {
  await compileTemplates(folder);
  fill = await openTemplates(folder);
});

function html(all: readonly Call[], spec: object = {}): string {
  const { report, calls } = reportFrom(all, spec);
  const siteUrl = 'https://reports.example.com';
  return fill(
    composeDigest({ org: 'org_test', report, date: DAY, calls, recipient: { scope: 'all', member: true }, siteUrl }),
  ).html;
}

/** Everything as long as it can be: names, reasons, ids. */
function worst(): string {
  const rules = Array.from({ length: 30 }, (_, i) => `${i} ${'&<"\'й'.repeat(2000)}`);
  const long = '&"<'.repeat(66);
  const calls = twoWeeks().map((call) => ({
    ...call,
    id: `${call.id}-${'é'.repeat(80)}`,
    score: 1,
    passed: false,
    rules: rules.map((name) => ruleResult(name, false)),
  }));
  return html(calls, {
    name: long,
    minimumN: 1,
    criticalRules: rules.slice(0, 5).map((name) => name.slice(0, 200)),
    agents: { ...SPEC.agents, [ANN]: { name: long }, [BOB]: { name: long } },
  });
}

describe('the HTML of a digest', () => {
  it.each([
    ['usual', () => html(twoWeeks())],
    ['quiet', () => html(twoWeeks().filter(({ day }) => day !== DAY))],
    ['worst', worst],
  ])('is valid for mail: %s', async (_name, make) => {
    const { results } = await MAIL.validateString(make());
    const said = results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId}: ${message}`));
    // MJML's button writes height="auto".
    expect(said.filter((line) => !/height.*auto/.test(line))).toEqual([]);
  });

  it('has at most 80 KB in the worst case, and 40 KB in the usual one', () => {
    expect(Buffer.byteLength(worst())).toBeLessThan(80 * 1024);
    expect(Buffer.byteLength(html(twoWeeks()))).toBeLessThan(40 * 1024);
  });
});
