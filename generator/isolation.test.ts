/** Two tenants with a marker in every field: none of one is in any byte of the other's. */

import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import domino from '@mixmark-io/domino';
import { simpleParser } from 'mailparser';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Message } from './digest/mail/message.ts';
import { sendDigests } from './digest/send.ts';
import { HOSTILE, putHostile } from './fixtures/hostile.ts';
import { everything, memoryWorld, pageText, published } from './fixtures/world.ts';
import { decompress } from './lib/bytes.ts';
import { silentLog } from './lib/console.ts';
import { openRenderer } from './render/renderer.ts';
import { codeVersion } from './render/version.ts';
import { buildAll } from './run.ts';

const ORGS = ['org_1', 'org_12'] as const;
const marker = (org: string, field: string | number) => `Q7x${org === 'org_1' ? 'alpha' : 'omega'}${field}z`;

describe('two tenants', () => {
  const world = memoryWorld({ codeVersion: codeVersion() });
  beforeAll(async () => {
    const renderer = await openRenderer();
    for (const org of ORGS)
      await putHostile(
        world.results,
        world.config,
        org,
        [1, 2, 3, 4].map((field) => marker(org, field)),
      );
    const outcomes = await buildAll({ ...world, renderer, logFor: () => silentLog }, undefined);
    expect(outcomes.map((outcome) => 'result' in outcome)).toEqual([true, true]);
  });

  it('each see their own marks on their pages', async () => {
    for (const org of ORGS) {
      expect(await pageText(world.reports, org, '/')).toContain(marker(org, 1));
      expect(await pageText(world.reports, org, '/calls/h2/')).toContain(marker(org, 3));
      expect(await pageText(world.reports, org, '/about/')).toContain(marker(org, 4));
      expect(await pageText(world.reports, org, '/calls/s2/')).toContain(marker(org, 3));
    }
  });

  it('have no byte of each other in anything under their prefix, and none outside it', async () => {
    let searched = 0;
    for (const [key, body] of await everything(world.reports)) {
      const texts = await formsOf(body);
      const foreign = key.startsWith('org_1/') ? ['omega'] : key.startsWith('org_12/') ? ['alpha'] : ['alpha', 'omega'];
      for (const each of foreign) {
        expect(key).not.toContain(`Q7x${each}`);
        for (const text of texts)
          expect(text.includes(`Q7x${each}`), `${key} holds a mark of another tenant`).toBe(false);
      }
      searched++;
    }
    expect(searched).toBeGreaterThan(40);
  });

  it('get mail of their own alone', async () => {
    const messages: Message[] = [];
    const { digests, failed } = await sendDigests({
      config: world.config,
      reports: world.reports,
      mailUrl: 'file:unused',
      transport: { send: async (message) => ({ id: String(messages.push(message)) }), close: async () => {} },
      from: 'Reports <reports@mail.example>',
      siteUrl: 'https://reports.example',
      date: '2026-03-11',
      now: world.now,
      log: silentLog,
    });
    expect([failed, digests.map(({ state }) => state)]).toEqual([false, ['sent', 'sent']]);
    for (const [i, own] of ['alpha', 'omega'].entries()) {
      const { subject, from, to, text, html } = await simpleParser(Buffer.from(messages[i]?.bytes ?? ''));
      const whole = JSON.stringify([subject, from, to, text, html]);
      expect(whole).toContain(`Q7x${own}2z`);
      expect(whole).not.toContain(`Q7x${own === 'alpha' ? 'omega' : 'alpha'}`);
    }
  });
});

/** What a page may have only of the template: scripts lie with the assets, and nothing else of these is there at all. */
const FOREIGN =
  'script:not([src^="/assets/"]), iframe, img:not(.brand-logo), object, embed, style, textarea:not(:empty)';

it('shows hostile text of every field as text, on every page', async () => {
  const world = memoryWorld({ renderer: await openRenderer() });
  const ids = await putHostile(world.results, world.config, 'org_1');
  await buildAll({ ...world, logFor: () => silentLog }, ['org_1']);
  const pages = [...(await published(world.reports, 'org_1')).keys()].filter(
    (path) => path.endsWith('/') || path.endsWith('.html'),
  );
  expect(pages.length).toBeGreaterThan(ids.length + 6);
  for (const path of pages) {
    const page = domino.createDocument(await pageText(world.reports, 'org_1', path));
    expect(
      Array.from(page.querySelectorAll(FOREIGN), ({ outerHTML }) => outerHTML),
      path,
    ).toEqual([]);
    for (const { tagName, attributes } of Array.from(page.querySelectorAll('*'))) {
      expect(tagName, path).toMatch(/^[a-z][a-z0-9]*$/i);
      for (const { name, value } of Array.from(attributes)) {
        expect(name, path).not.toMatch(/^(?:style|on.*)$/i);
        if (/^(?:href|src|action|xlink:href)$/i.test(name))
          expect(value, path).not.toMatch(/^\s*(?:javascript|data):/i);
      }
    }
  }
  for (const [i, text] of HOSTILE.entries()) {
    for (const form of ['h', 's']) {
      const html = await pageText(world.reports, 'org_1', `/calls/${form}${i}/`);
      expect(decodeEntities(html), text).toContain(text.trim());
    }
  }
});

const decodeEntities = (html: string) =>
  html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll(/&#(?:39|x27);|&apos;/g, "'")
    .replaceAll(/&#(?:38|x26);|&amp;/g, '&');

async function formsOf(body: Uint8Array): Promise<string[]> {
  const forms = [body];
  const openings = [
    decompress,
    async (bytes: Uint8Array) => gunzipSync(bytes),
    async (bytes: Uint8Array) => zstdDecompressSync(bytes),
  ];
  for (const open of openings) {
    const opened = await open(body).catch(() => undefined);
    if (opened) forms.push(opened);
  }
  return forms.map((form) => Buffer.from(form).toString('utf8'));
}
