import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HtmlValidate } from 'html-validate';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileTemplates } from '../../../templates/compile.ts';
import { CASES, type Case, viewOf } from '../fixtures/mails.ts';
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

const html = (name: Case): string => fill(viewOf(name)).html;

describe('the HTML of a digest', () => {
  it.each(CASES)('is valid for mail: %s', async (name) => {
    const { results } = await MAIL.validateString(html(name));
    const said = results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId}: ${message}`));
    // MJML's button writes height="auto".
    expect(said.filter((line) => !/height.*auto/.test(line))).toEqual([]);
  });

  it('has at most 80 KB in the worst case, and 44 KB in the usual one', () => {
    expect(Buffer.byteLength(html('worst'))).toBeLessThan(80 * 1024);
    expect(Buffer.byteLength(html('usual'))).toBeLessThan(44 * 1024);
  });
});
