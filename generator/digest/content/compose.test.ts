import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { filterableOf } from '#shared/calls/filterable.ts';
import { readFilter } from '#shared/filter/filter.ts';
import { matches } from '#shared/filter/match.ts';
import type { Call } from '#shared/model.ts';
import { compileTemplates } from '../../../templates/compile.ts';
import { linkMark } from '../../lib/link-mark.ts';
import { ANN, BOB, callOn, DAY, reportFrom, ruleResult, SPEC, twoWeeks, WEEK_BEFORE } from '../fixtures/report.ts';
import { type Fill, openTemplates } from '../mail/template.ts';
import type { Scope } from '../recipients/scope.ts';
import { composeDigest } from './compose.ts';

const SITE = 'https://reports.example.com';
const folder = mkdtempSync(join(tmpdir(), 'mail-'));
let fill: Fill;

beforeAll(async () => {
  await compileTemplates(folder);
  fill = await openTemplates(folder);
});

function digest(
  all: readonly Call[],
  over: { spec?: object; scope?: Scope; member?: boolean; siteUrl?: string | null } = {},
) {
  const { report, calls } = reportFrom(all, over.spec);
  const recipient = { scope: over.scope ?? ('all' as const), member: over.member ?? true };
  const siteUrl = over.siteUrl === null ? undefined : (over.siteUrl ?? SITE);
  const view = composeDigest({ org: 'org_test', report, date: DAY, calls, recipient, siteUrl });
  return { view, ...fill(view) };
}

/** Visible text of the HTML part. */
const visible = (html: string): string =>
  html
    .replace(
      /<style[\s\S]*?<\/style>|<!--[\s\S]*?-->|<title>.*?<\/title>|<div style="display:none[^>]*>.*?<\/div>/g,
      ' ',
    )
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&nbsp;', ' ')
    .replace(/&#x([0-9A-F]+);/gi, (_all, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
const figures = (text: string): string[] =>
  (text.replace(/https?:\S+/g, '').match(/[+−]?\d+(?:[.,:]\d+)*%?/g) ?? []).sort();
const hrefs = (html: string): string[] =>
  [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) =>
    (href as string).replaceAll('&amp;', '&').replaceAll('&#x3D;', '='),
  );

