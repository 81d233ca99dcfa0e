import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import type { CallPage, PageView } from '#shared/view.ts';
import { tenants } from './fixtures/tenants.ts';

const bundle = '.build/report';
const entry = `${bundle}/server/entry.mjs`;

interface App {
  render(request: Request, options: { locals: { view?: PageView } }): Promise<Response>;
}

let app: App;

beforeAll(async () => {
  if (!existsSync(entry)) throw new Error(`There is no ${entry}. Build it first: CCI_SITE=report astro build.`);
  app = (await import(pathToFileURL(entry).href)).createApp({ streaming: false });
});

async function render(view: PageView): Promise<{ response: Response; html: string }> {
  const response = await app.render(new Request(`http://report.invalid${view.path}`), { locals: { view } });
  return { response, html: await response.text() };
}

/** What a reader sees: no tags, no attributes. */
function textOf(html: string): string {
  return html.replace(/<\/?(a|b|span|mark|small)(\s[^>]*)?>/g, '').replace(/<[^>]*>/g, ' ');
}

/** Places where a page has what no page may have, each with a little of what is around it. */
function faultsOf(html: string, own: boolean): string[] {
  const forbidden = [
    /<[^>]*\sstyle=/,
    /<style[\s>]/,
    /<script(?!(?: type="module")? src="\/assets\/[\w.-]+\.js"><\/script>)/,
    /<[a-z][\w-]*(\s+[\w:-]+(=("[^"]*"|[^\s"'>]+))?)*\s+on[a-z]+=/i,
  ];
  const misprinted = [/\b(undefined|NaN|null|Infinity)\b|\[object/, /\w\s+[,;.](\s|$)/, /\$\{/];
  const found = [
    ...forbidden.map((one) => one.exec(html)),
    ...(own ? misprinted.map((one) => one.exec(textOf(html))) : []),
  ];
  return found.flatMap((match) => (match ? match.input.slice(Math.max(0, match.index - 60), match.index + 60) : []));
}

describe.each(tenants)('pages of the tenant $name', ({ pages, name }) => {
  test.each(pages.map((view) => [view.kind, view.path, view] as const))(
    'it renders %s %s well',
    async (kind, _, view) => {
      const { response, html } = await render(view);
      expect(response.status).toBe(kind === 'not-found' ? 404 : 200);
      expect(faultsOf(html, name !== 'hostile')).toEqual([]);
      expect([html.match(/<h1[\s>]/g)?.length, html.match(/<main[\s>]/g)?.length]).toEqual([1, 1]);
      const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
      expect(new Set(ids).size).toBe(ids.length);
    },
  );
});

describe('a page', () => {
  const page = (kind: PageView['kind'], tenant = 'desk'): PageView => {
    const view = tenants.find(({ name }) => name === tenant)?.pages.find((candidate) => candidate.kind === kind);
    if (!view) throw new Error(`No ${kind} page among the fixtures of ${tenant}.`);
    return view;
  };

  test('it heads the sections of a call and draws its icons as React does on other pages', async () => {
    const parts = async (kind: PageView['kind']) => {
      const { html } = await render(page(kind));
      const found = html.matchAll(/<div class="section-head">.*?<\/div>|<svg class="shape.*?<\/svg>/g);
      return Array.from(found, ([part]) => part.replaceAll(/>[^<]*</g, '><').replaceAll(/(id="|shape-|#s-)\w+/g, '$1'));
    };
    const byReact = new Set([...(await parts('overview')), ...(await parts('agent')), ...(await parts('qa'))]);
    const [call, heads] = [
      await parts('call'),
      '<div class="section-head"><h2 id=""></h2><span class="note"></span></div>',
    ];
    expect(call).toContain(heads);
    expect(byReact).toContain(heads);
    const icon = '<svg class="shape shape-" width="14" height="14" aria-hidden="true"><use href="#s-"></use></svg>';
    expect(call).toContain(icon);
    expect(byReact).toContain(icon);
  });

  test('it writes what people said and named as text', async () => {
    const { html } = await render(page('call', 'hostile'));
    expect(html).toContain('&lt;img src=x onerror=');
    expect(html).not.toMatch(/<img|alert\(2\)<\/script/);
  });

  test('it says of a call which score and which pass are shown, and why a rule was judged so', async () => {
    const call = page('call') as CallPage;
    const judged = await render({ ...call, passed: true, sentiment: { label: 'positive', score: 0.7 } });
    expect(textOf(judged.html)).toMatch(/Passed, mark \d+/);
    expect(textOf(judged.html)).toContain('positive − negative');
    const rules = [{ name: 'Greeting', critical: false, pass: false, reason: 'No name.', description: 'Say a name.' }];
    const sentiment = { label: 'positive', score: 0.2, scoreGiven: true } as const;
    const { html } = await render({ ...call, passed: true, passedGiven: true, sentiment, rules });
    expect(textOf(html)).toContain('Passed, as the record says');
    expect(textOf(html)).toContain('as the record gives it');
    expect(textOf(html)).not.toMatch(/positive − negative|Passed, mark/);
    expect(textOf(html)).toMatch(/Say a name\.\s+Reason No name\./);
    expect(faultsOf(html, true)).toEqual([]);
  });

  test('it shows nothing of QA where the data has none', async () => {
    const { html } = await render(page('overview', 'dental'));
    expect(html).not.toMatch(/href="\/qa\/"|QA passed|Rules, worst first/);
    expect(html).toContain('has no QA results');
  });

  test('it marks the current tab, and the parent tab of a call', async () => {
    expect((await render(page('qa'))).html).toContain('<a href="/qa/" aria-current="page">');
    expect((await render(page('call'))).html).toContain('<a href="/calls/" aria-current="true">');
  });

  test('it gives turns their anchors, and quotes a link to their turn', async () => {
    const { html } = await render(page('call'));
    expect(html).toContain('id="t-1"');
    expect(html).toContain('<a href="#t-25">turn 25</a>');
    expect(html).toContain('<mark class="passed">sorry to hear</mark>');
    expect(html).toContain('This quote was not found in the transcript, so no turn is marked.');
  });

  test('it draws charts and says what they show, on pages of figures only', async () => {
    const { html } = await render(page('overview'));
    expect(html.match(/<svg class="plot"[^>]* aria-hidden="true"/g)).toHaveLength(8);
    expect(html.match(/<figcaption class="visually-hidden">[^<]{20,}</g)).toHaveLength(2);
    for (const kind of ['call', 'calls', 'agents', 'about'] as const) {
      expect((await render(page(kind))).html).not.toContain('class="plot"');
    }
  });

  test('it comes with one policy, and names assets that exist', async () => {
    const { response, html } = await render(page('overview'));
    const policies = await Promise.all(
      [page('call'), page('about')].map(async (view) =>
        (await render(view)).response.headers.get('content-security-policy'),
      ),
    );
    const policy = response.headers.get('content-security-policy');
    expect(policies).toEqual([policy, policy]);
    expect(policy).toMatch(/^default-src 'none';.*frame-ancestors 'none'.*require-trusted-types-for 'script'/);
    expect(policy).not.toContain('unsafe-inline');
    const assets = await readdir(`${bundle}/client/assets`);
    const named = [...html.matchAll(/"\/assets\/([^"]+)"/g)].map(([, file]) => file);
    expect(named.length).toBeGreaterThanOrEqual(2);
    for (const file of named) expect(assets).toContain(file);
  });

  test('it is the same bytes each time', async () => {
    expect((await render(page('overview'))).html).toBe((await render(page('overview'))).html);
  });

  test('it is told by its view model alone, whatever the address', async () => {
    for (const kind of ['agents', 'not-found'] as const) {
      const view = page(kind);
      const there = await render(view);
      const elsewhere = await render({ ...view, path: '/' });
      expect([elsewhere.response.status, elsewhere.html.includes(`<h1>${view.title}</h1>`)]).toEqual([
        there.response.status,
        true,
      ]);
    }
  });

  test('it is not there without a view model', async () => {
    const response = await app.render(new Request('http://report.invalid/nothing/'), { locals: {} });
    expect(response.status).toBe(404);
  });
});
