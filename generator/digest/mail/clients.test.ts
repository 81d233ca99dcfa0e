import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CanIEmailResult, caniemail } from 'caniemail';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileTemplates } from '../../../templates/compile.ts';
import { CLIENTS, LACKED, RESERVED } from '../fixtures/clients.ts';
import { CASES, viewOf } from '../fixtures/mails.ts';
import { type Fill, openTemplates } from './template.ts';

const folder = mkdtempSync(join(tmpdir(), 'mail-'));
let fill: Fill;
beforeAll(async () => {
  await compileTemplates(folder);
  fill = await openTemplates(folder);
});

type Issues = CanIEmailResult['issues']['errors'];

const look = (html: string) => caniemail({ clients: [...CLIENTS], html }).issues;
/** "feature: client", each once. */
const pairs = (issues: Issues): string[] =>
  [...new Set([...issues].flatMap(([client, all]) => all.map(({ title }) => `${title}: ${client}`)))].sort();
const features = (issues: Issues): string[] =>
  [...new Set([...issues.values()].flatMap((all) => all.map(({ title }) => title)))].sort();
const allowed = Object.entries(LACKED)
  .flatMap(([feature, [clients]]) => clients.split(' ').map((client) => `${feature}: ${client}`))
  .sort();

describe('what mail clients have', () => {
  it.each(CASES)('is all that the mail needs, but for what is named: %s', (name) => {
    const { errors, warnings } = look(fill(viewOf(name)).html);
    expect(pairs(errors).filter((pair) => !allowed.includes(pair))).toEqual([]);
    expect(features(warnings).filter((feature) => !RESERVED.includes(feature))).toEqual([]);
  });

  it('is named nowhere without need', () => {
    const { errors, warnings } = look(fill(viewOf('usual')).html);
    expect(pairs(errors)).toEqual(allowed);
    expect(features(warnings)).toEqual([...RESERVED].sort());
  });

  it('is told from what they lack', () => {
    const { html } = fill(viewOf('quiet'));
    const { errors } = look(html.replace('</body>', '<p style="display:flex">x</p></body>'));
    expect(features(errors)).toEqual(expect.arrayContaining(['display:flex']));
  });
});
