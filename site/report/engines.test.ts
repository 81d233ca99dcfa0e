/** What is built holds nothing that the oldest browsers of the README lack, but where a browser without it does well. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../generator/render/version.ts';

const ASSETS = join(ROOT, '.build/report/client/assets');

/** By what it is called: how it looks where it is used, and the browsers that have it from later on than the README says. */
const SCRIPTS: { [name: string]: RegExp } = {
  'Map.groupBy, Object.groupBy: Chrome 117, Firefox 119, Safari 17.4': /\b(?:Map|Object)\.groupBy\b/,
  'helpers of iterators: Chrome 122, Firefox 131, Safari 18.4':
    /\.(?:(?:values|keys|entries)\(\)|matchAll\([^()]*\))\.(?:map|filter|flatMap|take|drop|some|every|find|reduce|toArray|forEach)\(/,
  'methods of sets: Chrome 122, Firefox 127, Safari 17':
    /\.(?:symmetricDifference|isSubsetOf|isSupersetOf|isDisjointFrom)\(/,
  'Promise.withResolvers, Promise.try: Chrome 119, Firefox 121, Safari 17.4': /\bPromise\.(?:withResolvers|try)\b/,
  'Array.fromAsync: Chrome 121': /\bArray\.fromAsync\b/,
  'toWellFormed: Firefox 119': /\b(?:is|to)WellFormed\b/,
  'Intl.Segmenter: Firefox 125': /\bIntl\.Segmenter\b/,
  'Intl.DurationFormat: Chrome 129': /\bIntl\.DurationFormat\b/,
  'signDisplay "negative": Safari 17': /signDisplay:\s*["'`]negative/,
  'Temporal: Chrome 144': /\bTemporal\./,
  'URL.canParse, URL.parse: Chrome 120, Safari 17': /\bURL\.(?:canParse|parse)\b/,
  'AbortSignal.any: Chrome 116': /\bAbortSignal\.any\b/,
  'ARIA as properties (those that Plot has no options for): Firefox 119':
    /\.aria(?:Sort|Busy|Expanded|Selected|Live|Pressed|Checked)\s*=(?!=)/,
  'popovers: Chrome 114, Firefox 125, Safari 17': /\b(?:show|hide|toggle)Popover\b/,
  'checkVisibility: Firefox 106, Safari 17.4': /\bcheckVisibility\b/,
  'RegExp.escape: Chrome 136': /\bRegExp\.escape\b/,
  'flag v: Chrome 112, Firefox 116, Safari 17': /\/[dgimsuy]*v[dgimsuy]*\.(?:test|exec)\(/,
};

const SHEETS: { [name: string]: RegExp } = {
  'thickness in the shorthand of underlines: no WebKit': /text-decoration:[^;}]*\d/,
  'nesting: Chrome 112, Firefox 117, Safari 16.5': /[{;]\s*&/,
  'light-dark(): Chrome 123': /\blight-dark\(/,
  'colours from colours: Chrome 119': /\((?:from|of) var\(/,
  '@starting-style: Chrome 117': /@starting-style/,
  '@scope: Chrome 118': /@scope/,
  'subgrid: Chrome 117': /\bsubgrid\b/,
  'round(), mod(): Chrome 125': /[\s:(](?:round|mod|rem)\(/,
  'field-sizing, anchors, interpolate-size: Chrome 123': /\b(?:field-sizing|anchor-name|interpolate-size):/,
};

/** Firefox 121. In print, and where a list of selectors outlives it, a page without it is a page all the same. */
const HAS = /(?<![^{}])(?!@)[^{}]*:has\([^{}]*\{/g;
const HAS_ALLOWED =
  /:is\(:target,:has\(:target\)\)|\.search-field:has\(|\.section:has\(>\.attention\)|\.row:has\(|\.explorer-list:has\(/;

/** What a browser that does not know it takes for an error in the script: then not one line of that runs. */
const SYNTAX: { [name: string]: RegExp } = {
  'a look-behind in a literal: Safari 16.4': /\/[^/\n]*\(\?<[=!]/,
  '"?." and "??": Chrome 80': /\?\.[\w[(]|\?\?/,
  'catch without a name: Chrome 66': /\bcatch\s*\{/,
  'fields of classes, private names: Chrome 74': /(?<!['"`])#\w+/,
};

const texts = (ending: string): [name: string, text: string][] =>
  readdirSync(ASSETS)
    .filter((name) => name.endsWith(ending))
    .map((name) => [name, readFileSync(join(ASSETS, name), 'utf8')]);

test('scripts call nothing that the oldest browsers lack', () => {
  expect(texts('.js').length).toBeGreaterThan(8);
  for (const [name, text] of texts('.js'))
    for (const [feature, pattern] of Object.entries(SCRIPTS))
      expect([name, feature, pattern.exec(text)]).toEqual([name, feature, null]);
});

test('style sheets ask for nothing that the oldest browsers lack', () => {
  const sheets = texts('.css');
  expect(sheets.length).toBeGreaterThan(0);
  for (const [name, text] of sheets) {
    for (const [feature, pattern] of Object.entries(SHEETS))
      expect([name, feature, pattern.exec(text)]).toEqual([name, feature, null]);
    expect([...text.matchAll(HAS)].map(([rule]) => rule).filter((rule) => !HAS_ALLOWED.test(rule))).toEqual([]);
  }
});

test('what tells a browser that it is too old runs in it', () => {
  const early = texts('.js').filter(([name]) => name.startsWith('browser.'));
  expect(early.length).toBe(1);
  for (const [name, text] of early)
    for (const [feature, pattern] of Object.entries(SYNTAX))
      expect([name, feature, pattern.exec(text)]).toEqual([name, feature, null]);
});
