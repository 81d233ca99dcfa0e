import domino from '@mixmark-io/domino';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AgentPage, CallPage, PageView } from '#shared/view.ts';
import { HOSTILE } from '../../generator/fixtures/hostile.ts';
import { openRenderer, type Renderer } from '../../generator/render/renderer.ts';
import { tenants } from './fixtures/tenants.ts';

let renderer: Renderer;
beforeAll(async () => {
  renderer = await openRenderer();
});

const pages = tenants.find(({ name }) => name === 'desk')?.pages ?? [];
const call = pages.find((view) => view.kind === 'call') as CallPage;
const agent = pages.find((view) => view.kind === 'agent') as AgentPage;

/** The page with a text wherever somebody from outside may write, its shape kept. */
const pageWith = {
  call: (text: string): CallPage => ({
    ...call,
    title: text,
    id: text,
    // With a digit, so that it is a party whatever else it says.
    from: `1${text}`,
    to: `1${text}`,
    summary: text,
    topic: text,
    agent: { id: text, name: text, href: `/agents/${text}/` },
    site: { ...call.site, name: `x${text}`, logo: `/${text}` },
    rules: call.rules.map((rule) => ({ ...rule, name: text, category: text, coachNote: text, evidence: said(text) })),
    insights: [{ key: `k${text}`, value: [text, { [`k${text}`]: text }] }],
    metadata: [{ label: text, value: text }],
    transcript: {
      state: 'present',
      turns: call.transcript.turns.map((turn, i) =>
        i === 3 ? { ...turn, speaker: `x${text}`, text: said(text) } : { ...turn, text: `hm` },
      ),
    },
  }),
  agent: (text: string): AgentPage => ({
    ...agent,
    title: text,
    agent: { id: text, name: text, team: text, href: `/agents/${text}/` },
    lead: [text, { text, strong: true }, { text, href: '/calls/' }],
    site: { ...agent.site, name: `x${text}`, logo: `/${text}` },
    rules: agent.rules.map((rule) => ({ ...rule, id: text, name: text, category: text })),
    calls: agent.calls.map((line) => ({
      ...line,
      topic: text,
      summary: text,
      failedRules: line.failedRules.map((rule) => ({ ...rule, name: text })),
    })),
  }),
};
const said = (text: string) => `so it is that ${text} he said to me`;

/** Elements with their classes and the names of their attributes, and where text stands. */
async function skeletonOf(view: PageView): Promise<string[]> {
  const document = domino.createDocument(await renderer.render(view));
  return Array.from(document.querySelectorAll('*'), (element) => {
    const attributes = Array.from(element.attributes, ({ name }) => name).sort();
    return `${element.parentElement?.tagName}>${element.tagName}.${element.className} ${attributes.join(' ')}`;
  });
}

describe.each(['call', 'agent'] as const)('the page of one %s', (kind) => {
  it('has the same elements whatever is written in it', async () => {
    const benign = await skeletonOf(pageWith[kind]('plain words'));
    expect(benign.length).toBeGreaterThan(100);
    for (const text of [...HOSTILE, 'constructor'])
      expect(await skeletonOf(pageWith[kind](text)), text).toEqual(benign);
  });
});