describe('a digest', () => {
  it('begins its subject with the number, and says the change and the reason', () => {
    expect(digest(twoWeeks()).view.subject).toBe(
      '75% passed on Tue 9 Dec, down 25 points: critical rule failed on 1 call',
    );
    const better = [callOn(DAY), callOn(DAY), callOn(WEEK_BEFORE), callOn(WEEK_BEFORE, { score: 10 })];
    expect(digest(better).view.subject).toBe(
      '100% passed on Tue 9 Dec, up 50 points: Offers further help failed less often',
    );
  });

  it('says volume where nothing is evaluated', () => {
    const bare: Partial<Call> = { qa: 'not evaluated', grade: undefined, rules: [] };
    const negative = { sentiment: { label: 'negative' as const, positive: 0, negative: 0.9, score: -0.9 } };
    const calls = [DAY, DAY, DAY, DAY, WEEK_BEFORE, WEEK_BEFORE].map((day, i) => ({
      ...callOn(day, { ...bare, ...(i === 0 && negative) }),
      score: undefined,
      passed: undefined,
    }));
    const { view, text } = digest(calls);
    expect(view.subject).toBe('4 calls on Tue 9 Dec, 2 more than on Tue 2 Dec');
    expect(view.figures.map(({ name }) => name)).not.toContain('QA passed');
    expect(text).toContain('The data has no QA results');
    expect(text).toContain('On Tue 9 Dec there were 4 calls, up from 2 on Tue 2 Dec.');
    // What nobody evaluates goes without saying.
    expect(view.calls.map(({ unscored }) => unscored)).toEqual([null]);
  });

  it('opens with the sentence of the site, then what is critical', () => {
    const { view, text } = digest(twoWeeks());
    expect(view.leadText).toBe(
      'On Tue 9 Dec, 3 of 4 evaluated calls passed (75.0%), 25 points below Tue 2 Dec. Failures rose most for Identity verified: failed on 1 of its 4 calls (25.0%, up from none).',
    );
    expect(view.critical).toMatchObject([
      { name: 'Identity verified', failed: '1 of 4 calls', change: '(25.0%, up from none on Tue 2 Dec)' },
    ]);
    expect(text).toContain('CRITICAL: Identity verified failed on 1 of 4 calls (25.0%, up from none on\nTue 2 Dec).');
  });

  it('ranks calls as the site does, and says why', () => {
    const { view } = digest(twoWeeks());
    expect(view.calls).toMatchObject([
      {
        name: 'Bob Ray, 10:00',
        score: '33.0',
        below: true,
        critical: true,
        reasons: 'Identity verified, critical · 1 more rule failed · Negative sentiment −0.70',
      },
    ]);
  });

  it('names whose rate moved most, and who is weakest at what, among those with enough calls', () => {
    const { view } = digest(twoWeeks());
    expect(view.movers).toMatchObject([
      { name: 'Ann Lee', value: '92.9%', of: 'of 14 passed', change: '▲ 7.1 pts, better', past: 'from 85.7% of 14' },
      { name: 'Bob Ray', value: '92.9%', of: 'of 14 passed', change: '▼ 7.1 pts, worse', past: 'from 100.0% of 14' },
    ]);
    expect(view.coach.map(({ agent, rule, failed, of }) => [agent, rule, failed, of])).toEqual([
      ['Bob Ray', 'Offers further help', '14', 'of 28 failed'],
      ['Ann Lee', 'Offers further help', '3', 'of 28 failed'],
      ['Bob Ray', 'Identity verified', '1', 'of 28 failed'],
    ]);
    expect(view.coach[0]?.others).toBe('others 11% of 28');
    const few = digest(twoWeeks(), { spec: { minimumN: 29 } }).view;
    expect([few.movers, few.coach]).toEqual([[], []]);
  });

  it('never rounds a score over the mark', () => {
    const { view } = digest([callOn(DAY, { score: 69.99 }), callOn(DAY)]);
    expect(view.calls).toMatchObject([{ score: '69.9', reasons: '69.9, below 70 · 1 rule failed' }]);
  });

  it('says the same figures in HTML and in text', () => {
    for (const scope of ['all', { team: 'South' }, { agent: BOB }] as const) {
      const { html, text } = digest(twoWeeks(), { scope });
      expect(figures(visible(html))).toEqual(figures(text));
    }
  });

  it('holds nothing that was said, noted, summed up, or is personal to the caller', () => {
    const { html, text, view } = digest(twoWeeks());
    for (const part of [html, text, JSON.stringify(view)]) expect(part).not.toMatch(/[A-Z]+-MARKER|1632/);
  });

  it('is small', () => {
    const names = Array.from({ length: 12 }, (_, i) => `A rule about the habit of number ${i} that has a long name`);
    const calls = twoWeeks().map((call) => ({ ...call, rules: names.map((name) => ruleResult(name, false)) }));
    const { html, text } = digest(calls);
    expect(Buffer.byteLength(html)).toBeLessThan(40 * 1024);
    for (const line of text.split('\n')) if (!line.includes('http')) expect(line.length).toBeLessThan(78);
  });

  it('says so on a quiet day, and shows no zero', () => {
    const before = twoWeeks().filter(({ day }) => day !== DAY);
    const late = digest(before);
    expect(late.view.subject).toBe('Data of Tue 9 Dec is late');
    expect(late.text).toContain('No call of Tue 9 Dec has arrived yet.');
    expect(late.text).toMatch(/The newest call in\s+the\s+data\s+began\s+on\s+Mon 8 Dec, 10:00\./);
    expect(late.text).not.toMatch(/\b0 calls/);
    const quiet = digest([...before, callOn('2025-12-10')]);
    expect(quiet.view.subject).toBe('No calls on Tue 9 Dec');
    expect(quiet.text).toContain('so this day was quiet, not late.');
    expect(quiet.view.figures).toEqual([]);
  });

  it('compares no share and no mean of fewer calls than minimum n, and colours nothing then', () => {
    const few = (n: number) => Array.from({ length: n }, () => callOn(DAY, { score: 40 }));
    const past = Array.from({ length: 6 }, () => callOn(WEEK_BEFORE));
    const { view, text } = digest([...few(4), ...past], { spec: { minimumN: 5 } });
    const figure = (name: string) => view.figures.find((each) => each.name === name);
    expect(figure('QA passed')).toMatchObject({ value: '0 of 4', change: null, line: null });
    expect(figure('Average call')).toMatchObject({ change: null });
    expect(figure('Average call sentiment')).toMatchObject({ change: null, line: 'n 4, was 6' });
    expect(figure('Calls')).toMatchObject({ value: '4', change: '▼ 2 fewer', line: 'from 6' });
    expect(view.rules).toMatchObject([{ failed: '4', of: 'of 4 failed', change: null, worse: false }]);
    expect([view.rulesNote, text.replace(/http\S+/g, '')]).toEqual([null, expect.not.stringContaining('%')]);
    const enough = digest([...few(5), ...past], { spec: { minimumN: 5 } }).view;
    expect(enough.rules).toMatchObject([{ change: '▲ 100.0 pts, worse', past: 'was 0 of 6', worse: true }]);
  });

  it('says of seven days what a day has too few calls for, in its text as in its subject', () => {
    const earlier = Array.from({ length: 4 }, (_, i) => callOn(`2025-12-0${8 - i}`, { score: 40 }));
    const { view } = digest([callOn('2025-11-01'), callOn(DAY), ...earlier], { spec: { minimumN: 5 } });
    expect(view.subject).toBe('20% passed in 7 days to Tue 9 Dec: Offers further help is weakest');
    expect(view.leadText).toContain('the one evaluated call passed');
    expect(view.note).toBe(
      '7 days to Tue 9 Dec: 1 of 5 evaluated calls passed (20.0%). The weakest rule is Offers further help: failed on 4 of its 5 calls (80.0%).',
    );
  });

  it('says of a call why it has no score', () => {
    const late: Partial<Call> = { qa: 'not evaluated yet', grade: undefined, passed: undefined, rules: [] };
    const negative = { sentiment: { label: 'negative' as const, positive: 0, negative: 0.9, score: -0.9 } };
    const calls = [callOn(DAY, { score: 20 }), { ...callOn(DAY, { ...late, ...negative }), score: undefined }];
    const { view, html, text } = digest(calls);
    expect(view.calls.map(({ score, unscored }) => [score, unscored])).toEqual([
      ['20.0', null],
      [null, 'not evaluated yet'],
    ]);
    expect(html).toMatch(/◌[\s\S]*05:00, not evaluated yet/);
    expect(text).toContain('- Ann Lee, 10:00 (05:00), not evaluated yet: Negative sentiment −0.90');
  });

  it('writes a year where it is not that of its day, and English whatever the locale', () => {
    const { view, text } = digest([callOn('2024-12-09')], { spec: { locale: 'de-DE' } });
    expect(view.subject).toBe('No calls on Tue 9 Dec, none since Mon 9 Dec 2024');
    expect(view.note).toBe(
      'The newest call in the data began on Mon 9 Dec 2024, 10:00. Nothing has arrived in the 365 days since. Ask the person who runs the reports whether the data has stopped.',
    );
    expect(view.date).toBe('Di. 9. Dez. 2025');
    expect(text).toContain('Data to Mon 9 Dec 2024, 10:00.');
  });

  it('says who made labels and scores as the site does', () => {
    const { report, calls } = reportFrom(twoWeeks());
    const trustOf = (more: object) =>
      composeDigest({
        org: 'org_test',
        report: { ...report, site: { ...report.site, ...more } },
        date: DAY,
        calls,
        recipient: { scope: 'all', member: true },
      }).trust.at(-1);
    expect(trustOf({})).toContain('Labels, scores and summaries are produced by a machine.');
    expect(trustOf({ fromSheets: true })).toContain('Labels, scores and summaries come from the sheets.');
  });

  it('refuses to say what is not a number', () => {
    expect(() => digest([callOn(DAY, { durationSeconds: Number.NaN })])).toThrow('unfilled digest');
    expect(() => digest([...twoWeeks(), callOn(DAY, { score: Number.POSITIVE_INFINITY })])).toThrow('unfilled digest');
    const { view } = digest(twoWeeks());
    const { rules, ...rest } = view;
    expect(() => fill(rest as typeof view)).toThrow();
    expect(() => fill({ ...rest, rules, name: undefined } as unknown as typeof view)).toThrow();
  });
});

