import domino from '@mixmark-io/domino';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CallPage, PageView } from '#shared/view.ts';
import { tenants } from '../../site/report/fixtures/tenants.ts';
import { HOSTILE } from '../fixtures/hostile.ts';
import { decodeText } from '../lib/bytes.ts';
import { openRenderer, type Renderer } from './renderer.ts';
import { splitAtMarks } from './split-batch.ts';

const MARK = '<!--between two pages-->';
/** Beside those of the fixtures: a mark of bidirectional text, NUL, halves of a character, and the renderer's own mark. */
const TEXTS = [
  ...HOSTILE,
  MARK,
  `${MARK}<!DOCTYPE html><html>`,
  '\u2066\u202e',
  '\u0000',
  '\ud800',
  'a\udfffb',
  `"'&<>\``,
];

let renderer: Renderer;
let calls: CallPage[];
beforeAll(async () => {
  renderer = await openRenderer({ mark: MARK });
  const call = tenants[0]?.pages.find((view) => view.kind === 'call' && view.rules.length > 0) as CallPage;
  calls = TEXTS.map((text, i) => withText(call, text, `/calls/t${i}/`));
});

/** The call with a text wherever somebody from outside may write. */
function withText(call: CallPage, text: string, path: string): CallPage {
  return {
    ...call,
    path,
    title: text,
    from: text,
    summary: text,
    topic: text,
    agent: { id: text, name: text, href: `/agents/${text}/` },
    site: { ...call.site, name: text, logo: `/${text}` },
    rules: call.rules.map((rule) => ({ ...rule, name: text, coachNote: text, evidence: text })),
    insights: [{ key: text, value: [text, { [text]: text }] }],
    metadata: [{ label: text, value: text }],
    transcript: {
      state: 'present',
      turns: [...call.transcript.turns, { speaker: text, start: 900, end: 901, text: `so ${text} he said` }],
    },
  };
}

async function alone(views: readonly PageView[]): Promise<string[]> {
  const pages: string[] = [];
  for (const view of views) pages.push(Buffer.from(await renderer.render(view)).toString());
  return pages;
}
const together = async (views: readonly CallPage[]): Promise<string[]> =>
  (await renderer.renderAll(views)).map(decodeText);

describe('pages rendered together', () => {
  it('are the bytes that they are alone, of every tenant', async () => {
    const ofCalls = tenants.flatMap(({ pages }) => pages.filter((view) => view.kind === 'call'));
    expect(ofCalls.length).toBeGreaterThan(0);
    expect(await together(ofCalls)).toEqual(await alone(ofCalls));
  });

  it('are the bytes that they are alone, whatever is in them', async () => {
    expect(await together(calls)).toEqual(await alone(calls));
  });

  it('are as many as were asked for, though there is the mark between them in texts and in links', async () => {
    const marked = calls.filter(({ title }) => title.includes(MARK));
    expect((await alone(marked)).every((page) => page.includes(MARK))).toBe(true);
    expect(await together(marked)).toEqual(await alone(marked));
  });

  it('hold nothing of each other, in any order', async () => {
    const forwards = await together(calls);
    expect(await together(calls.toReversed())).toEqual(forwards.toReversed());
  });

  it('are none of none', async () => {
    expect(await renderer.renderAll([])).toEqual([]);
  });

  it('are made one by one where the mark cannot tell them apart', async () => {
    const careless = await openRenderer({ mark: '<h1>' });
    const views = calls.slice(0, 3);
    expect((await careless.renderAll(views)).map(decodeText)).toEqual(await alone(views));
  });

  it('have the policy of one alone', async () => {
    const [one, many] = [await openRenderer(), await openRenderer()];
    await one.render(calls[0] as CallPage);
    await many.renderAll(calls.slice(0, 2));
    expect(many.csp()).toBe(one.csp());
  });

  it('name the one that fails', async () => {
    const [good, other] = calls as [CallPage, CallPage];
    const bad = { ...other, transcript: { state: 'present', turns: [null] } } as unknown as CallPage;
    await expect(renderer.renderAll([good, bad])).rejects.toThrow(`failed page: ${bad.path} answered 500`);
  });
});

describe('a call page', () => {
  it('shows every text as text', async () => {
    for (const [i, page] of (await together(calls)).entries()) {
      const document = domino.createDocument(page);
      const elements = document.querySelectorAll(
        'script:not([src^="/assets/"]), style, iframe, textarea, img:not(.brand-logo), [onload], [onerror]',
      );
      expect(elements.length, TEXTS[i]).toBe(0);
      // A parser takes out NUL, and half a character cannot be written in UTF-8.
      const visible = TEXTS[i]?.replaceAll('\u0000', '').toWellFormed();
      expect(document.querySelector('#t-30 .said')?.textContent.trim()).toBe(`so ${visible} he said`);
    }
  });
});

describe('bytes cut at marks', () => {
  const cut = (text: string, count: number) => splitAtMarks(Buffer.from(text), '|', count)?.map(decodeText);

  it('are what stands after each', () => {
    expect(cut('|a|bé|', 3)).toEqual(['a', 'bé', '']);
  });

  it('are refused where marks are too many, too few, or not at the start', () => {
    expect([cut('|a|b|c', 2), cut('|a', 2), cut('a|b', 1), cut('', 1)]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
