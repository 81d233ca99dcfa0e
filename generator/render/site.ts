import { UNDATED } from '../days/fold.ts';
import type { State } from '../days/state.ts';
import type { DayReader, ReadCall } from '../days/update.ts';
import { encodeText, sha256, stableJson } from '../lib/bytes.ts';
import type { Log } from '../lib/console.ts';
import { each } from '../lib/each.ts';
import type { Blobs } from '../publish/blobs.ts';
import type { Manifest, SiteFile } from '../publish/manifest.ts';
import { brandCss } from '../report/brand.ts';
import { callPage } from '../report/calls.ts';
import { callsData } from '../report/data.ts';
import { callPath } from '../report/paths.ts';
import type { Report } from '../report/report.ts';
import { dayFilePath, overviewFiles, overviewPages } from '../report/site.ts';
import type { PageView } from '../report/view.ts';
import type { Renderer } from './renderer.ts';

/** What a site is made from. */
export interface SiteInput {
  org: string;
  report: Report;
  state: State;
  readDay: DayReader;
  /** Calls whose page is made in this run. */
  fresh: ReadonlyMap<string, ReadCall>;
  /** Days whose data file is made in this run. */
  days: readonly string[];
  logo?: Uint8Array;
  /** The build before, whose files are used again where nothing in them has changed. */
  before?: Manifest;
}

interface Tools {
  blobs: Blobs;
  renderer: Renderer;
  log: Log;
  onView?: (view: PageView) => Promise<void>;
}

const HTML = 'text/html; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';
const CSS = 'text/css; charset=utf-8';
const LOGO_TYPES: { [ending: string]: string } = {
  png: 'image/png',
  svg: 'image/svg+xml',
  webp: 'image/webp',
  jpg: 'image/jpeg',
};
/** Rendering does not wait for anything: let timers and uploads have their turn now and then. */
const PAGES_BETWEEN_TURNS = 20;

/** Make every file whose input has changed, and take the others from the build before. */
export async function renderSite(input: SiteInput, tools: Tools): Promise<{ manifest: Manifest; rendered: number }> {
  const { org, report, state, fresh, before } = input;
  const { renderer, blobs, log } = tools;
  const files: { [path: string]: SiteFile } = {};
  let rendered = 0;

  const make = async (path: string, type: string, inputHash: string, bytes: () => Promise<Uint8Array>) => {
    const known = before?.files[path];
    if (known && known.input === inputHash) files[path] = known;
    else {
      files[path] = await blobs.putFile(await bytes(), type, inputHash);
      rendered++;
    }
  };
  const makePage = async (view: PageView) => {
    await tools.onView?.(view);
    const inputHash = sha256(`${renderer.version}\n${stableJson(view)}`);
    await make(view.path, HTML, inputHash, async () => encodeText(await renderer.render(view)));
  };
  const makeJson = async (path: string, value: unknown) => {
    const bytes = encodeText(stableJson(value));
    await make(path, JSON_TYPE, sha256(bytes), async () => bytes);
  };

  await log.step(
    'render',
    async (progress) => {
      const calls = Object.entries(state.calls).filter(([, { kind }]) => kind === 'call');
      let done = 0;
      await each(calls, async ([id]) => {
        const path = callPath(id);
        const made = fresh.get(id)?.normalized;
        const known = before?.files[path];
        if (made?.kind === 'call') await makePage(callPage(report, made.call, made.turns));
        else if (known) files[path] = known;
        else throw new Error(`missing page: ${path}`);
        progress(++done, calls.length);
        if (done % PAGES_BETWEEN_TURNS === 0) await new Promise(setImmediate);
      });
      for (const view of await overviewPages(report, state, input.readDay)) await makePage(view);
      for (const [path, value] of overviewFiles(report)) await makeJson(path, value);
      await each(new Set([...Object.keys(state.days), UNDATED]), async (day) => {
        const path = dayFilePath(day);
        const known = before?.files[path];
        if (known && !input.days.includes(day)) files[path] = known;
        else await makeJson(path, callsData(await input.readDay(day)));
      });
      const css = encodeText(brandCss(report.config.brand.accent));
      await make('/brand.css', CSS, sha256(css), async () => css);
      if (input.logo && report.site.logo) {
        const { logo } = input;
        await make(
          report.site.logo,
          LOGO_TYPES[report.site.logo.split('.').at(-1) ?? ''] ?? '',
          sha256(logo),
          async () => logo,
        );
      }
    },
    () => `${rendered} of ${Object.keys(files).length} files made`,
  );
  return { manifest: { version: 1, organization: org, csp: before?.csp ?? renderer.csp(), files }, rendered };
}

/**
 * Calls whose pages change though their own objects have not: all where the frame of the site has changed, else those with a
 * rule that is now spelt another way.
 */
export async function changedContext(
  before: Report | undefined,
  after: Report,
  readDay: DayReader,
): Promise<Set<string>> {
  const affected = new Set<string>();
  if (!before) return affected;
  const frame = stableJson(before.site) !== stableJson(after.site);
  const renamed = Object.entries(after.folded.rules).filter(([rule, { name }]) => {
    const was = before.folded.rules[rule]?.name;
    return was !== undefined && was !== name;
  });
  if (!frame && renamed.length === 0) return affected;
  const rules = new Set(renamed.map(([rule]) => rule));
  for (const day of [...after.days.keys(), ...(after.undated ? [UNDATED] : [])]) {
    for (const call of await readDay(day))
      if (frame || call.rules.some(({ rule }) => rules.has(rule))) affected.add(call.id);
  }
  return affected;
}