describe('a scope', () => {
  const one = (scope: Scope) => digest(twoWeeks(), { scope }).view;

  it('counts the calls of its agents alone', () => {
    const value = (scope: Scope, name: string) => one(scope).figures.find((figure) => figure.name === name)?.value;
    expect(['all', { team: 'South' }, { agent: BOB }].map((scope) => value(scope as Scope, 'Calls'))).toEqual([
      '4',
      '2',
      '2',
    ]);
    expect(value({ team: 'South' }, 'QA passed')).toBe('100.0%');
    expect(value({ agent: BOB }, 'QA passed')).toBe('50.0%');
    expect(value({ agent: BOB }, 'Average call')).toBe('06:00');
  });

  it('names nobody else', () => {
    const south = digest(twoWeeks(), { scope: { team: 'South' } });
    expect(south.view.critical).toEqual([]);
    for (const part of [south.html, south.text]) expect(part).not.toMatch(/Bob Ray|North|bob/);
    expect(south.view.subject).toContain('(team South)');
    const ann = digest(twoWeeks(), { scope: { agent: ANN } });
    expect(ann.html).not.toContain('Bob Ray');
    expect(ann.view.scope).toBe('Calls of Ann Lee');
  });

  it('leaves the unknown agent to those who see everything', () => {
    const calls = [callOn(DAY), callOn(DAY, { agent: null })];
    expect(digest(calls, { scope: { agent: ANN } }).view.trust[0]).toContain('1 call read');
    expect(digest(calls).view.trust[0]).toContain('2 calls read');
  });
});

