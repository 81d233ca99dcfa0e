import { expect, test } from 'vitest';
import { escapeHtml } from './escape-html.ts';

test('a text can end neither its element nor its attribute, whichever quotes that has', () => {
  expect(escapeHtml(`<b a="1" c='2'>Fish & chips</b>`)).toBe(
    '&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;Fish &amp; chips&lt;/b&gt;',
  );
  expect(escapeHtml('plain text 1/2')).toBe('plain text 1/2');
});