describe('links', () => {
  it('lead below the site, end in the organization’s hint, and show the day', () => {
    const hint = linkMark('org_test');
    const links = hrefs(digest(twoWeeks()).html);
    expect(links).toContain(`${SITE}/?from=${DAY}&to=${DAY}&o=${hint}`);
    expect(links).toContain(`${SITE}/calls/bob-13-late/?from=${DAY}&to=${DAY}&attention=1&sort=-attention&o=${hint}`);
    for (const link of links) expect(link).toMatch(new RegExp(`^${SITE}/.*o=${hint}$`));
  });

  it.each<[string, Scope, string]>([
    ['everybody’s overview', 'all', `/?from=${DAY}&to=${DAY}`],
    ['the team’s overview', { team: 'Süd & Co' }, `/?from=${DAY}&to=${DAY}&team=S%C3%BCd+%26+Co`],
    ['the calls of one agent', { agent: BOB }, `/calls/?from=${DAY}&to=${DAY}&agent=${encodeURIComponent(BOB)}`],
  ])('open %s of the day by the button', (_name, scope, path) => {
    expect(digest(twoWeeks(), { scope }).view.open).toBe(`${SITE}${path}&o=${linkMark('org_test')}`);
  });

  it.each<[string, Scope, string]>([
    ['everybody', 'all', ''],
    ['a team', { team: 'North' }, '&team=North'],
    ['one agent', { agent: BOB }, `&agent=${encodeURIComponent(BOB)}`],
  ])('open a call to hear within the list of all of them, of %s', (_name, scope, own) => {
    const { view } = digest(twoWeeks(), { scope });
    expect(new URL(view.calls[0]?.href ?? '').search).toBe(
      `?from=${DAY}&to=${DAY}&attention=1${own}&sort=-attention&o=${linkMark('org_test')}`,
    );
  });

  it('open a call to hear alone where the address of its list would be too long', () => {
    const team = 'ü'.repeat(100);
    const spec = { agents: { [BOB]: { team } } };
    expect(digest(twoWeeks(), { scope: { team }, spec }).view.calls[0]?.href).toBe(
      `${SITE}/calls/bob-13-late/?o=${linkMark('org_test')}`,
    );
  });

  it.each<[string, Scope]>([
    ['everybody', 'all'],
    ['one agent', { agent: BOB }],
  ])('open exactly the calls that their figure counts, of %s', (_name, scope) => {
    const { view } = digest(twoWeeks(), { scope });
    const { report } = reportFrom(twoWeeks());
    const facts = twoWeeks().map((call) => filterableOf(call, report.attention, undefined, 'UTC'));
    const opened = (href: string | null): number => {
      const { filter, ignored } = readFilter(new URL(href ?? '').search);
      expect(ignored).toEqual([]);
      return facts.filter((call) => matches(filter, call)).length;
    };
    const shown = (text: string | null | undefined): number => Number(/\d+/.exec(text ?? '')?.[0]);
    for (const { name, value, line, href } of view.figures) {
      if (name === 'Calls') expect(opened(href), name).toBe(shown(value));
      if (name === 'QA passed') expect(opened(href), name).toBe(shown(/n \d+/.exec(line ?? '')?.[0]));
    }
    expect(Math.min(view.coach.length, view.rules.length)).toBeGreaterThan(0);
    expect(view.movers.length > 0).toBe(scope === 'all');
    for (const { of, past, href, pastHref } of view.movers) {
      expect(opened(href)).toBe(shown(of));
      expect(opened(pastHref)).toBe(shown(/of \d+$/.exec(past)?.[0]));
    }
    for (const { failed, href } of view.coach) expect(opened(href)).toBe(shown(failed));
    for (const { name, failed, href } of view.rules) expect(opened(href), name).toBe(shown(failed));
    for (const { name, failed, href } of view.critical) expect(opened(href), name).toBe(shown(failed));
  });

  it.each([
    ['https://reports.example.com/u/x.y', true],
    ['mailto:quality@example.com?subject=Stop%20it', false],
  ])('end the digest where it can be ended, for members and others: %s', (stop, member) => {
    const { report, calls } = reportFrom(twoWeeks());
    const recipient = { scope: 'all' as const, member };
    const view = composeDigest({ org: 'org_test', report, date: DAY, calls, recipient, siteUrl: SITE, stop });
    const { html, text } = fill(view);
    expect(hrefs(html).filter((href) => !href.includes('?o=') && !href.includes('&o='))).toEqual([stop]);
    expect(text).toContain(`Stop this digest:\n${stop}\n`);
  });

  it.each([
    ['for somebody who is no member', { member: false }],
    ['without the site’s address', { siteUrl: null }],
  ])('are none %s', (_case, over) => {
    const { html, text, view } = digest(twoWeeks(), over);
    expect(view.open).toBeNull();
    expect(html).not.toMatch(/href=|<a\b/);
    expect(text).not.toContain('http');
  });
});

describe('hostile names', () => {
  const HOSTILE = [
    '<script>alert(1)</script>',
    '{{x}} {{{accent}}} {{#each calls}}',
    'Bcc: a@b.example\r\nBcc: c@d.example',
    'javascript:alert(1)',
    '"><img src=http://evil.example/x onerror=alert(1)>',
    '</td></table><mj-raw>',
    '\u202eevil\u2066',
    '$& $1 &amp;',
    'x'.repeat(10_000),
    '\ud800',
    '__proto__',
    'constructor',
  ];

  const tags = (html: string) => html.replace(/>[^<]*</g, '><').replace(/ (href|aria-label|title)="[^"]*"/g, '');

  it.each(HOSTILE)('are text and nothing else: %j', (name) => {
    const build = (text: string) =>
      digest(
        twoWeeks().map((call) => ({ ...call, rules: [ruleResult(text, false)] })),
        {
          spec: {
            name: text.slice(0, 200).trim(),
            agents: { ...SPEC.agents, [ANN]: { name: text.slice(0, 200).trim(), team: 'South' } },
          },
        },
      );
    const [hostile, benign] = [build(name), build('Benign')];
    // A name that makes an address too long for a mail gets no link.
    const shape = (html: string) => (name.length > 500 ? tags(html).replace(/<\/?a\b[^>]*>/g, '') : tags(html));
    expect(shape(hostile.html) === shape(benign.html)).toBe(true);
    expect(hostile.html).not.toMatch(/[\u202a-\u202e\u2066-\u2069\ud800-\udfff](?![\udc00-\udfff])/);
    for (const href of hrefs(hostile.html)) expect(href).toMatch(/^https:\/\/reports\.example\.com\//);
    expect(hostile.view.subject).not.toMatch(/[\r\n]/);
    expect(hostile.text).not.toMatch(/^Bcc: c@d/m);
    expect(Buffer.byteLength(hostile.html)).toBeLessThan(80 * 1024);
  });

  it('never change the tags, whatever they are', () => {
    const benign = tags(digest([callOn(DAY, { rules: [ruleResult('Benign', false)] })]).html);
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1 }).filter((name) => name.trim() !== ''),
        (name) => {
          expect(tags(digest([callOn(DAY, { rules: [ruleResult(name, false)] })]).html)).toBe(benign);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('targets', () => {
  const targets = { qaPassed: 0.9, averageScore: 80, rules: { 'identity  Verified': 0.98 } };

  it('are met or missed in sentence, figure, rules and picture, in both parts of the mail', () => {
    const { view, html, text } = digest(twoWeeks(), { spec: { targets } });
    expect(view.leadText).toContain(' The target of 90% was missed. ');
    expect(view.figures.find(({ name }) => name === 'QA passed')?.line).toContain('target 90% missed');
    expect(view.rules.find(({ name }) => name === 'Identity verified')?.of).toBe('of 4 failed, target 98% missed');
    expect(view.rules.find(({ name }) => name === 'Offers further help')?.of).toBe('of 4 failed');
    expect(view.trend?.note).toContain('dashed: target 90%');
    for (const part of [html, text]) expect(part).toContain('target 90% missed');
  });

  it('that nobody has set change nothing', () => {
    const { view } = digest(twoWeeks());
    expect(JSON.stringify(view)).not.toContain('target');
    expect(digest(twoWeeks(), { spec: { targets: {} } }).view).toEqual(view);
  });
});
